/** Names on the map: placed anew after each zoom so that none covers another; Chinese along steep lines stays upright. */

import { L } from "./leaflet.js";
import { lookOf, shapeOf } from "./styles.js";
import { svg } from "../lib/dom.js";
import { extent, innerPoint, largestPolygon, length, lines } from "../lib/geometry.js";
import { alongLine, aroundPoint, boxAround, inArea, Taken } from "../lib/placement.js";
import { isEnglish, local } from "../lib/language.js";

const LEAST_SIZE = 12;
const FONT = '"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif';
const measure = document.createElement("canvas").getContext("2d");

function widthOf(words, size) {
  measure.font = `600 ${size}px ${FONT}`;
  return measure.measureText(words).width + 2;
}

/** What stands in brackets at the end is told by the place on the map. */
function short(name) {
  return name.replace(/\s*[（(][^（）()]*[）)]\s*$/, "");
}

/** Break a long name into lines: behind the colon in Chinese, between words in English. */
function wrap(name) {
  if (!isEnglish()) return name.length > 7 && name.indexOf("：") > 0 ? [name.split("：")[0], name.slice(name.indexOf("：") + 1)] : [name];
  const rows = [""];
  name.split(" ").forEach((word) => {
    if (rows[rows.length - 1].length + word.length > 20 && rows[rows.length - 1]) rows.push("");
    rows[rows.length - 1] += (rows[rows.length - 1] ? " " : "") + word;
  });
  return rows;
}

/** Along a line only the name itself, without "一轴：" before it. */
function alone(name) {
  return name.replace(/^[^：:]*[：:]\s*/, "");
}

/** Everything about a label that doesn't hang on the zoom. */
function candidate(layer, feature, order) {
  const { style } = lookOf(layer, feature);
  const way = style.label || "none";
  if (way === "none") return null;
  const shape = shapeOf(feature.geometry);
  const entry = { layer: layer.key, way: shape === "point" ? "point" : way, style, order, name: short(local(feature.properties.name)) };
  if (entry.way === "point" && shape === "point") entry.at = feature.geometry.coordinates;
  else if (shape === "area" && way !== "line") {
    const polygon = largestPolygon(feature.geometry);
    const inner = innerPoint(polygon.map((ring) => ring.map(([x, y]) => [x * 0.817, y])));
    entry.way = "area";
    entry.at = [inner.x / 0.817, inner.y];
    entry.room = inner.room;
    entry.box = extent(polygon[0]);
  } else {
    entry.way = "line";
    entry.name = alone(entry.name);
    entry.line = shape === "area" ? largestPolygon(feature.geometry)[0] : lines(feature.geometry).sort((a, b) => length(b) - length(a))[0];
  }
  return entry;
}

/** The names of the layers that are shown, in a pane above them; `boxes` is where they and the marks stand. */
export class Labels {
  constructor(map, layers, name = "labels") {
    this.map = map;
    this.layers = layers;
    this.known = new Map();
    this.boxes = [];
    this.drawn = () => {};
    const pane = map.createPane(name);
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    this.root = svg("svg", { class: "map-labels leaflet-zoom-hide", "aria-hidden": "true", width: 1, height: 1 });
    pane.append(this.root);
    map.on("zoomend viewreset resize", () => this.draw());
  }

  /** Name what is in `shown` (layers); other names go. */
  show(shown) {
    this.shown = shown;
    this.draw();
  }

  candidates() {
    return [].concat(...this.shown.map((layer) => {
      if (!this.known.has(layer.key)) {
        const order = this.layers.indexOf(layer);
        this.known.set(layer.key, layer.features.map((feature) => candidate(layer, feature, order)).filter(Boolean));
      }
      return this.known.get(layer.key);
    }));
  }

