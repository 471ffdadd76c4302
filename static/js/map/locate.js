/** "Where am I": asks the browser only when somebody presses the button; the position moves the map and goes nowhere. */

import { L } from "./leaflet.js";
import { goTo } from "./create.js";
import { distance, text } from "../lib/language.js";

// Farther off than this, a position tells less than the reader knows.
const TOO_ROUGH = 1000;
const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 };
const FAULTS = { 1: "locate_refused", 2: "locate_failed", 3: "locate_slow" };

/** `acts` = {say(words), inside([lon, lat])}: how to tell the reader, and whether a place is in the planning area. */
export class Locate {
  constructor(map, button, acts) {
    Object.assign(this, { map, button, acts });
    this.group = L.layerGroup().addTo(map);
    button.addEventListener("click", () => this.ask());
  }

  ask() {
    if (!navigator.geolocation) {
      this.acts.say(text("locate_missing"));
      return;
    }
    this.button.setAttribute("aria-busy", "true");
    this.acts.say(text("locating"));
    navigator.geolocation.getCurrentPosition((found) => this.show(found.coords), (fault) => {
      this.done();
      this.acts.say(text(FAULTS[fault.code] || "locate_failed"));
    }, OPTIONS);
  }

  done() {
    this.button.removeAttribute("aria-busy");
  }

  show({ longitude, latitude, accuracy }) {
    this.done();
    this.group.clearLayers();
    const at = [longitude, latitude];
    if (!this.acts.inside(at)) {
      this.acts.say(text("locate_outside"));
      return;
    }
    const look = { interactive: false, pane: "chosen" };
    L.circle([latitude, longitude], Object.assign({ radius: accuracy, color: "#1f4a86", weight: 1, fillColor: "#1f4a86", fillOpacity: 0.12 }, look)).addTo(this.group);
    L.circleMarker([latitude, longitude], Object.assign({ radius: 7, color: "#ffffff", weight: 3, fillColor: "#1f4a86", fillOpacity: 1 }, look)).addTo(this.group);
    goTo(this.map, at, accuracy > TOO_ROUGH ? 12 : this.map.getMaxZoom() - 0.5);
    this.acts.say(text(accuracy > TOO_ROUGH ? "locate_rough" : "located", { distance: distance(accuracy) }));
  }
}
