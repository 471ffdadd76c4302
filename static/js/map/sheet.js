/** The sheet at the foot of a phone's map: three heights, by dragging, by buttons, by keyboard. A panel on wide screens. */

const HEIGHTS = ["peek", "half", "full"];

/** Controls `node` (data-height tells CSS); `changed(height)` is called after each change. */
export class Sheet {
  constructor(node, changed) {
    this.node = node;
    this.changed = changed;
    this.grip = node.querySelector("[data-grip]");
    this.up = node.querySelector("[data-sheet-up]");
    this.down = node.querySelector("[data-sheet-down]");
    this.up.addEventListener("click", () => this.step(1));
    this.down.addEventListener("click", () => this.step(-1));
    this.drag = null;
    this.grip.addEventListener("pointerdown", (event) => this.begin(event));
    this.grip.addEventListener("pointermove", (event) => this.move(event));
    this.grip.addEventListener("pointerup", (event) => this.end(event));
    this.grip.addEventListener("pointercancel", (event) => this.end(event));
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
    if (before !== height) this.changed(height);
  }

  /** Be at least half open. */
  open() {
    if (this.height === "peek") this.set("half");
  }

  step(by) {
    const next = HEIGHTS[Math.max(0, Math.min(2, HEIGHTS.indexOf(this.height) + by))];
    this.set(next);
    const other = by > 0 ? this.up : this.down;
    if (other.disabled) (by > 0 ? this.down : this.up).focus();
  }

  begin(event) {
    if (event.target.closest("button, a, input") || !this.isSheet()) return;
    this.drag = { y: event.clientY, at: event.timeStamp, height: this.node.offsetHeight, moved: false };
    this.grip.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.drag) return;
    const by = this.drag.y - event.clientY;
    if (Math.abs(by) < 4 && !this.drag.moved) return;
    this.drag.moved = true;
    this.node.classList.add("sheet-dragged");
    const most = this.node.parentNode.clientHeight;
    this.node.style.height = `${Math.max(64, Math.min(most, this.drag.height + by))}px`;
  }

  end(event) {
    if (!this.drag) return;
    const { y, at, moved } = this.drag;
    const by = y - event.clientY;
    const speed = by / Math.max(1, event.timeStamp - at);
    const reached = this.node.offsetHeight / this.node.parentNode.clientHeight;
    this.drag = null;
    this.node.classList.remove("sheet-dragged");
    this.node.style.height = "";
    if (!moved) return;
    if (Math.abs(speed) > 0.5) this.step(speed > 0 ? 1 : -1);
    else this.set(reached > 0.72 ? "full" : reached > 0.33 ? "half" : "peek");
  }

  /** On a wide screen it is a panel and stays as it is. */
  isSheet() {
    return getComputedStyle(this.node).position === "absolute";
  }
}