  draw() {
    if (!this.shown || !this.map._loaded) return;
    const zoom = this.map.getZoom() + 0.25;
    const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const taken = new Taken();
    const wanted = this.candidates().filter((entry) => (entry.style.label_min_zoom || 0) <= zoom);
    wanted.sort((a, b) => (b.style.label_priority || 0) - (a.style.label_priority || 0) || b.order - a.order);
    const own = this.takeMarks(taken);
    const nodes = [];
    this.boxes = Array.from(own.values());
    wanted.forEach((entry) => {
      const size = Math.max(LEAST_SIZE, entry.style.label_size || LEAST_SIZE) * scale;
      const place = this.place(entry, size, taken, own);
      if (!place) return;
      place.boxes.forEach((box) => taken.add(box));
      this.boxes.push(...place.boxes);
      nodes.push(place.node);
    });
    while (this.root.firstChild) this.root.removeChild(this.root.firstChild);
    this.root.append(...nodes);
    this.drawn();
  }

  /** Marks take their place before any name does; return the boxes by layer and place. */
  takeMarks(taken) {
    const own = new Map();
    const zoom = this.map.getZoom() + 0.25;
    this.shown.forEach((layer) => layer.features.forEach((feature) => {
      const { radius, label_min_zoom: from } = lookOf(layer, feature).style;
      if (feature.geometry.type !== "Point" || !radius || (layer.base && (from || 0) > zoom)) return;
      const box = boxAround(this.pixel(feature.geometry.coordinates), [radius * 2 + 2, radius * 2 + 2]);
      taken.add(box);
      own.set(`${layer.key} ${feature.geometry.coordinates}`, box);
    }));
    return own;
  }

  pixel([lon, lat]) {
    const { x, y } = this.map.latLngToLayerPoint(L.latLng(lat, lon));
    return [x, y];
  }

  place(entry, size, taken, own) {
    if (entry.way === "line") return this.placeLine(entry, size, taken);
    const rows = entry.way === "area" || isEnglish() ? wrap(entry.name) : [entry.name];
    const extentOf = [Math.max(...rows.map((row) => widthOf(row, size))), rows.length * size * 1.25];
    const at = this.pixel(entry.at);
    const tries = entry.way === "point" ? aroundPoint(at, entry.style.radius || 0, extentOf) : this.areaTries(entry, at, extentOf);
    const mark = own.get(`${entry.layer} ${entry.at}`);
    const found = (entry.way === "point" && !entry.style.radius ? inArea(at, 0, extentOf) : tries).find((place) => taken.free(place.boxes, mark));
    return found ? { boxes: found.boxes, node: textNode(entry, size, rows, found.at) } : null;
  }

  /** An area's name must fit into the area, more or less; a strip with much room on one side may be a little overrun. */
  areaTries(entry, at, size) {
    const west = this.pixel([entry.box[0], entry.box[3]]);
    const east = this.pixel([entry.box[2], entry.box[1]]);
    if (size[0] > (east[0] - west[0]) * 1.3 || size[1] > (east[1] - west[1]) * 1.1) return [];
    const room = this.pixel([entry.at[0], entry.at[1] - entry.room])[1] - at[1];
    return inArea(at, room, size);
  }

  placeLine(entry, size, taken) {
    const line = entry.line.map((position) => this.pixel(position));
    const advances = Array.from(entry.name).map((letter) => widthOf(letter, size) - (isEnglish() ? 2 : 0) + (isEnglish() ? 0 : 1));
    const found = alongLine(line, advances, size, !isEnglish()).find((place) => taken.free(place.boxes));
    if (!found) return null;
    return { boxes: found.boxes, node: lineNode(entry, size, found.glyphs) };
  }
}

function attributes(entry, size) {
  return { "font-size": size, fill: entry.style.label_color || entry.style.stroke || "#333333" };
}

function textNode(entry, size, rows, [x, y]) {
  const top = y - ((rows.length - 1) * size * 1.25) / 2;
  const spans = rows.map((row, i) => svg("tspan", { x: x.toFixed(1), y: (top + i * size * 1.25 + size * 0.36).toFixed(1) }, row));
  return svg("text", Object.assign({ "text-anchor": "middle" }, attributes(entry, size)), spans);
}

function lineNode(entry, size, glyphs) {
  const letters = Array.from(entry.name);
  const nodes = glyphs.map(({ at: [x, y], turn }, i) =>
    svg("text", { "text-anchor": "middle", dy: "0.36em", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})` }, letters[i]));
  return svg("g", attributes(entry, size), nodes);
}
