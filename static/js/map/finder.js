/** The village finder: a text box that filters a list; arrows, Enter and Escape work as in any combobox. */

import { el, replace } from "../lib/dom.js";
import { text } from "../lib/language.js";

/** Wire `input` and `list`. `entries`: [{name, other, hint, value}]; `choose(value)` is called. */
export class Finder {
  constructor(input, list, status, entries, choose) {
    Object.assign(this, { input, list, status, entries, choose, active: -1, found: [] });
    input.addEventListener("input", () => this.open());
    input.addEventListener("focus", () => this.open());
    input.addEventListener("click", () => this.open());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Choosing must not take the focus from the box first, or blur would close the list under the finger.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  matching() {
    const wanted = this.input.value.trim().toLowerCase();
    return this.entries.filter(({ name, other }) => !wanted || `${name} ${other}`.toLowerCase().indexOf(wanted) >= 0);
  }

  open() {
    this.found = this.matching();
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    const options = this.found.map((entry, i) => el("li", { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false", on: { click: () => this.take(i) } },
      [el("span", {}, entry.name), el("span", { class: "finder-hint" }, entry.hint)]));
    replace(this.list, options.length ? options : el("li", { class: "finder-none" }, text("no_village", { words: this.input.value.trim() })));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.status.textContent = this.input.value.trim() ? text("villages_found", { n: this.found.length }) : "";
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open();
      if (this.found.length) this.point((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.found.length) % this.found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!this.list.hidden && this.found.length && (this.active >= 0 || this.input.value.trim())) this.take(Math.max(0, this.active));
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }

  point(index) {
    this.active = index;
    Array.from(this.list.children).forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const entry = this.found[index];
    this.input.value = entry.name;
    this.close();
    this.choose(entry.value, this.input);
  }
}
