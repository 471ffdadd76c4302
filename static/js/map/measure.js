/** Measuring on the map: a distance or an area, point by point, by finger, mouse or crosshair. */

import { L } from "./leaflet.js";
import { areaOf, crossesItself, lengthOf } from "../lib/geodesy.js";
import { number, text } from "../lib/language.js";

const MU_PER_HECTARE = 15;
const SAME_SPOT = 6;
const LINE = { color: "#9b1c31", weight: 3, interactive: false, pane: "measure" };

/** Write a length as it is measured: metres, and kilometres beside them from one kilometre on. */
export function lengthWords(metres) {
  const short = text("metres", { n: number(metres, metres < 100 ? 1 : 0) });
  return metres < 1000 ? short : text("measured_length", { km: text("kilometres", { n: number(metres / 1000, 2) }), m: short });
}

/** Write an area in hectares and mu. */
export function areaWords(squareMetres) {
  const hectares = squareMetres / 10000;
  const places = hectares < 10 ? 2 : 1;
  return text("measured_area", { ha: number(hectares, places), mu: number(hectares * MU_PER_HECTARE, hectares < 10 ? 1 : 0) });
}

/** Measures while `on`; the page hands it the taps. `acts` = {closed(), say(words)}. */
export class Measure {
  constructor(map, acts) {
    Object.assign(this, { map, acts, on: false, mode: "length", points: [] });
    map.createPane("measure").style.zIndex = 445;
    this.renderer = L.svg({ pane: "measure", padding: 0.4 });
    this.group = L.layerGroup();
    this.bar = document.getElementById("measure");
    this.result = document.getElementById("measured");
    this.undoButton = this.bar.querySelector("[data-undo]");
    this.undoButton.addEventListener("click", () => this.undo());
    this.bar.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.modes = Array.from(this.bar.querySelectorAll("[name=measure-mode]"));
    this.modes.forEach((input) => input.addEventListener("change", () => {
      this.mode = input.value;
      this.draw();
    }));
    map.on("mousemove", ({ latlng }) => this.on && this.points.length && this.draw(latlng));
    map.on("mouseout", () => this.on && this.draw());
    map.getContainer().addEventListener("keydown", (event) => {
      if (this.on && event.key === "Backspace") this.undo();
    });
  }

  /** Begin; taps are points from now on. */
  open() {
    this.on = true;
    this.bar.hidden = false;
    this.group.addTo(this.map);
    this.map.doubleClickZoom.disable();
    this.map.getContainer().classList.add("map-measuring");
    this.clear();
  }

  /** Stop, and take what was drawn away. */
  close() {
    if (!this.on) return;
    this.on = false;
    this.bar.hidden = true;
    this.points = [];
    this.group.clearLayers().remove();
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("map-measuring");
    this.acts.closed();
  }

  /** Add a point; a second tap on the same spot is a double click and no point. */
  add(latlng) {
    const last = this.points[this.points.length - 1];
    const pixel = (point) => this.map.latLngToLayerPoint(point);
    if (last && pixel(last).distanceTo(pixel(latlng)) < SAME_SPOT) return;
    this.points.push(latlng);
    this.draw();
  }

  undo() {
    this.points.pop();
    this.draw();
  }

  clear() {
    this.points = [];
    this.draw();
  }

  draw(preview = null) {
    const points = preview ? this.points.concat(preview) : this.points;
    const options = Object.assign({ renderer: this.renderer }, LINE);
    this.group.clearLayers();
    [["#ffffff", 6], [LINE.color, 3]].forEach(([color, weight]) => {
      const look = Object.assign({}, options, { color, weight });
      const shape = this.mode === "area" && points.length > 2 ? L.polygon(points, Object.assign(look, { fillColor: LINE.color, fillOpacity: 0.08 })) : L.polyline(points, look);
      shape.addTo(this.group);
    });
    this.points.forEach((point) => L.circleMarker(point, Object.assign({}, options, { color: "#ffffff", weight: 2, radius: 6, fillColor: LINE.color, fillOpacity: 1 })).addTo(this.group));
    this.undoButton.disabled = !this.points.length;
    // A pointer on its way isn't announced: a screen reader would never stop.
    this.result.setAttribute("aria-live", preview ? "off" : "polite");
    this.result.textContent = this.words(points.map(({ lng, lat }) => [lng, lat]));
  }

  words(points) {
    if (points.length < (this.mode === "area" ? 3 : 2)) return text(this.mode === "area" ? "measure_area_how" : "measure_length_how");
    if (this.mode === "length") return lengthWords(lengthOf(points));
    if (crossesItself(points)) return text("measure_crossed");
    return text("measured_with_edge", { area: areaWords(areaOf(points)), edge: lengthWords(lengthOf(points.concat([points[0]]))) });
  }
}
