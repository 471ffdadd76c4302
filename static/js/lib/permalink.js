/**
 * The address of what is on the screen: #map=zoom/lat/lon&layers=a,b&without=c&theme=d&opacity=group:60&compare=d,e,50
 * &feature=id or &at=lon,lat&chapter=4. Pure: whether the names exist is the reader's business.
 */

const finite = (values) => values.every((value) => Number.isFinite(value));
const list = (value) => (value === null ? null : value.split(",").filter(Boolean));

function readOpacity(value) {
  const found = {};
  (list(value) || []).forEach((part) => {
    const [group, percent] = part.split(":");
    if (Number.isFinite(parseFloat(percent))) found[group] = Math.max(0, Math.min(100, Math.round(parseFloat(percent))));
  });
  return found;
}

function readCompare(value) {
  const [left, right, at] = list(value) || [];
  if (!left || !right) return null;
  const part = parseFloat(at);
  return { left, right, at: Number.isFinite(part) ? Math.max(0, Math.min(100, part)) : 50 };
}

/** Return {view, layers, without, theme, opacity, compare, feature, at, chapter}; what is missing or makes no sense is null. */
export function readHash(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const view = (query.get("map") || "").split("/").map(parseFloat);
  const at = (query.get("at") || "").split(",").map(parseFloat);
  return {
    view: view.length === 3 && finite(view) ? { zoom: view[0], lat: view[1], lon: view[2] } : null,
    layers: list(query.get("layers")),
    without: list(query.get("without")) || [],
    theme: query.get("theme"),
    opacity: readOpacity(query.get("opacity")),
    compare: readCompare(query.get("compare")),
    feature: query.get("feature"),
    at: at.length === 2 && finite(at) ? at : null,
    chapter: query.get("chapter"),
  };
}

/** Return the hash for a state of the same form; what is empty or as at first is left out. */
export function writeHash({ view, layers, without = [], theme, opacity = {}, compare, feature, at, chapter }) {
  const round = (value, places) => String(Number(value.toFixed(places)));
  const parts = [`map=${round(view.zoom, 2)}/${round(view.lat, 5)}/${round(view.lon, 5)}`];
  const faded = Object.keys(opacity).filter((group) => opacity[group] < 100).map((group) => `${group}:${opacity[group]}`);
  if (layers) parts.push(`layers=${layers.join(",")}`);
  if (without.length) parts.push(`without=${without.join(",")}`);
  if (theme) parts.push(`theme=${theme}`);
  if (faded.length) parts.push(`opacity=${faded.join(",")}`);
  if (compare) parts.push(`compare=${compare.left},${compare.right},${Math.round(compare.at)}`);
  if (feature) parts.push(`feature=${encodeURIComponent(feature)}`);
  else if (at) parts.push(`at=${round(at[0], 5)},${round(at[1], 5)}`);
  if (chapter) parts.push(`chapter=${encodeURIComponent(chapter)}`);
  return `#${parts.join("&")}`;
}
