/** Marks of points: circle, square, diamond, triangle, core (rings around a disc), dot. */

import { L } from "./leaflet.js";

const circle = (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;

const PATHS = {
  circle,
  dot: circle,
  square: (x, y, r) => `M${x - r * 0.9},${y - r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}z`,
  diamond: (x, y, r) => `M${x},${y - r * 1.2}L${x + r * 1.2},${y}L${x},${y + r * 1.2}L${x - r * 1.2},${y}z`,
  triangle: (x, y, r) => `M${x},${y - r * 1.2}L${x + r * 1.15},${y + r * 0.85}L${x - r * 1.15},${y + r * 0.85}z`,
  // Even-odd filling makes the rings.
  core: (x, y, r) => [1.5, 1.15, 0.6].map((part) => circle(x, y, r * part)).join(""),
};

/** Return the SVG path of a mark. */
export function symbolPath(marker, x, y, radius) {
  return radius > 0 ? (PATHS[marker] || circle)(x, y, radius) : "M0,0";
}

/** A circle marker of Leaflet's with another outline: drawn in its layer's own SVG, in the layer's order. */
export const Symbol = L.CircleMarker.extend({
  _updatePath() {
    this._renderer._setPath(this, symbolPath(this.options.marker, this._point.x, this._point.y, this._radius));
  },
});
