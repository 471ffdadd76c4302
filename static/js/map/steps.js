/** Which paragraph is being read: the one on a line across the screen, among those that an IntersectionObserver sees. */

// Where the reading line is, as a part of the window's height: below the map on a phone.
const LINE = { wide: 0.38, narrow: 0.56 };
// From here on the chapter isn't at its beginning any more.
const BEGUN = 24;

/** Watch `steps` (elements in reading order); `change(step)` is called with the one being read, null above the first. */
export class Steps {
  constructor(steps, wide, change) {
    this.steps = steps;
    this.wide = wide;
    this.change = change;
    this.current = null;
    this.seen = new Set();
    const observer = new IntersectionObserver((entries) => {
      entries.forEach(({ target, isIntersecting }) => {
        if (isIntersecting) this.seen.add(target);
        else this.seen.delete(target);
      });
      this.decide();
    });
    steps.forEach((step) => observer.observe(step));
    window.addEventListener("scroll", () => this.soon(), { passive: true });
  }

  soon() {
    if (this.waiting) return;
    this.waiting = true;
    window.requestAnimationFrame(() => {
      this.waiting = false;
      this.decide();
    });
  }

  /** The line's height in the window. In a short chapter it starts at the first paragraph, so that none is passed over. */
  line() {
    const height = window.innerHeight;
    const goal = height * (this.wide.matches ? LINE.wide : LINE.narrow);
    const scrolled = window.pageYOffset;
    const first = this.steps[0].getBoundingClientRect().top + scrolled;
    const run = Math.min(height / 2, document.documentElement.scrollHeight - height);
    if (first >= goal || scrolled >= run) return goal;
    return first + (scrolled / run) * (run + goal - first) - scrolled;
  }

  decide() {
    if (!this.steps.length) return;
    const line = this.line();
    const read = this.steps.filter((step) => {
      if (!this.seen.has(step)) return false;
      const { top, bottom } = step.getBoundingClientRect();
      return top <= line && bottom >= line;
      // An item of a list within a list is in its parent too: the last is the innermost.
    }).pop();
    const next = window.pageYOffset < BEGUN ? null : read || this.current;
    if (next === this.current) return;
    if (this.current) this.current.classList.remove("step-current");
    if (next) next.classList.add("step-current");
    this.current = next;
    this.change(next);
  }
}
