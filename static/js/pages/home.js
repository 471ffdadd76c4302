/** The map page: fetches the plan's bundle, and lets map, legend, cards and address speak of the same thing. */

import { resolve, themeOf } from "../map/address.js";
import { buildCommentList } from "../map/comment_list.js";
import { createMap, fit, goTo } from "../map/create.js";
import { Instruments } from "../map/instruments.js";
import { PlanLayers } from "../map/layers.js";
import { Labels } from "../map/labels.js";
import { buildLegend, buildThemes, extraSwitch } from "../map/legend.js";
import { CommentMarks } from "../map/comments.js";
import { Pairing } from "../map/pairing.js";
import { Panel } from "../map/panel.js";
import { inPlan, pick } from "../map/picking.js";
import { Pointer, steerByKeys } from "../map/place.js";
import { buildReadout } from "../map/readout.js";
import { buildSearch } from "../map/search.js";
import { tianditu } from "../map/tianditu.js";
import { data } from "../lib/dom.js";
import { standIn } from "../lib/geometry.js";
import { getJson, withQuery } from "../lib/http.js";
import { local, text, useTexts } from "../lib/language.js";
import { readHash, writeHash } from "../lib/permalink.js";

const urls = data("map-urls");
const settings = data("map-settings");
useTexts(data("map-texts"));

class Page {
  constructor(bundle) {
    this.bundle = bundle;
    this.map = createMap(document.getElementById("map"), bundle.plan.bounds);
    this.layers = new PlanLayers(this.map, bundle.layers);
    this.labels = new Labels(this.map, bundle.layers);
    this.pointer = new Pointer(this.map);
    this.base = bundle.layers.filter((layer) => layer.base).map(({ key }) => key);
    this.first = bundle.layers.filter((layer) => layer.shown_at_first).map(({ key }) => key);
    this.hidden = new Set();
    this.chosen = {};
    this.opacity = {};
    this.panel = new Panel(bundle.layers, urls, {
      closed: () => this.leave(),
      backToPlan: () => this.backToPlan(),
      resized: () => {},
      picking: (on) => this.map.getContainer().classList.toggle("map-picking", on),
      share: () => this.tools.share(),
      copy: (words) => this.tools.copy(words),
    });
    this.buildGuide();
    this.buildTools();
    this.start();
    this.listen();
  }

  buildGuide() {
    this.updateThemes = buildThemes(document.getElementById("themes"), this.bundle, (theme) => this.show(theme.layers, true));
    this.updateLegend = buildLegend(document.getElementById("legend"), this.bundle, {
      toggle: (key, on) => this.toggle(key, on),
      open: (layer, feature, opener) => this.openFeature(layer, feature, opener),
      chapterUrl: (number) => urls.chapters[number],
      fade: (group, percent) => this.fade({ [group]: percent }),
    });
    const villages = [].concat(...this.bundle.layers.filter((layer) => layer.answer === "nearest").map((layer) => layer.features.map((feature) => ({ layer, feature }))));
    buildSearch({
      input: document.getElementById("find"),
      list: document.getElementById("find-list"),
      status: document.getElementById("status"),
      layers: this.bundle.layers,
      url: urls.search,
      open: (layer, feature, opener) => this.openFeature(layer, feature, opener),
      subdistrict: (name) => this.subdistrictName(name),
    });
    document.querySelectorAll("[data-village]").forEach((link) => link.addEventListener("click", (event) => {
      const found = villages.find(({ feature }) => feature.id === link.dataset.village);
      if (found) event.preventDefault();
      if (found) this.openFeature(found.layer, found.feature, link);
    }));
  }

  buildTools() {
    const say = (words) => this.panel.say(words, true);
    this.pairing = new Pairing(this.map, this.bundle, document.getElementById("sheet"));
    buildReadout(this.map, (latlng) => {
      const feature = this.tools.measure.on ? null : this.pairing.at(latlng, this.layers.shown);
      return feature ? local(feature.properties.name) : "";
    });
    this.tools = new Instruments({
      map: this.map, bundle: this.bundle, layers: this.layers, labels: this.labels, say,
      inside: (at) => inPlan(this.bundle.layers, at), resting: () => this.panel.view === "guide",
      theme: () => themeOf(this.bundle, this.shown),
      refresh: () => this.refresh(),
    });
  }

  subdistrictName(name) {
    const all = [].concat(...this.bundle.layers.map((layer) => layer.features));
    const found = all.find(({ properties }) => properties.name.zh === name);
    return found ? local(found.properties.name) : name;
  }

  start() {
    const wanted = readHash(window.location.hash);
    if (wanted.view) this.map.setView([wanted.view.lat, wanted.view.lon], wanted.view.zoom, { animate: false });
    else fit(this.map, this.map.planBox, { animate: false });
    this.map.setMinZoom(Math.floor(Math.min(this.map.getZoom(), this.map.getBoundsZoom(this.map.planBox)) - 0.5));
    this.shown = this.first;
    this.follow(wanted);
    if (urls.comments) this.startComments();
    if (settings.tianditu_key) this.offerTiles();
    document.documentElement.classList.add("map-ready");
  }

  startComments() {
    const open = (features, opener) => this.panel.openComments(features, opener);
    const list = buildCommentList(document.getElementById("comment-list"), this.map, { open, point: (number) => this.comments.point(number) });
    this.comments = new CommentMarks(this.map, urls.comments, { open, listed: list, boxes: () => this.labels.boxes });
    this.labels.drawn = () => this.comments.draw();
    extraSwitch(text("published_comments"), true, (on) => this.comments.toggle(on));
  }

