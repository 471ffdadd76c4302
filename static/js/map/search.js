/** The search box of the map: the server finds, by name, pinyin, initials or English; the page opens what is chosen. */

import { Combobox } from "../lib/combobox.js";
import { getJson, withQuery } from "../lib/http.js";
import { isEnglish, local, text } from "../lib/language.js";

/**
 * Wire the box. `layers` are the bundle's; `url` is the server's search; `open(layer, feature, opener)` shows a feature.
 * `subdistrict(name)` says a subdistrict in the reader's language.
 */
export function buildSearch({ input, list, status, layers, url, open, subdistrict }) {
  const known = new Map();
  layers.forEach((layer) => layer.features.forEach((feature) => known.set(feature.id, { layer, feature })));

  const villages = layers.filter((layer) => layer.answer === "nearest").map((layer) => ({
    title: local(layer.name),
    options: layer.features.map(({ id, properties }) => ({ name: local(properties.name), hint: subdistrict(properties.subdistrict), value: { feature: id } })),
  }));

  /** What the map holds under these very words: without the server, and for what its index lacks. */
  const onTheMap = (words) => {
    const wanted = words.toLowerCase();
    const options = [];
    known.forEach(({ layer, feature }) => {
      const { name, kind } = feature.properties;
      if (`${name.zh} ${name.en}`.toLowerCase().indexOf(wanted) < 0) return;
      options.push({ name: local(name), hint: local(layer.kinds[kind].name), value: { feature: feature.id } });
    });
    return [{ title: text("found_on_map"), options: options.slice(0, 10) }];
  };

  const asGroups = ({ results }) => {
    const groups = new Map();
    results.forEach((hit) => {
      if (!groups.has(hit.type)) groups.set(hit.type, { title: hit.type_name, options: [] });
      const hint = [local(hit.kind), local(hit.hint)].filter(Boolean).join(" · ");
      groups.get(hit.type).options.push({ name: local(hit.name), hint, value: hit });
    });
    return Array.from(groups.values());
  };

  const ask = (words, signal) => {
    if (!words) return villages;
    return getJson(withQuery(url, { q: words, lang: isEnglish() ? "en" : "zh-hans" }), signal).then((found) => (found.count ? asGroups(found) : onTheMap(words))).catch((error) => {
      if (error.status === 0 || error.status >= 500) return onTheMap(words);
      throw error;
    });
  };

  const choose = (hit) => {
    const found = hit.feature && known.get(hit.feature);
    if (found) open(found.layer, found.feature, input);
    else if (hit.url) window.location.assign(hit.url);
  };

  return new Combobox({
    input,
    list,
    status,
    ask,
    choose,
    say: {
      none: (words) => text("nothing_found", { words }),
      count: (n) => text("things_found", { n }),
      failed: () => text("search_failed"),
    },
  });
}
