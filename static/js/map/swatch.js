/** A legend's swatch: the real fill, pattern, line or mark of a style, drawn small. */

import { svg } from "../lib/dom.js";
import { arrowIds, patternId } from "./patterns.js";
import { casingOf } from "./styles.js";
import { symbolPath } from "./symbols.js";

const WIDTH = 44;
const HEIGHT = 24;

/** Return an SVG of a style; `shape` is area, line or point. */
export function swatch(style, shape) {
  const draw = { area, line, point }[shape];
  return svg("svg", { class: "swatch", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", focusable: "false" }, draw(style));
}

function area(style) {
  const box = { x: 1.5, y: 1.5, width: WIDTH - 3, height: HEIGHT - 3, rx: 2 };
  const parts = [];
  if (style.fill) parts.push(svg("rect", Object.assign({ fill: style.fill, "fill-opacity": style.fill_opacity }, box)));
  if (style.pattern) parts.push(svg("rect", Object.assign({ fill: `url(#${patternId(style.pattern, style.pattern_color || style.stroke || style.fill)})` }, box)));
  if (style.stroke) {
    parts.push(svg("rect", Object.assign({ fill: "none", stroke: style.stroke, "stroke-width": style.stroke_width, "stroke-dasharray": style.dash }, box)));
  }
  return parts;
}

function line(style) {
  const way = `M${style.arrows ? 6 : 2} ${HEIGHT / 2}H${WIDTH - (style.arrows ? 6 : 2)}`;
  const casing = casingOf(style);
  const parts = [];
  if (casing) parts.push(svg("path", { d: way, stroke: casing, "stroke-width": style.stroke_width + 1.6 }));
  if (style.dash && style.stroke_width >= 2) {
    parts.push(svg("path", { d: way, stroke: style.stroke, "stroke-width": style.stroke_width + 1 }));
    parts.push(svg("path", { d: way, stroke: "#ffffff", "stroke-width": style.stroke_width - 0.4 }));
  }
  const [start, end] = style.arrows ? arrowIds(style.stroke).map((id) => `url(#${id})`) : [];
  parts.push(svg("path", { d: way, stroke: style.stroke, "stroke-width": style.stroke_width, "stroke-dasharray": style.dash, "marker-start": start, "marker-end": end }));
  return parts;
}

function point(style) {
  const radius = Math.max(style.radius || 0, 3);
  return svg("path", {
    d: symbolPath(style.marker, WIDTH / 2, HEIGHT / 2, Math.min(radius, 7)),
    fill: style.fill, "fill-rule": "evenodd", stroke: style.stroke, "stroke-width": style.stroke_width,
  });
}
