/** Make the map: limits, controls, and the room that the sheet or panel takes from it. */

import { L } from "./leaflet.js";
import { text } from "../lib/language.js";

// The drawing is good for 1:25 000 and smaller; at these latitudes and with the standard pixel of 0.28 mm that is zoom
// 14. Closer it would promise what it doesn't know (示意图).
const CLOSEST = 14;

/** Make a Leaflet map in `node` for a plan with `bounds` [west, south, east, north]. */
export function createMap(node, bounds) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const box = L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
  const map = L.map(node, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.25,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    maxZoom: CLOSEST,
    minZoom: 10,
    maxBounds: box.pad(0.9),
    maxBoundsViscosity: 0.7,
    keyboardPanDelta: 60,
    tap: false,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: text("zoom_in"), zoomOutTitle: text("zoom_out") }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false, maxWidth: 110 }).addTo(map);
  map.planBox = box;
  return map;
}

/** Return how many pixels of the map's edges are covered: {top, right, bottom, left}. */
export function covered(map) {
  const frame = map.getContainer().getBoundingClientRect();
  const edges = { top: 0, right: 0, bottom: 0, left: 0 };
  document.querySelectorAll("[data-covers]").forEach((node) => {
    const box = node.getBoundingClientRect();
    // Beside the map, not on it: the panel of a wide screen.
    if (!box.height || box.right <= frame.left + 1 || box.bottom <= frame.top + 1 || box.top >= frame.bottom - 1) return;
    if (node.dataset.covers === "top") edges.top = Math.max(edges.top, box.bottom - frame.top);
    // A sheet on its way says where it is going.
    if (node.dataset.covers === "bottom") edges.bottom = Math.max(edges.bottom, Number(node.dataset.target) || frame.bottom - box.top);
  });
  // A sheet that is pulled up covers all; the middle of what is left wouldn't be a place to look at.
  edges.bottom = Math.min(edges.bottom, frame.height * 0.62);
  return edges;
}

/** Show `box` in the part of the map that nothing covers. */
export function fit(map, box, options = {}) {
  const { top, right, bottom, left } = covered(map);
  const room = 12;
  map.fitBounds(box, Object.assign({
    paddingTopLeft: [left + room, top + room],
    paddingBottomRight: [right + room, bottom + room],
    maxZoom: CLOSEST,
  }, options));
}

/** Bring a place into the middle of the uncovered part, at least at `zoom`; leave the map alone where it is well in view. */
export function goTo(map, [lon, lat], zoom = map.getZoom()) {
  const { top, bottom } = covered(map);
  const goal = Math.max(zoom, map.getZoom());
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const size = map.getSize();
  const margin = 56;
  if (goal === map.getZoom() && x > margin && x < size.x - margin && y > top + margin && y < size.y - bottom - margin / 2) return;
  const shift = (bottom - top) / 2;
  const centre = map.unproject(map.project([lat, lon], goal).add([0, shift]), goal);
  map.setView(centre, goal, { animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches });
}
