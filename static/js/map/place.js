/** Where the reader points: the pin, the outline of a chosen feature, and the crosshair for those who steer by keys. */

import { L } from "./leaflet.js";
import { el, svg } from "../lib/dom.js";
import { text } from "../lib/language.js";

const PIN = "M15 1.500C7.500 1.500 2 7 2 14c0 9 13 22.500 13 22.500S28 23 28 14C28 7 22.500 1.500 15 1.500z";

function pinIcon() {
  const drawing = svg("svg", { width: 30, height: 38, viewBox: "0 0 30 38", "aria-hidden": "true" }, [
    svg("path", { d: PIN, class: "pin-body" }),
    svg("circle", { cx: 15, cy: 14, r: 5, class: "pin-eye" }),
  ]);
  return L.divIcon({ html: el("div", {}, drawing), className: "pin", iconSize: [30, 38], iconAnchor: [15, 37] });
}

/** The pin and the outline of what is chosen. There is never a pin before somebody points somewhere. */
export class Pointer {
  constructor(map) {
    this.map = map;
    map.createPane("chosen").style.zIndex = 440;
    this.renderer = L.svg({ pane: "chosen", padding: 0.4 });
    this.shapes = L.layerGroup().addTo(map);
  }

  /** Put the pin at [lon, lat] and take the outline away. */
  pin([lon, lat]) {
    this.clear();
    L.marker([lat, lon], { icon: pinIcon(), keyboard: false, interactive: false }).addTo(this.shapes);
  }

  /** Outline a feature. */
  outline(feature) {
    const common = { pane: "chosen", renderer: this.renderer, interactive: false, fill: false, lineJoin: "round" };
    [["#ffffff", 7], ["#1f4a86", 3]].forEach(([color, weight]) => {
      L.geoJSON(feature, {
        style: Object.assign({ color, weight }, common),
        pointToLayer: (_feature, at) => L.circleMarker(at, Object.assign({ radius: 13, color, weight }, common)),
      }).addTo(this.shapes);
    });
  }

  clear() {
    this.shapes.clearLayers();
  }
}

/**
 * By keyboard: once the map was moved with the arrow keys, Enter takes the place under the crosshair. Before that it
 * explains itself, so that nothing is ever said about a place that nobody chose.
 */
export function steerByKeys(map, say, take) {
  const node = map.getContainer();
  const cross = el("div", { class: "crosshair", "aria-hidden": "true" });
  node.append(cross);
  let moved = false;
  node.addEventListener("keydown", (event) => {
    if (event.target !== node) return;
    if (event.key.indexOf("Arrow") === 0) {
      moved = true;
      node.classList.add("map-steered");
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (moved) take(map.containerPointToLatLng([cross.offsetLeft, cross.offsetTop]));
      else say(text("move_first"));
    }
  });
  node.addEventListener("blur", () => {
    moved = false;
    node.classList.remove("map-steered");
  });
}
