/** The comment form and its draft: saved while typing, brought back, cleared; contact data only for who wants it. */

import { applyValues, readValues } from "./form_values.js";

const PAUSE = 400;
const PLACE = ["place", "lon", "lat", "feature", "village", "chapter"];
/** Marks an address that was made from a draft, so that the draft's choice of place wins over the address's. */
const MARK = "#draft";

/** `store` is the Draft of this consultation; `shown` is called after values were put into the form. */
export class CommentDraft {
  constructor(form, store, shown) {
    this.form = form;
    this.store = store;
    this.shown = shown;
    this.timer = 0;
    /** Whether somebody has pressed “send” and waits for the network. */
    this.waits = false;
    const keep = form.querySelector("[data-keep-contact]");
    this.tick = keep ? keep.querySelector("input") : null;
  }

  isContact(field) {
    return Boolean(field.closest("[data-contact]"));
  }

  /** Everything in the form as one text, to know it again. */
  words() {
    return JSON.stringify(readValues(this.form));
  }

  contact() {
    return readValues(this.form, (field) => this.isContact(field));
  }

  hasContact() {
    const contact = this.contact();
    return Object.keys(contact).some((name) => contact[name]);
  }

  keepsContact() {
    return Boolean(this.tick && this.tick.checked);
  }

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  /** Save what the form holds; an empty one leaves nothing behind. Says whether the browser could. */
  keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    const values = readValues(this.form, (field) => !this.isContact(field));
    if (!String(values.text || "").trim() && !values.topic && !this.waits) {
      this.store.clear();
      return true;
    }
    const contact = this.keepsContact() ? this.contact() : null;
    const lost = !contact && this.hasContact();
    return this.store.save({ values, contact, lost, key: this.form.elements.key.value, waits: this.waits });
  }

  /** Bring back what was kept, and begin to keep. A form that the server gave back is newer than any draft. */
  begin() {
    const isKept = this.store.isKept();
    this.form.querySelectorAll("[data-draft-note], [data-keep-contact]").forEach((node) => {
      node.hidden = !isKept;
    });
    if (!isKept) return;
    if ("fresh" in this.form.dataset) this.restore(this.store.load());
    else this.keep();
    window.addEventListener("pagehide", () => {
      if (this.timer) this.keep();
    });
    // Who types here is seen here; a page in the background takes over what was typed elsewhere, and saves nothing.
    this.store.onChangeElsewhere((found) => {
      if (!document.hasFocus() && !this.waits && !this.timer) this.show(found, []);
    });
    this.form.querySelector("[data-clear-draft]").addEventListener("click", () => this.clear());
  }

  restore(found) {
    if (!found) return;
    const isMarked = window.location.hash === MARK;
    const hasPlace = Boolean(readValues(this.form).place);
    if (!hasPlace && !isMarked && this.bringPlace(found.values)) return;
    const skipped = hasPlace && !isMarked ? PLACE.slice() : [];
    // A place that the draft can't name is the one on the page.
    if (!found.values.place) skipped.push("place");
    if (this.form.elements.topic.value) skipped.push("topic");
    this.show(found, skipped);
    this.waits = Boolean(found.waits) && !found.lost;
    const notice = found.waits && found.lost ? "unsent" : "restored";
    this.form.querySelector(`[data-${notice}]`).hidden = this.waits;
  }

  show(found, skipped) {
    applyValues(this.form, found.values, skipped);
    if (found.contact) {
      applyValues(this.form, found.contact);
      if (this.tick) this.tick.checked = true;
    }
    // The same key in every tab: however often it is sent, it is one comment.
    if (found.key) this.form.elements.key.value = found.key;
    this.shown();
  }

  /** A place from the map is said in words by the server, so ask for the page with it; says whether it did. */
  bringPlace(values) {
    const names = values.lon && values.lat ? ["lon", "lat"] : values.feature ? ["feature"] : [];
    if (!names.length) return false;
    const query = new URLSearchParams(window.location.search);
    names.forEach((name) => query.set(name, values[name]));
    window.location.replace(`${window.location.pathname}?${query}${MARK}`);
    return true;
  }

  clear() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.waits = false;
    this.store.clear();
    window.location.replace(this.form.getAttribute("action"));
  }
}
