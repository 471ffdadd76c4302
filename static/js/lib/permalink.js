/** The address of what is on the screen: #map=zoom/lat/lon&layers=a,b&feature=id or &at=lon,lat. Pure. */

const finite = (values) => values.every((value) => Number.isFinite(value));

/** Return {view, layers, feature, at} from a hash; what is missing or makes no sense is null. */
export function readHash(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const view = (query.get("map") || "").split("/").map(parseFloat);
  const at = (query.get("at") || "").split(",").map(parseFloat);
  return {
    view: view.length === 3 && finite(view) ? { zoom: view[0], lat: view[1], lon: view[2] } : null,
    layers: query.has("layers") ? query.get("layers").split(",").filter(Boolean) : null,
    feature: query.get("feature"),
    at: at.length === 2 && finite(at) ? at : null,
  };
}

/** Return the hash for a state of the same form. */
export function writeHash({ view, layers, feature, at }) {
  const round = (value, places) => String(Number(value.toFixed(places)));
  const parts = [`map=${round(view.zoom, 2)}/${round(view.lat, 5)}/${round(view.lon, 5)}`];
  if (layers) parts.push(`layers=${layers.join(",")}`);
  if (feature) parts.push(`feature=${encodeURIComponent(feature)}`);
  else if (at) parts.push(`at=${round(at[0], 5)},${round(at[1], 5)}`);
  return `#${parts.join("&")}`;
}
