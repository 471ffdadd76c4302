/**
 * A combobox after the ARIA Authoring Practices: a text box, and under it a list of options in groups that are asked for
 * while one types. Arrows, Home, End, Enter and Escape; the focus stays in the box, `aria-activedescendant` follows.
 */

import { el, replace } from "./dom.js";

const PAUSE = 160;

/**
 * `ask(words, signal)` returns a promise of [{title, options: [{name, hint, value}]}]; `choose(value, name)` is called with
 * what was taken. `say` = {none(words), count(n), failed()} gives the sentences; `status` is a live region.
 */
export class Combobox {
  constructor({ input, list, status, ask, choose, say }) {
    Object.assign(this, { input, list, status, ask, choose, say, options: [], nodes: [], active: -1, asked: 0, eager: false });
    input.addEventListener("input", () => this.later());
    // Coming back to the box after a choice, as when the card is closed, doesn't open the list again.
    input.addEventListener("focus", () => { if (!this.input.value || this.input.value !== this.taken) this.now(); });
    input.addEventListener("click", () => { if (this.list.hidden) this.now(); });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Choosing must not take the focus from the box first, or blur would close the list under the finger.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get words() {
    return this.input.value.trim();
  }

  later() {
    clearTimeout(this.timer);
    this.eager = false;
    this.timer = setTimeout(() => this.now(), PAUSE);
  }

  /** Ask now, and forget what was asked before. */
  now() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.controller) this.controller.abort();
    this.controller = window.AbortController ? new AbortController() : null;
    this.asked += 1;
    const turn = this.asked;
    this.waiting = true;
    Promise.resolve(this.ask(this.words, this.controller ? this.controller.signal : undefined)).then((groups) => {
      if (turn === this.asked) this.show(groups);
    }).catch((error) => {
      if (turn !== this.asked || error.name === "AbortError") return;
      this.waiting = false;
      this.empty(error.detail || this.say.failed());
    });
  }

  show(groups) {
    this.waiting = false;
    this.options = [].concat(...groups.map((group) => group.options));
    if (!this.options.length) {
      if (this.words) this.empty(this.say.none(this.words));
      else this.close();
      return;
    }
    this.nodes = [];
    replace(this.list, groups.map((group, i) => this.group(group, `${this.list.id}-group-${i}`)));
    this.point(-1);
    this.open();
    this.status.textContent = this.words ? this.say.count(this.options.length) : "";
    if (this.eager) this.take(0);
  }

  group({ title, options }, id) {
    return el("div", { role: "group", "aria-labelledby": id }, [
      el("div", { id, class: "finder-group", role: "presentation" }, title),
      options.map(({ name, hint }) => this.option(name, hint)),
    ].reduce((all, part) => all.concat(part), []));
  }

  option(name, hint) {
    const index = this.nodes.length;
    const node = el("div", { role: "option", id: `${this.list.id}-${index}`, class: "finder-option", "aria-selected": "false", on: { click: () => this.take(index) } }, [
      el("span", { class: "finder-name" }, name),
      hint ? el("span", { class: "finder-hint" }, hint) : null,
    ]);
    this.nodes.push(node);
    return node;
  }

  empty(sentence) {
    this.options = [];
    this.nodes = [];
    this.point(-1);
    this.eager = false;
    replace(this.list, el("div", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "finder-none" }, sentence));
    this.open();
    this.status.textContent = sentence;
  }

  open() {
    if (document.activeElement !== this.input) return;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  /** Shut the list; what was asked and isn't answered yet no longer matters. */
  close() {
    clearTimeout(this.timer);
    this.timer = null;
    this.asked += 1;
    this.waiting = false;
    this.eager = false;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.point(-1);
  }

  key(event) {
    // While Chinese is being composed the keys belong to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    const { length } = this.nodes;
    const shown = !this.list.hidden && length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const down = event.key === "ArrowDown";
      if (this.list.hidden) this.now();
      else if (shown) this.point(this.active < 0 && !down ? length - 1 : (this.active + (down ? 1 : -1) + length) % length);
    } else if ((event.key === "Home" || event.key === "End") && shown && this.active >= 0) {
      event.preventDefault();
      this.point(event.key === "Home" ? 0 : length - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.enter(shown);
    } else if (event.key === "Escape" && (!this.list.hidden || this.input.value)) {
      event.stopPropagation();
      // A search box would empty itself at once.
      event.preventDefault();
      if (this.list.hidden) this.input.value = "";
      this.close();
    }
  }

  /** Take the option pointed at, else the best; where the answer is still on its way, take the best when it comes. */
  enter(shown) {
    if (this.timer || this.waiting) {
      const ask = Boolean(this.timer);
      if (ask) this.now();
      this.eager = Boolean(this.words);
    } else if (shown && (this.active >= 0 || this.words)) this.take(Math.max(0, this.active));
    else if (this.list.hidden) this.now();
  }

  point(index) {
    this.active = index;
    this.nodes.forEach((node, i) => node.setAttribute("aria-selected", String(i === index)));
    if (index < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", this.nodes[index].id);
    this.nodes[index].scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const { name, value } = this.options[index];
    this.input.value = name;
    this.taken = name;
    this.close();
    this.choose(value, name);
  }
}
