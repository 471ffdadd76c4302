/** What a linked name lights up: a glow around features, above the layers and below their names. */

import { L } from "./leaflet.js";

const GLOW = { color: "#ffc72e", weight: 11, opacity: 0.9 };
const EDGE = { color: "#1f4a86", weight: 2.25, opacity: 1 };

/** Lights on a map; only one set is ever lit. */
export class Light {
  constructor(map) {
    this.map = map;
    // Below the names (450) and the pin (440).
    map.createPane("lit").style.zIndex = 435;
    this.renderer = L.svg({ pane: "lit", padding: 0.4 });
    this.shapes = L.layerGroup().addTo(map);
  }

  /** Light up `features` (GeoJSON) and nothing else; the rest of the plan steps back. */
  show(features) {
    this.shapes.clearLayers();
    [GLOW, EDGE].forEach((look) => features.forEach((feature) => this.draw(feature, look)));
    this.map.getContainer().classList.toggle("map-lit", features.length > 0);
  }

  draw(feature, look) {
    const area = /Polygon/.test(feature.geometry.type);
    const common = Object.assign({ pane: "lit", renderer: this.renderer, interactive: false, lineJoin: "round", smoothFactor: 0.4 }, look);
    const fill = { fill: area && look === GLOW, fillColor: "#ffd76a", fillOpacity: 0.45 };
    L.geoJSON(feature, {
      interactive: false,
      style: () => Object.assign({}, common, fill),
      pointToLayer: (_feature, at) => L.circleMarker(at, Object.assign({}, common, { radius: 12, fill: false, weight: look.weight * 0.7 })),
    }).addTo(this.shapes);
  }

  /** Put all lights out. */
  clear() {
    this.show([]);
  }
}
