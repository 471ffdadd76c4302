/** Which paragraph is being read: the one on a line across the screen, told by an IntersectionObserver. */

// Where the reading line is, in per cent of the window's height: below the map on a phone.
const LINE = { wide: 38, narrow: 56 };

/** Watch `steps` (elements in reading order); `change(step)` is called with the one being read, null above the first. */
export class Steps {
  constructor(steps, wide, change) {
    this.steps = steps;
    this.change = change;
    this.current = null;
    this.onLine = new Set();
    this.watch(wide.matches);
    const again = () => this.watch(wide.matches);
    if (wide.addEventListener) wide.addEventListener("change", again);
    else wide.addListener(again);
    // Back at the top the chapter as a whole is on the map again; no step need cross the line for that.
    window.addEventListener("scroll", () => this.decide(), { passive: true });
  }

  watch(wide) {
    if (this.observer) this.observer.disconnect();
    this.onLine.clear();
    const line = wide ? LINE.wide : LINE.narrow;
    this.observer = new IntersectionObserver((entries) => {
      entries.forEach(({ target, isIntersecting }) => {
        if (isIntersecting) this.onLine.add(target);
        else this.onLine.delete(target);
      });
      this.decide();
    }, { rootMargin: `-${line}% 0px -${99 - line}% 0px` });
    this.steps.forEach((step) => this.observer.observe(step));
  }

  decide() {
    // An item of a list within a list is in its parent too: the last is the innermost.
    const read = this.steps.filter((step) => this.onLine.has(step)).pop();
    const next = window.pageYOffset < 24 ? null : read || this.current;
    if (next === this.current) return;
    if (this.current) this.current.classList.remove("step-current");
    if (next) next.classList.add("step-current");
    this.current = next;
    this.change(next);
  }
}
