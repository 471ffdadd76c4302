/** The map's tools: where am I, measure, compare, share. One tool at a time; Escape puts it away. */

import { canCompare, Compare } from "./compare.js";
import { Locate } from "./locate.js";
import { Measure } from "./measure.js";
import { copy, share } from "../lib/share.js";
import { text } from "../lib/language.js";

/**
 * `page` = {map, bundle, layers, labels, say(words), inside([lon, lat]), resting() (no card is open), theme(), changed(),
 * refresh()}; the buttons and bars are those of the template.
 */
export class Instruments {
  constructor(page) {
    this.page = page;
    this.box = document.getElementById("share-box");
    this.buttons = {};
    document.querySelectorAll("[data-tool]").forEach((button) => { this.buttons[button.dataset.tool] = button; });
    this.compare = new Compare(page.map, page.bundle, page.layers, page.labels, {
      changed: () => page.refresh(),
      closed: () => this.closed("compare"),
    });
    this.measure = new Measure(page.map, { closed: () => this.closed("measure") });
    this.locate = new Locate(page.map, this.buttons.locate, { say: page.say, inside: page.inside });
    this.buttons.compare.hidden = !canCompare();
    this.buttons.compare.addEventListener("click", () => (this.compare.on ? this.close() : this.openCompare()));
    this.buttons.measure.addEventListener("click", () => (this.measure.on ? this.close() : this.openMeasure()));
    this.buttons.share.addEventListener("click", () => this.share());
    document.querySelectorAll("[data-close-tool]").forEach((button) => button.addEventListener("click", () => this.close(true)));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && page.resting()) this.close(true);
    });
  }

  /** Two themes: the one that is shown and the next, or what an address asks for. Without focus when it came with the page. */
  openCompare(wanted = null) {
    this.close();
    const themes = this.page.bundle.themes.map(({ key }) => key);
    const left = this.page.theme() || themes[0];
    const right = themes[(themes.indexOf(left) + 1) % themes.length];
    if (!this.compare.open(wanted || { left, right, at: 50 })) return;
    this.opened("compare");
    this.page.refresh();
    if (!wanted) this.compare.handle.focus({ preventScroll: true });
  }

  openMeasure() {
    this.close();
    this.measure.open();
    this.opened("measure");
  }

  opened(name) {
    this.buttons[name].setAttribute("aria-pressed", "true");
    const stage = document.getElementById("stage");
    stage.classList.add("tool-open");
    stage.dataset.tool = name;
  }

  closed(name) {
    this.buttons[name].setAttribute("aria-pressed", "false");
    const stage = document.getElementById("stage");
    stage.classList.remove("tool-open");
    delete stage.dataset.tool;
    if (name === "compare") this.page.refresh();
  }

  /** Put the tool away; `back` gives the focus to its button. */
  close(back = false) {
    const open = this.compare.on ? "compare" : this.measure.on && "measure";
    this.box.hidden = true;
    if (!open) return;
    this[open].close();
    if (back) this.buttons[open].focus({ preventScroll: true });
  }

  /** Take a tap, if a tool wants it. */
  tap(latlng) {
    if (this.measure.on) this.measure.add(latlng);
    return this.measure.on;
  }

  async share() {
    this.tell(await share(document.title, window.location.href, this.box));
  }

  async copy(words) {
    this.tell(await copy(words, this.box));
  }

  tell(outcome) {
    if (outcome === "copied") this.page.say(text("copied"));
    if (outcome === "shown") this.page.say(text("copy_by_hand"));
  }
}
