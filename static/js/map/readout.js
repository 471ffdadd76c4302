/** At the map's foot: where the pointer or the crosshair is, the scale, and a word where the drawing ends. */

import { number, text } from "../lib/language.js";

// The pixel of OGC's map standards, in metres; screens differ, so the scale is "about".
const PIXEL = 0.00028;
const METRES_PER_PIXEL_AT_ZOOM_0 = 156543.03392;

/** Return the denominator of the scale at `zoom` and `lat`. */
export function scaleAt(zoom, lat) {
  return (METRES_PER_PIXEL_AT_ZOOM_0 * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom / PIXEL;
}

/** Return coordinates as people copy them: longitude, latitude, five decimals (about a metre). */
export function coordinates([lon, lat]) {
  return `${lon.toFixed(5)}, ${lat.toFixed(5)}`;
}

/** Keep the readout in step. `named([lon, lat])` gives the name of what lies there, or "". */
export function buildReadout(map, named) {
  const place = document.getElementById("readout-place");
  const scale = document.getElementById("readout-scale");
  const limit = document.getElementById("readout-limit");
  let frame = 0;
  const tell = ({ lng, lat }) => {
    const name = named({ lng, lat });
    place.textContent = coordinates([lng, lat]) + (name ? ` · ${name}` : "");
  };
  map.on("mousemove", ({ latlng }) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => tell(latlng));
  });
  map.on("mouseout", () => {
    cancelAnimationFrame(frame);
    place.textContent = "";
  });
  map.on("moveend", () => {
    if (map.getContainer().classList.contains("map-steered")) tell(map.getCenter());
  });
  const update = () => {
    const exact = scaleAt(map.getZoom(), map.getCenter().lat);
    const step = exact < 100000 ? 1000 : 10000;
    scale.textContent = text("scale", { n: number(Math.round(exact / step) * step, 0) });
    limit.hidden = map.getZoom() < map.getMaxZoom() - 0.3;
  };
  map.whenReady(update);
  map.on("zoomend", update);
}
