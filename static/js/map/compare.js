/** Two themes of the plan side by side on one map, with a handle between them that is dragged or moved by arrow keys. */

import { Labels } from "./labels.js";
import { el, replace } from "../lib/dom.js";
import { followDrag } from "../lib/drag.js";
import { local, text } from "../lib/language.js";

const STEPS = { ArrowLeft: -2, ArrowRight: 2, PageDown: -10, PageUp: 10 };

/** Say whether this browser can cut the panes; without it there is no comparing. */
export function canCompare() {
  const cut = "polygon(0px 0px, 1px 0px, 1px 1px)";
  return Boolean(window.CSS && window.CSS.supports && (window.CSS.supports("clip-path", cut) || window.CSS.supports("-webkit-clip-path", cut)));
}

function cut(pane, [left, top, right, bottom] = []) {
  const shape = left === undefined ? "" : `polygon(${left}px ${top}px, ${right}px ${top}px, ${right}px ${bottom}px, ${left}px ${bottom}px)`;
  pane.style.clipPath = shape;
  pane.style.webkitClipPath = shape;
}

/** `acts` = {changed(), closed(), say(words)}; the nodes are those of the template. `on` is null or {left, right, at (0 to 100)}. */
export class Compare {
  constructor(map, bundle, layers, labels, acts) {
    Object.assign(this, { map, bundle, layers, labels, acts, on: null });
    this.bar = document.getElementById("compare");
    this.handle = document.getElementById("compare-handle");
    this.choices = ["left", "right"].map((side) => this.choice(side));
    this.handle.addEventListener("keydown", (event) => this.key(event));
    followDrag(this.handle, (x) => {
      const box = map.getContainer().getBoundingClientRect();
      this.move(((x - box.left) / box.width) * 100);
    }, () => acts.changed());
    map.on("move zoomend resize viewreset", () => this.clip());
  }

  choice(side) {
    const node = document.getElementById(`compare-${side}`);
    replace(node, this.bundle.themes.map((theme) => el("option", { value: theme.key }, local(theme.name))));
    node.addEventListener("change", () => {
      this.on[side] = node.value;
      this.acts.changed();
    });
    return node;
  }

  theme(key) {
    return this.bundle.themes.find((theme) => theme.key === key);
  }

  /** Begin with two themes' keys and where the handle stands; unknown keys are refused with false. */
  open({ left, right, at }) {
    if (!canCompare() || !this.theme(left) || !this.theme(right)) return false;
    this.on = { left, right, at };
    this.choices[0].value = left;
    this.choices[1].value = right;
    this.bar.hidden = false;
    this.handle.hidden = false;
    this.other = this.other || new Labels(this.map, this.bundle.layers, "labels-right");
    this.move(at);
    return true;
  }

  /** Back to one map. */
  close() {
    if (!this.on) return;
    this.on = null;
    this.bar.hidden = true;
    this.handle.hidden = true;
    this.other.show([]);
    this.panes().forEach((pane) => cut(pane));
    this.acts.closed();
  }

  panes() {
    return this.bundle.layers.map(({ key }) => this.map.getPane(`plan-${key}`)).concat(["labels", "labels-right"].map((name) => this.map.getPane(name)));
  }

  /** Draw `base` under both themes; return the keys of all that is drawn. */
  apply(base) {
    const [left, right] = [this.on.left, this.on.right].map((key) => this.theme(key).layers);
    const keys = base.concat(left, right.filter((key) => left.indexOf(key) < 0));
    const named = (wanted) => this.bundle.layers.filter(({ key }) => base.concat(wanted).indexOf(key) >= 0);
    this.layers.show(keys);
    this.labels.show(named(left));
    this.other.show(named(right));
    this.clip();
    this.tell();
    return keys;
  }

  /** Cut every pane to its side; what both sides have, and the base map, stays whole. */
  clip() {
    if (!this.on || !this.map._loaded) return;
    const size = this.map.getSize();
    const { x, y } = this.map.containerPointToLayerPoint([0, 0]);
    const middle = x + (size.x * this.on.at) / 100;
    const sides = { left: [x, y, middle, y + size.y], right: [middle, y, x + size.x, y + size.y] };
    const [left, right] = [this.on.left, this.on.right].map((key) => this.theme(key).layers);
    this.bundle.layers.forEach(({ key }) => {
      const [isLeft, isRight] = [left.indexOf(key) >= 0, right.indexOf(key) >= 0];
      cut(this.map.getPane(`plan-${key}`), isLeft === isRight ? [] : sides[isLeft ? "left" : "right"]);
    });
    cut(this.map.getPane("labels"), sides.left);
    cut(this.map.getPane("labels-right"), sides.right);
  }

  move(at) {
    this.on.at = Math.max(2, Math.min(98, at));
    this.handle.style.left = `${this.on.at}%`;
    this.clip();
    this.tell();
  }

  key(event) {
    const ends = { Home: 2, End: 98 };
    if (!(event.key in STEPS) && !(event.key in ends)) return;
    event.preventDefault();
    this.move(event.key in ends ? ends[event.key] : this.on.at + STEPS[event.key]);
    this.acts.changed();
  }

  tell() {
    const at = Math.round(this.on.at);
    const [left, right] = [this.on.left, this.on.right].map((key) => local(this.theme(key).name));
    this.handle.setAttribute("aria-valuenow", String(at));
    this.handle.setAttribute("aria-valuetext", text("compare_value", { left, right, percent: at, rest: 100 - at }));
  }
}
