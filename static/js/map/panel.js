/** The sheet or panel beside the map: guide (legend, villages), a place, comments, or "where?"; one at a time, Escape leads back. */

import { commentBlock, failedBlock, featureBlock, outsideBlock, placeActions } from "./card.js";
import { findingsBlock } from "./findings.js";
import { coordinates } from "./readout.js";
import { Sheet } from "./sheet.js";
import { el, replace } from "../lib/dom.js";
import { getJson, withQuery } from "../lib/http.js";
import { text } from "../lib/language.js";

const lonLat = ([lon, lat]) => ({ lon: lon.toFixed(5), lat: lat.toFixed(5) });

/** `acts` = {closed, backToPlan, resized, picking(on), share(), copy(words)}. */
export class Panel {
  constructor(layers, urls, acts) {
    Object.assign(this, { layers, urls, acts, opener: null, request: null, view: "guide" });
    this.node = document.getElementById("sheet");
    this.body = document.getElementById("sheet-body");
    this.status = document.getElementById("status");
    this.toast = document.getElementById("map-notice");
    this.card = document.getElementById("card");
    this.title = document.getElementById("card-title");
    this.content = document.getElementById("card-content");
    this.commentLink = document.getElementById("comment-here");
    this.sheet = new Sheet(this.node, acts.resized);
    document.querySelectorAll("[data-pick]").forEach((button) => button.addEventListener("click", () => this.askPlace(button)));
    document.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", () => this.close()));
    document.querySelectorAll("[data-legend]").forEach((button) => button.addEventListener("click", () => {
      this.sheet.open();
      document.getElementById("legend-title").focus({ preventScroll: true });
    }));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.view !== "guide") this.close();
    });
  }

  /** Tell screen readers, and with `visible` everybody, for a while. */
  say(words, visible = false) {
    this.status.textContent = words;
    if (!visible) return;
    clearTimeout(this.timer);
    this.toast.textContent = words;
    this.toast.hidden = false;
    this.timer = setTimeout(() => { this.toast.hidden = true; }, 6000);
  }

  show(view) {
    this.view = view;
    this.node.dataset.view = view;
    document.querySelectorAll("[data-for]").forEach((node) => { node.hidden = node.dataset.for.split(" ").indexOf(view) < 0; });
    this.acts.picking(view === "pick");
    this.body.scrollTop = 0;
    this.sheet.fit();
  }

  /** "Where?": the next tap on the map says it. */
  askPlace(opener) {
    this.opener = opener;
    this.show("pick");
    this.sheet.set("peek");
    this.say(text("pick_place"));
    document.getElementById("pick-title").focus({ preventScroll: true });
  }

  /** A theme was chosen: what is drawn should be seen. */
  settle() {
    if (this.view === "guide" && this.sheet.isSheet()) this.sheet.set("peek");
  }

  openPlace({ at, hit, inside, opener }) {
    this.abort();
    if (this.view === "guide" || this.view === "pick") this.opener = opener || this.opener;
    this.show("card");
    this.sheet.open();
    const feature = hit ? featureBlock(hit.layer, hit.feature, (number) => this.urls.chapters[number]) : null;
    this.commentLink.parentNode.hidden = !inside || !this.urls.comment_new;
    if (!inside) {
      this.title.textContent = text("outside_title");
      replace(this.content, [outsideBlock({ back: this.acts.backToPlan, general: this.urls.comment_new }), feature]);
      this.say(text("outside_plan"));
    } else {
      this.title.textContent = text("here_title");
      if (this.urls.comment_new) this.commentLink.href = withQuery(this.urls.comment_new, lonLat(at));
      this.findings = el("div", { class: "findings-wait" }, el("p", { class: "muted" }, text("reading")));
      // What was chosen by name or hit like a needle comes first; a wide area only says more about the place.
      const aimed = hit && (hit.chosen || !/Polygon/.test(hit.feature.geometry.type));
      replace(this.content, aimed ? [feature, this.findings] : [this.findings, feature]);
      this.ask(at);
    }
    this.title.focus({ preventScroll: true });
  }

  async ask(at) {
    const wait = this.findings;
    this.request = new AbortController();
    const page = this.urls.here_page ? withQuery(this.urls.here_page, lonLat(at)) : null;
    try {
      const answer = await getJson(withQuery(this.urls.here, lonLat(at)), this.request.signal);
      if (wait !== this.findings) return;
      replace(wait, findingsBlock(answer, this.layers, (number) => this.urls.chapters[number]));
      const acts = { share: () => this.acts.share(), copyPlace: () => this.acts.copy(coordinates(at)), page };
      wait.append(placeActions(at, acts));
      this.say(answer.summary);
    } catch (error) {
      if (error.name === "AbortError" || wait !== this.findings) return;
      if (!("status" in error)) throw error;
      replace(wait, failedBlock(error.detail, () => this.ask(at), page));
    }
  }

  openComments(features, opener) {
    this.abort();
    this.opener = opener;
    this.show("comments");
    this.sheet.open();
    this.title.textContent = text("comments_title", { n: features.length });
    replace(this.content, features.slice(0, 20).map((feature) => commentBlock(feature, this.urls.comment.replace("NUMBER", encodeURIComponent(feature.properties.number)))));
    this.title.focus({ preventScroll: true });
  }

  abort() {
    if (this.request) this.request.abort();
    this.request = null;
    this.findings = null;
  }

  /** Back to the guide; the focus goes back to where it came from. */
  close() {
    this.abort();
    this.show("guide");
    this.sheet.set("peek");
    if (this.opener && document.contains(this.opener)) this.opener.focus({ preventScroll: true });
    this.opener = null;
    this.say("");
    this.acts.closed();
  }
}
