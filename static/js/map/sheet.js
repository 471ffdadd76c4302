/** The sheet at the foot of a phone's map: three heights, by dragging, by buttons, by keyboard. A panel on wide screens. */

const HEIGHTS = ["peek", "half", "full"];
const HALF = 0.54;
// Half open, some lines must be left to read, however large the reader's letters are.
const LEAST_REM = 12;

/** Controls `node`; `changed(height)` is called after each change. `node.dataset.target` is the height it is going to, in pixels. */
export class Sheet {
  constructor(node, changed) {
    this.node = node;
    this.changed = changed;
    this.head = node.querySelector("[data-grip]");
    this.up = node.querySelector("[data-sheet-up]");
    this.down = node.querySelector("[data-sheet-down]");
    this.up.addEventListener("click", () => this.step(1));
    this.down.addEventListener("click", () => this.step(-1));
    this.drag = null;
    this.head.addEventListener("pointerdown", (event) => this.begin(event));
    this.head.addEventListener("pointermove", (event) => this.move(event));
    this.head.addEventListener("pointerup", (event) => this.end(event));
    this.head.addEventListener("pointercancel", (event) => this.end(event));
    window.addEventListener("resize", () => this.fit());
    this.set(node.dataset.height);
  }

  get height() {
    return this.node.dataset.height;
  }

  /** Take one of the three heights. */
  set(height) {
    const before = this.node.dataset.height;
    this.node.dataset.height = height;
    this.up.disabled = height === "full";
    this.down.disabled = height === "peek";
    this.fit();
    if (before !== height) this.changed(height);
  }

  /** Measure anew: what the head holds changes, and so do screens and letter sizes. */
  fit() {
    if (!this.isSheet()) {
      this.node.style.height = "";
      this.node.dataset.target = "";
      return;
    }
    const whole = this.node.parentNode.clientHeight;
    const peek = this.head.offsetHeight + parseFloat(getComputedStyle(this.node).paddingBottom);
    const least = peek + LEAST_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
    const target = { peek, half: Math.min(whole - 8, Math.max(whole * HALF, least)), full: whole - 8 }[this.height];
    this.node.dataset.target = String(Math.round(target));
    this.node.style.height = `${Math.round(target)}px`;
    // What stands at the map's foot moves up with the sheet, but not off the screen.
    this.node.parentNode.style.setProperty("--covered", `${Math.round(Math.min(target, whole * HALF))}px`);
  }

  /** Be at least half open. */
  open() {
    if (this.height === "peek") this.set("half");
    else this.fit();
  }

  step(by) {
    this.set(HEIGHTS[Math.max(0, Math.min(2, HEIGHTS.indexOf(this.height) + by))]);
    const used = by > 0 ? this.up : this.down;
    if (used.disabled && document.activeElement === document.body) (by > 0 ? this.down : this.up).focus();
  }

  begin(event) {
    if (event.target.closest("button, a, input") || !this.isSheet()) return;
    this.drag = { y: event.clientY, at: event.timeStamp, height: this.node.offsetHeight, moved: false };
    this.head.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.drag) return;
    const by = this.drag.y - event.clientY;
    if (Math.abs(by) < 4 && !this.drag.moved) return;
    this.drag.moved = true;
    this.node.classList.add("sheet-dragged");
    const most = this.node.parentNode.clientHeight - 8;
    this.node.style.height = `${Math.max(64, Math.min(most, this.drag.height + by))}px`;
  }

  end(event) {
    if (!this.drag) return;
    const { y, at, moved } = this.drag;
    const speed = (y - event.clientY) / Math.max(1, event.timeStamp - at);
    const reached = this.node.offsetHeight / this.node.parentNode.clientHeight;
    this.drag = null;
    this.node.classList.remove("sheet-dragged");
    if (!moved) return;
    if (Math.abs(speed) > 0.5) this.step(speed > 0 ? 1 : -1);
    else this.set(reached > 0.75 ? "full" : reached > 0.33 ? "half" : "peek");
  }

  /** On a wide screen it is a panel and stays as it is. */
  isSheet() {
    return getComputedStyle(this.node).position === "absolute";
  }
}
