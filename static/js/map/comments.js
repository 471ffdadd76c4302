/** Published comments on the map, those of the area in view; many in one spot become one mark with their number. */

import { L } from "./leaflet.js";
import { el, svg } from "../lib/dom.js";
import { standIn } from "../lib/geometry.js";
import { getJson, withQuery } from "../lib/http.js";
import { text } from "../lib/language.js";
import { boxAround, leastCovering } from "../lib/placement.js";

const CELL = 52;
const QUIET_MS = 250;
const MOST = 200;
const TARGET = 38;
const BUBBLE = [28, 22];
// Where a bubble may stand beside its place, the usual way first.
const OFFSETS = [[0, -21], [23, -15], [-23, -15], [23, 15], [-23, 15], [0, 21], [30, 0], [-30, 0]];

function icon(count, [dx, dy]) {
  const middle = TARGET / 2;
  const [left, top, right, bottom] = boxAround([middle, middle], BUBBLE.map((side) => side - 3));
  const inside = count > 1
    ? svg("text", { x: middle, y: middle + 5, class: "bubble-count" }, count > 99 ? "99+" : count)
    : svg("path", { d: `M${left + 6} ${middle - 3}h13M${left + 6} ${middle + 3}h9`, class: "bubble-lines" });
  const way = `M${middle} ${middle}L${middle - dx} ${middle - dy}`;
  const drawing = svg("svg", { width: TARGET, height: TARGET, viewBox: `0 0 ${TARGET} ${TARGET}`, "aria-hidden": "true" }, [
    svg("path", { d: way, class: "bubble-stem-edge" }),
    svg("path", { d: way, class: "bubble-stem" }),
    svg("circle", { cx: middle - dx, cy: middle - dy, r: 3, class: "bubble-foot" }),
    svg("rect", { x: left, y: top, width: right - left, height: bottom - top, rx: 4, class: "bubble-body" }),
    inside,
  ]);
  return L.divIcon({ html: el("div", {}, drawing), className: "bubble", iconSize: [TARGET, TARGET], iconAnchor: [middle - dx, middle - dy] });
}

/**
 * Keeps the marks in step with the map. `acts` = {open(features, opener) for one mark's comments, boxes() of what the marks
 * should leave uncovered, listed(features, cut) after each answer; `cut` says that there are more than were sent}.
 */
export class CommentMarks {
  constructor(map, url, acts) {
    Object.assign(this, { map, url, acts, features: [], timer: 0, request: null, shown: true, marks: new Map() });
    this.group = L.layerGroup().addTo(map);
    map.on("moveend", () => this.soon());
    map.on("zoomend", () => this.draw());
    this.soon();
  }

  /** Show or hide them all. */
  toggle(shown) {
    this.shown = shown;
    if (shown) this.soon();
    else this.acts.listed([], false);
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
      const page = await getJson(withQuery(this.url, { bbox: box, limit: MOST }), this.request.signal);
      this.features = (page.features || []).filter((feature) => feature.geometry);
      this.acts.listed(this.features, Boolean(page.next));
      this.draw();
    } catch (error) {
      // The map is whole without them; the list of comments is a page of its own.
      if (error.name !== "AbortError") this.features = [];
    }
  }

  draw() {
    const focused = document.activeElement && document.activeElement.dataset.comment;
    this.group.clearLayers();
    this.marks.clear();
    if (!this.shown) return;
    const cells = new Map();
    this.features.forEach((feature) => {
      const [lon, lat] = standIn(feature.geometry);
      const { x, y } = this.map.project([lat, lon]);
      const key = `${Math.round(x / CELL)}:${Math.round(y / CELL)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push({ feature, at: [lat, lon] });
    });
    const taken = this.acts.boxes().slice();
    cells.forEach((members) => this.mark(members, taken));
    // The map moves when a mark gets the focus; the mark that is drawn anew keeps it.
    if (focused && this.marks.has(focused)) this.marks.get(focused).focus({ preventScroll: true });
  }

  mark(members, taken) {
    const alone = members.length === 1;
    const title = alone ? text("comment_here", { number: members[0].feature.properties.number }) : text("comments_here", { n: members.length });
    const { x, y } = this.map.latLngToLayerPoint(members[0].at);
    const offset = leastCovering(OFFSETS, ([dx, dy]) => boxAround([x + dx, y + dy], BUBBLE), taken);
    taken.push(boxAround([x + offset[0], y + offset[1]], BUBBLE));
    const marker = L.marker(members[0].at, { icon: icon(members.length, offset), title, alt: title, riseOnHover: true });
    marker.on("click", () => {
      const closest = this.map.getZoom() >= this.map.getMaxZoom();
      if (alone || closest) this.acts.open(members.map(({ feature }) => feature), marker.getElement());
      else this.map.fitBounds(L.latLngBounds(members.map(({ at }) => at)).pad(0.4), { maxZoom: Math.min(this.map.getMaxZoom(), this.map.getZoom() + 2.5) });
    });
    marker.addTo(this.group);
    const node = marker.getElement();
    node.setAttribute("aria-label", title);
    node.dataset.comment = members[0].feature.properties.number;
    members.forEach(({ feature }) => this.marks.set(feature.properties.number, node));
  }

  /** Make the mark of one comment stand out, or none. */
  point(number) {
    this.marks.forEach((node, key) => { if (key !== number) node.classList.remove("bubble-pointed"); });
    if (this.marks.has(number)) this.marks.get(number).classList.add("bubble-pointed");
  }
}
