/** The map beside a chapter: shows the layers of what is being read, goes there, lights up what is named. */

import { createMap, fit } from "./create.js";
import { PlanLayers } from "./layers.js";
import { Labels } from "./labels.js";
import { L } from "./leaflet.js";
import { Light } from "./light.js";
import { legendOf } from "./styles.js";
import { swatch } from "./swatch.js";
import { el, replace } from "../lib/dom.js";
import { extent, positions } from "../lib/geometry.js";
import { isEnglish, local, text } from "../lib/language.js";

const SECONDS = 1.1;
const CLOSEST = 14;
const NOTE = 34;
// A single place is shown with its surroundings: about 1.5 km to each side.
const AROUND = 0.012;

export class StoryMap {
  /** Make it in `node`; `places` = {title, legend, card}; `start` = {view: [lat, lon, zoom]} or null. */
  constructor(node, bundle, places, start) {
    this.bundle = bundle;
    this.places = places;
    this.following = true;
    this.map = createMap(node, bundle.plan.bounds);
    this.map.setMinZoom(8);
    // The wheel over the map scrolls the text, until somebody takes the map in hand.
    this.map.scrollWheelZoom.disable();
    node.addEventListener("focus", () => this.map.scrollWheelZoom.enable());
    node.addEventListener("blur", () => this.map.scrollWheelZoom.disable());
    this.layers = new PlanLayers(this.map, bundle.layers);
    this.labels = new Labels(this.map, bundle.layers);
    this.light = new Light(this.map);
    this.known = new Map();
    bundle.layers.forEach((layer) => layer.features.forEach((feature) => this.known.set(feature.id, { layer, feature })));
    this.map.on("zoomstart", () => node.classList.add("map-flying"));
    this.map.on("zoomend", () => node.classList.remove("map-flying"));
    // From the last chapter's view the map flies; without one it begins where it belongs.
    this.begins = !(start && start.view);
    if (start && start.view) this.map.setView([start.view[0], start.view[1]], start.view[2], { animate: false });
    else fit(this.map, this.map.planBox, { animate: false });
  }

  /** Call `moved` when a hand, a wheel or a key moves the map. */
  whenTaken(moved) {
    const node = this.map.getContainer();
    this.map.on("dragstart", moved);
    node.addEventListener("wheel", () => this.map.scrollWheelZoom.enabled() && moved(), { passive: true });
    node.addEventListener("dblclick", moved);
    node.addEventListener("touchmove", (event) => event.touches.length > 1 && moved(), { passive: true });
    node.addEventListener("keydown", (event) => /^(Arrow|[-+=]$)/.test(event.key) && moved());
    const zoom = node.querySelector(".leaflet-control-zoom");
    // On the way down: the buttons let no click out.
    if (zoom) zoom.addEventListener("click", moved, true);
  }

  /** Return [{layer, feature}] of a subject, whole kinds spelt out. */
  found({ features, kinds }) {
    const all = features.map((id) => this.known.get(id)).filter(Boolean);
    kinds.forEach((pair) => {
      const [key, kind] = pair.split("/");
      const layer = this.bundle.layers.filter((one) => one.key === key)[0];
      if (layer) layer.features.filter(({ properties }) => properties.kind === kind).forEach((feature) => all.push({ layer, feature }));
    });
    return all;
  }

  /** Show these layers on the base map, with their names and legend. */
  show(keys) {
    const base = this.bundle.layers.filter((layer) => layer.base);
    const own = this.bundle.layers.filter((layer) => !layer.base && keys.indexOf(layer.key) >= 0);
    const wanted = own.map(({ key }) => key).join(" ");
    if (this.shown === wanted) return;
    this.shown = wanted;
    this.layers.show(own.concat(base).map(({ key }) => key));
    this.labels.show(this.layers.shown);
    this.describe(own, base);
  }

  describe(own, base) {
    const same = ({ layers }) => layers.slice().sort().join(" ") === own.map(({ key }) => key).sort().join(" ");
    const theme = this.bundle.themes.filter(same)[0];
    const names = own.map((layer) => local(layer.name)).join(isEnglish() ? ", " : "、");
    this.places.title.textContent = theme ? local(theme.name) : names || text("base_map_only");
    const explained = own.length ? own.slice().reverse() : base.filter((layer) => layer.answer === "partition" || layer.key === "scope");
    const rows = [].concat(...explained.map(legendOf));
    replace(this.places.legend, rows.map((row) => el("li", {}, [swatch(row.style, row.shape), el("span", {}, local(row.name))])));
    // A longer legend leaves less room for the map.
    this.map.invalidateSize({ animate: false, pan: false });
  }

  /** Return what to bring into view for a subject: the plan's own features before the base map's; null for all of the plan. */
  boxOf(subject) {
    const all = this.found(subject);
    const own = all.filter(({ layer }) => !layer.base);
    const points = [].concat(...(own.length ? own : all).map(({ feature }) => positions(feature.geometry)));
    if (!points.length) return null;
    const [west, south, east, north] = extent(points);
    const [w, s, e, n] = this.bundle.plan.bounds;
    // Roads and rivers run on beyond the plan, and nobody wants to follow them there.
    const inside = [Math.max(west, w), Math.max(south, s), Math.min(east, e), Math.min(north, n)];
    const [left, bottom, right, top] = inside[0] < inside[2] || inside[1] < inside[3] || points.length === 1 ? inside : [west, south, east, north];
    const wide = Math.max(0, AROUND - (right - left) / 2);
    const high = Math.max(0, AROUND * 0.8 - (top - bottom) / 2);
    return L.latLngBounds([bottom - high, left - wide], [top + high, right + wide]);
  }

  /** Go to a subject; `onlyIfHidden` leaves the map alone where it is in view. Without room (folded away) nothing moves. */
  go(subject, onlyIfHidden = false) {
    const box = this.boxOf(subject) || this.map.planBox;
    const { x, y } = this.map.getSize();
    if (!x || !y || (onlyIfHidden && this.map.getBounds().intersects(box.pad(-0.2)))) return;
    const room = Math.min(28, y / 12);
    const { top, bottom } = this.covered();
    // Names stand to the right of their marks.
    const options = { paddingTopLeft: [room, room + top], paddingBottomRight: [room * 2, room + bottom], maxZoom: CLOSEST, duration: SECONDS };
    const jump = this.begins || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.begins = false;
    if (jump) this.map.fitBounds(box, Object.assign(options, { animate: false }));
    else this.map.flyToBounds(box, options);
  }

  /** How much the open card and the note cover, at the top and at the bottom. */
  covered() {
    const frame = this.map.getContainer().getBoundingClientRect();
    const card = this.places.card.getBoundingClientRect();
    if (!card.height) return { top: 0, bottom: NOTE };
    const above = card.bottom - frame.top;
    const below = frame.bottom - card.top;
    return above < below ? { top: above, bottom: NOTE } : { top: 0, bottom: below };
  }

  /** The view as the map page's address and the next chapter want it. */
  state() {
    const { lat, lng } = this.map.getCenter();
    return { view: { zoom: this.map.getZoom(), lat, lon: lng }, layers: this.shown ? this.shown.split(" ") : [] };
  }
}
