/** A theme in miniature: the same features and colours, some three dozen pixels wide. */

import { svg } from "../lib/dom.js";
import { lines, polygons } from "../lib/geometry.js";
import { lookOf } from "./styles.js";

const HEIGHT = 56;
// A degree of longitude is that much shorter than one of latitude here (cosine of 35.2°).
const NARROWER = 0.817;

function pathOf(lists, place, close) {
  return lists.map((positions) => {
    let last = null;
    const kept = positions.map(place).filter((point, i) => {
      const far = !last || i === positions.length - 1 || Math.hypot(point[0] - last[0], point[1] - last[1]) > 0.6;
      if (far) last = point;
      return far;
    });
    return `M${kept.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${close ? "Z" : ""}`;
  }).join("");
}

function shape(feature, style, place) {
  const { geometry } = feature;
  if (geometry.type === "Point") {
    const [x, y] = place(geometry.coordinates);
    return svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: style.marker === "core" ? 2.4 : 1.4, fill: style.fill });
  }
  const rings = [].concat(...polygons(geometry));
  if (rings.length) {
    const opacity = Math.min(1, (style.fill_opacity || 0) * 1.4 + 0.1);
    return svg("path", { d: pathOf(rings, place, true), fill: style.fill || "none", "fill-opacity": opacity, "fill-rule": "evenodd", stroke: style.stroke, "stroke-width": 0.5, "stroke-opacity": 0.7 });
  }
  return svg("path", { d: pathOf(lines(geometry), place, false), fill: "none", stroke: style.stroke, "stroke-width": Math.max(0.8, (style.stroke_width || 1) / 3) });
}

/** Return an SVG of the theme's layers within the outline of the planning area. */
export function thumbnail(bundle, theme) {
  const [west, south, east, north] = bundle.plan.bounds;
  const scale = HEIGHT / (north - south);
  const width = (east - west) * NARROWER * scale;
  const place = ([lon, lat]) => [(lon - west) * NARROWER * scale, (north - lat) * scale];
  const parts = [];
  const outline = (fill, stroke) => bundle.layers.forEach((layer) => layer.features.forEach((feature) => {
    const { style } = lookOf(layer, feature);
    if (style.shade_outside) parts.push(svg("path", { d: pathOf([].concat(...polygons(feature.geometry)), place, true), fill, stroke, "stroke-width": 0.8 }));
  }));
  outline("#ffffff", "none");
  bundle.layers.filter((layer) => theme.layers.indexOf(layer.key) >= 0).forEach((layer) => {
    layer.features.forEach((feature) => parts.push(shape(feature, lookOf(layer, feature).style, place)));
  });
  outline("none", "#6b5f8f");
  const attributes = { class: "thumbnail", width: width.toFixed(0), height: HEIGHT, viewBox: `0 0 ${width.toFixed(1)} ${HEIGHT}`, "aria-hidden": "true", focusable: "false" };
  return svg("svg", attributes, parts);
}
