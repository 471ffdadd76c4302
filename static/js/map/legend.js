/** The legend: themes as presets, groups of layers with switches, every swatch, and each feature as a way onto the map. */

import { el, replace } from "../lib/dom.js";
import { local, number, text } from "../lib/language.js";
import { legendOf } from "./styles.js";
import { swatch } from "./swatch.js";
import { thumbnail } from "./thumbnail.js";

/** Build theme buttons into `node`; `choose(theme)` is called. Returns update(shown keys). */
export function buildThemes(node, bundle, choose) {
  const buttons = bundle.themes.map((theme) => {
    const button = el("button", { type: "button", class: "theme", "aria-pressed": "false", on: { click: () => choose(theme) } },
      [thumbnail(bundle, theme), el("span", {}, local(theme.name))]);
    return { theme, button };
  });
  replace(node, buttons.map(({ button }) => el("li", {}, button)));
  return (shown) => buttons.forEach(({ theme, button }) => {
    const same = theme.layers.length === shown.length && theme.layers.every((key) => shown.indexOf(key) >= 0);
    button.setAttribute("aria-pressed", String(same));
    // On a phone the themes are one row: keep the chosen one in sight.
    if (same) node.scrollLeft = Math.max(0, button.offsetLeft - 32);
  });
}

function featureRow(layer, feature, open) {
  const { stated_ha: stated, name } = feature.properties;
  const figure = stated ? el("span", { class: "feature-figure number" }, text("hectares", { n: number(stated) })) : null;
  return el("li", {}, el("button", { type: "button", class: "feature-button", "data-feature": feature.id, on: { click: (event) => open(layer, feature, event.currentTarget) } },
    [el("span", {}, local(name)), figure]));
}

function layerBlock(layer, { toggle, open }) {
  const box = el("input", { type: "checkbox", on: { change: (event) => toggle(layer.key, event.target.checked) } });
  const rows = legendOf(layer).map((row) => el("li", {}, [swatch(row.style, row.shape), el("span", {}, local(row.name))]));
  const features = el("ul", { class: "feature-list" });
  const list = el("details", { class: "layer-features" }, [
    el("summary", {}, text("show_features", { n: layer.features.length })), features,
  ]);
  // Built when first opened: a hundred buttons that few people need.
  list.addEventListener("toggle", () => {
    if (!features.firstChild) features.append(...layer.features.map((feature) => featureRow(layer, feature, open)));
  });
  const block = el("div", { class: "layer" }, [
    el("label", { class: "switch" }, [box, el("span", { class: "switch-track", "aria-hidden": "true" }), el("span", { class: "switch-name" }, local(layer.name))]),
    el("ul", { class: "swatches" }, rows),
    list,
  ]);
  return { key: layer.key, box, block };
}

/** A group's slider: from hardly there to as drawn. Range inputs speak for themselves; the words beside them are for eyes. */
function strength(group, acts) {
  const said = el("output", { class: "number", "aria-hidden": "true" });
  const input = el("input", { type: "range", min: 10, max: 100, step: 5, "aria-label": text("strength_of", { group: local(group.name) }) });
  const set = (percent) => {
    input.value = String(percent);
    input.setAttribute("aria-valuetext", text("percent", { n: percent }));
    said.textContent = text("percent", { n: percent });
  };
  input.addEventListener("input", () => {
    set(Number(input.value));
    acts.fade(group.key, Number(input.value));
  });
  set(100);
  const node = el("div", { class: "strength" }, [el("span", { "aria-hidden": "true" }, text("strength")), input, said]);
  return { group: group.key, node, set };
}

/**
 * Build the groups of layers into `node`. `acts` = {toggle(key, on), open(layer, feature, opener), chapterUrl(number),
 * fade(group, percent)}. Returns update(shown keys, {group: percent}).
 */
export function buildLegend(node, bundle, acts) {
  const blocks = [];
  const sliders = [];
  const groups = bundle.groups.map((group) => {
    // The legend reads from the top of the drawing downwards.
    const layers = bundle.layers.filter((layer) => layer.group === group.key).reverse();
    if (!layers.length) return null;
    const made = layers.map((layer) => layerBlock(layer, acts));
    blocks.push(...made);
    const url = group.chapter && acts.chapterUrl(group.chapter);
    const head = el("div", { class: "group-head" }, [
      el("h3", {}, local(group.name)),
      url ? el("a", { href: url }, text("chapter", { n: group.chapter })) : null,
    ]);
    const slider = strength(group, acts);
    sliders.push(Object.assign(slider, { layers: layers.map(({ key }) => key) }));
    return el("section", { class: "group" }, [head].concat(made.map(({ block }) => block), slider.node));
  });
  replace(node, groups);
  return (shown, opacity = {}) => {
    blocks.forEach(({ key, box, block }) => {
      const on = shown.indexOf(key) >= 0;
      box.checked = on;
      block.classList.toggle("layer-on", on);
    });
    sliders.forEach(({ group, node: slider, set, layers }) => {
      slider.hidden = !layers.some((key) => shown.indexOf(key) >= 0);
      set(opacity[group] === undefined ? 100 : opacity[group]);
    });
  };
}

/** Add a switch for something that is no layer of the plan; `toggle(on)` is called. */
export function extraSwitch(name, on, toggle) {
  const box = el("input", { type: "checkbox", checked: on, on: { change: (event) => toggle(event.target.checked) } });
  document.getElementById("extra-switches").append(
    el("label", { class: "switch" }, [box, el("span", { class: "switch-track", "aria-hidden": "true" }), el("span", { class: "switch-name" }, name)]));
}
