/** Published comments on the map, those of the area in view; many in one spot become one mark with their number. */

import { L } from "./leaflet.js";
import { el, svg } from "../lib/dom.js";
import { standIn } from "../lib/geometry.js";
import { getJson, withQuery } from "../lib/http.js";
import { text } from "../lib/language.js";

const CELL = 44;
const QUIET_MS = 250;
const BUBBLE = "M4 2h22a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H18l-4 5-3-5H4a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3z";

function icon(count) {
  const inside = count > 1
    ? svg("text", { x: 15, y: 17, class: "bubble-count" }, count > 99 ? "99+" : count)
    : svg("path", { d: "M8 9.500h14M8 14.500h9", class: "bubble-lines" });
  const drawing = svg("svg", { width: 25, height: 23, viewBox: "0 0 30 28", "aria-hidden": "true" }, [svg("path", { d: BUBBLE, class: "bubble-body" }), inside]);
  return L.divIcon({ html: el("div", {}, drawing), className: count > 1 ? "bubble bubble-many" : "bubble", iconSize: [38, 38], iconAnchor: [19, 31] });
}

/** Keeps the marks in step with the map. `open(feature, opener)` is called for one comment. */
export class CommentMarks {
  constructor(map, url, open) {
    Object.assign(this, { map, url, open, features: [], timer: 0, request: null, shown: true });
    this.group = L.layerGroup().addTo(map);
    map.on("moveend", () => this.soon());
    map.on("zoomend", () => this.draw());
    this.soon();
  }

  /** Show or hide them all. */
  toggle(shown) {
    this.shown = shown;
    if (shown) this.soon();
    this.draw();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), QUIET_MS);
  }

  async fetch() {
    if (!this.shown) return;
    if (this.request) this.request.abort();
    this.request = new AbortController();
    const box = this.map.getBounds().pad(0.15).toBBoxString().split(",").map((value) => Number(value).toFixed(4)).join(",");
    try {
      const page = await getJson(withQuery(this.url, { bbox: box }), this.request.signal);
      this.features = (page.features || []).filter((feature) => feature.geometry);
      this.draw();
    } catch (error) {
      // The map is whole without them; the list of comments is a page of its own.
      if (error.name !== "AbortError") this.features = [];
    }
  }

  draw() {
    this.group.clearLayers();
    if (!this.shown) return;
    const cells = new Map();
    this.features.forEach((feature) => {
      const [lon, lat] = standIn(feature.geometry);
      const { x, y } = this.map.project([lat, lon]);
      const key = `${Math.round(x / CELL)}:${Math.round(y / CELL)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push({ feature, at: [lat, lon] });
    });
    cells.forEach((members) => this.mark(members));
  }

  mark(members) {
    const alone = members.length === 1;
    const title = alone ? text("comment_here", { number: members[0].feature.properties.number }) : text("comments_here", { n: members.length });
    const marker = L.marker(members[0].at, { icon: icon(members.length), title, alt: title, riseOnHover: true });
    marker.on("click", () => {
      const closest = this.map.getZoom() >= this.map.getMaxZoom();
      if (alone || closest) this.open(members.map(({ feature }) => feature), marker.getElement());
      else this.map.fitBounds(L.latLngBounds(members.map(({ at }) => at)).pad(0.4), { maxZoom: Math.min(this.map.getMaxZoom(), this.map.getZoom() + 2.5) });
    });
    marker.addTo(this.group);
    marker.getElement().setAttribute("aria-label", title);
  }
}
