/** The plan's layers on the map: one pane and one SVG each, so that they keep the bundle's drawing order. */

import { L } from "./leaflet.js";
import { casingOf, lookOf, paper } from "./styles.js";
import { arrowIds, patternId } from "./patterns.js";
import { Symbol } from "./symbols.js";

const FIRST_PANE = 300;
const flip = (coordinates) => (typeof coordinates[0] === "number" ? [coordinates[1], coordinates[0]] : coordinates.map(flip));
// The world as far as anybody can pan, for the veil around the planning area.
const WORLD = [[28, 105], [28, 122], [42, 122], [42, 105]];

function stroke(style) {
  return { stroke: Boolean(style.stroke), color: style.stroke, weight: style.stroke_width || 1, dashArray: style.dash || null, lineJoin: "round" };
}

function area(geometry, style, common) {
  const points = flip(geometry.coordinates);
  const parts = [];
  const plain = Object.assign({ smoothFactor: 0.4 }, common);
  if (style.shade_outside) {
    const rings = geometry.type === "Polygon" ? points : [].concat(...points);
    parts.push(L.polygon([WORLD].concat(rings), Object.assign({}, plain, { stroke: false, fillColor: "#fbf8f2", fillOpacity: 0.62 })));
  }
  if (style.fill) parts.push(L.polygon(points, Object.assign({}, plain, { stroke: false, fillColor: style.fill, fillOpacity: numberOr(style.fill_opacity, 1) })));
  if (style.pattern) {
    const fillColor = `url(#${patternId(style.pattern, style.pattern_color || style.stroke || style.fill)})`;
    parts.push(L.polygon(points, Object.assign({}, plain, { stroke: false, fillColor, fillOpacity: 1 })));
  }
  // The outline of the planning area runs along others; a band of paper keeps it apart.
  if (style.shade_outside) parts.push(L.polygon(points, Object.assign({}, plain, { color: "#fdfbf7", weight: style.stroke_width + 2.5, opacity: 0.9, fill: false, firm: true })));
  if (style.stroke) parts.push(L.polygon(points, Object.assign({}, plain, stroke(style), { fill: false, firm: Boolean(style.shade_outside) })));
  return parts;
}

function numberOr(value, otherwise) {
  return value === undefined ? otherwise : value;
}

function line(geometry, style, common) {
  const points = flip(geometry.coordinates);
  const options = Object.assign({ smoothFactor: 0.4, lineCap: style.dash ? "butt" : "round" }, common);
  const casing = casingOf(style);
  const parts = [];
  if (casing) parts.push(L.polyline(points, Object.assign({}, options, { color: casing, weight: style.stroke_width + 1.6 })));
  if (style.dash && style.stroke_width >= 2) {
    // Paper between the dashes, within a thin edge: read as a railway, not as a border.
    parts.push(L.polyline(points, Object.assign({}, options, { color: style.stroke, weight: style.stroke_width + 1, opacity: 0.9 })));
    parts.push(L.polyline(points, Object.assign({}, options, { color: paper(), weight: style.stroke_width - 0.4 })));
  }
  // An arrow sits at the line's end, not where the screen cuts it.
  const main = L.polyline(points, Object.assign({}, options, stroke(style), { noClip: Boolean(style.arrows), lineCap: style.arrows ? "butt" : options.lineCap }));
  if (style.arrows) main.on("add", () => point(main.getElement(), arrowIds(style.stroke)));
  return parts.concat(main);
}

function point(path, [start, end]) {
  path.setAttribute("marker-start", `url(#${start})`);
  path.setAttribute("marker-end", `url(#${end})`);
}

function mark(geometry, style, common) {
  if (!style.radius) return [];
  const options = Object.assign({}, common, stroke(style), { fillColor: style.fill, fillOpacity: 1, radius: style.radius, fullRadius: style.radius, fromZoom: style.label_min_zoom, marker: style.marker });
  return [new Symbol(flip(geometry.coordinates), options)];
}

function draw(layer, feature, common) {
  const { style } = lookOf(layer, feature);
  const { geometry } = feature;
  if (/Polygon/.test(geometry.type)) return area(geometry, style, common);
  if (/LineString/.test(geometry.type)) return line(geometry, style, common);
  return mark(geometry, style, common);
}

/** All layers of a bundle; `show` takes the keys of those that are on. Drawn when first shown. */
export class PlanLayers {
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
    this.shown = [];
    this.drawn = new Map();
    map.on("zoomend", () => this.shown.forEach((layer) => this.adapt(layer)));
    layers.forEach((layer, order) => {
      map.createPane(this.pane(layer)).style.zIndex = FIRST_PANE + order;
    });
  }

  pane(layer) {
    return `plan-${layer.key}`;
  }

  group(layer) {
    if (!this.drawn.has(layer.key)) {
      const pane = this.pane(layer);
      // Clicks are looked up in the geometry (see picking.js), so nothing here needs to catch them.
      const common = { pane, renderer: L.svg({ pane, padding: 0.4 }), interactive: false };
      this.drawn.set(layer.key, L.layerGroup([].concat(...layer.features.map((feature) => draw(layer, feature, common)))));
    }
    return this.drawn.get(layer.key);
  }

  /** Thinner lines on the whole plan, thicker ones close by; marks of the base map only where they get a name. */
  adapt(layer) {
    const zoom = this.map.getZoom();
    const most = layer.base ? 1.5 : 1;
    const factor = Math.max(layer.base ? 0.5 : 0.7, Math.min(most, 0.6 + (zoom - 12) * 0.28));
    this.group(layer).eachLayer((part) => {
      const { options } = part;
      if (part instanceof Symbol) {
        if (layer.base) part.setRadius(zoom + 0.25 >= (options.fromZoom || 0) ? options.fullRadius : 0);
        return;
      }
      if (!options.weight || options.stroke === false) return;
      options.fullWeight = options.fullWeight || options.weight;
      part.setStyle({ weight: options.fullWeight * (options.firm ? 1 : factor) });
    });
  }

  /** Make a group of layers as strong as `percent` says: 100 as drawn, 0 not to be seen. */
  fade(group, percent) {
    this.layers.filter((layer) => layer.group === group).forEach((layer) => {
      this.map.getPane(this.pane(layer)).style.opacity = percent === 100 ? "" : String(percent / 100);
    });
  }

  /** Show exactly the layers whose keys are given. */
  show(keys) {
    this.shown = this.layers.filter((layer) => keys.indexOf(layer.key) >= 0);
    this.layers.forEach((layer) => {
      const wanted = this.shown.indexOf(layer) >= 0;
      if (wanted) {
        this.group(layer).addTo(this.map);
        this.adapt(layer);
      }
      else if (this.drawn.has(layer.key)) this.drawn.get(layer.key).remove();
    });
  }
}