  offerTiles() {
    const tiles = tianditu(this.map, settings.tianditu_key, () => this.panel.say(text("tiles_failed"), true));
    extraSwitch(text("tianditu"), false, (on) => {
      tiles.show(on);
      document.getElementById("attribution").hidden = !on;
    });
  }

  /** Show and open what an address names; what the plan no longer has is left out, and told. */
  follow(wanted) {
    const { layers, without, opacity, compare, found, unknown } = resolve(wanted, this.bundle);
    this.chapter = wanted.chapter && urls.chapters[wanted.chapter] ? wanted.chapter : null;
    this.hidden = new Set(without);
    this.bundle.groups.forEach(({ key }) => this.layers.fade(key, 100));
    this.opacity = {};
    this.fade(opacity);
    this.show(layers || this.shown);
    if (compare) this.tools.openCompare(compare);
    if (found) this.openFeature(found.layer, found.feature, null);
    else if (wanted.at) this.openPlace(wanted.at, null);
    if (unknown.length) this.panel.say(text("address_unknown", { names: unknown.slice(0, 3).map((name) => name.slice(0, 40)).join(", ") }), true);
  }

  listen() {
    this.map.on("click", ({ latlng }) => this.tap(latlng, this.map.getContainer()));
    steerByKeys(this.map, (words) => this.panel.say(words, true), (latlng) => this.tap(latlng, this.map.getContainer()));
    this.map.on("moveend", () => this.remember());
    window.addEventListener("hashchange", () => {
      const wanted = readHash(window.location.hash);
      if (wanted.view) this.map.setView([wanted.view.lat, wanted.view.lon], wanted.view.zoom);
      this.follow(wanted);
    });
  }

  /** Show these layers on the base map. A theme is shown whole: the map goes back to all of the plan. */
  show(keys, whole = false) {
    this.tools.compare.close();
    this.shown = this.bundle.layers.map(({ key }) => key).filter((key) => keys.indexOf(key) >= 0);
    this.refresh();
    if (whole) this.panel.settle();
    if (whole) fit(this.map, this.map.planBox);
  }

  toggle(key, on) {
    if (this.base.indexOf(key) >= 0) {
      if (on) this.hidden.delete(key);
      else this.hidden.add(key);
      this.refresh();
    } else this.show(on ? this.shown.concat(key) : this.shown.filter((one) => one !== key));
  }

  refresh() {
    const base = this.base.filter((key) => !this.hidden.has(key));
    const compared = this.tools.compare.on;
    const keys = compared ? this.tools.compare.apply(base) : this.shown.concat(base);
    if (!compared) {
      this.layers.show(keys);
      this.labels.show(this.layers.shown);
    }
    this.updateLegend(keys, this.opacity);
    this.updateThemes(compared ? [] : this.shown);
    const theme = compared ? compared.left : themeOf(this.bundle, this.shown);
    document.querySelectorAll("[data-print]").forEach((link) => { link.href = theme ? withQuery(urls.print, { theme }) : urls.print; });
    this.remember();
  }

  /** Make groups of layers stronger or weaker: {group: percent}. */
  fade(percents) {
    Object.keys(percents).forEach((group) => this.layers.fade(group, percents[group]));
    Object.assign(this.opacity, percents);
    this.remember();
  }

  tap(latlng, opener) {
    if (this.tools.tap(latlng)) return;
    const at = [latlng.lng, latlng.lat];
    const [hit] = pick(this.map, this.layers.shown.filter((layer) => !layer.base), latlng);
    this.openPlace(at, opener, hit);
  }

  openPlace(at, opener, hit = null) {
    this.chosen = { at };
    this.pointer.pin(at);
    if (hit) this.pointer.outline(hit.feature);
    this.panel.openPlace({ at, hit, inside: inPlan(this.bundle.layers, at), opener });
    goTo(this.map, at);
    this.remember();
  }

  openFeature(layer, feature, opener) {
    const at = standIn(feature.geometry);
    if (!layer.base && this.shown.indexOf(layer.key) < 0) this.show(this.shown.concat(layer.key));
    this.chosen = { feature: feature.id, at };
    this.pointer.pin(at);
    this.pointer.outline(feature);
    this.pairing.current(feature.id);
    this.panel.openPlace({ at, hit: { layer, feature, chosen: true }, inside: inPlan(this.bundle.layers, at), opener });
    goTo(this.map, at, feature.geometry.type === "Point" ? 14 : undefined);
    this.remember();
  }

  backToPlan() {
    this.panel.close();
    fit(this.map, this.map.planBox);
  }

  leave() {
    this.chosen = {};
    this.pointer.clear();
    this.pairing.current(null);
    this.remember();
  }

  /** Keep the address in step, without a new entry in the history for each move. */
  remember() {
    if (!this.shown || !this.map._loaded) return;
    const { lat, lng } = this.map.getCenter();
    const compare = this.tools.compare.on;
    const state = Object.assign({
      view: { zoom: this.map.getZoom(), lat, lon: lng }, layers: this.shown, without: Array.from(this.hidden), theme: themeOf(this.bundle, this.shown),
      opacity: this.opacity, compare, chapter: this.chapter,
    }, this.chosen);
    window.history.replaceState(window.history.state, "", writeHash(state));
  }
}

getJson(urls.bundle).then((bundle) => new Page(bundle)).catch((error) => {
  const notice = document.getElementById("map-failed");
  notice.hidden = false;
  if (!("status" in error)) throw error;
});
