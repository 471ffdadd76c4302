/** A chapter as a story: the map beside the text follows the reading and lights up the names in it. */

import { StoryCard } from "../map/story_card.js";
import { StoryMap } from "../map/story.js";
import { Steps } from "../map/steps.js";
import { data } from "../lib/dom.js";
import { getJson } from "../lib/http.js";
import { text, useTexts } from "../lib/language.js";
import { writeHash } from "../lib/permalink.js";
import { named, subjectOf } from "../lib/subject.js";

const KEPT = "tuyi-story";
// A hand that only passes over a word lights nothing.
const PAUSE = 90;
const node = (id) => document.getElementById(id);

const offScreen = (link) => {
  const { top, bottom } = link.getBoundingClientRect();
  return bottom < 0 || top > window.innerHeight;
};

/** What the last chapter left in this tab: {view, folded}. Storage may be closed to us. */
function kept() {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEPT)) || {};
  } catch (error) {
    return {};
  }
}

function keep(state) {
  try {
    window.sessionStorage.setItem(KEPT, JSON.stringify(state));
  } catch (error) {
    // Then the next chapter begins with the whole plan.
  }
}

class Story {
  constructor(bundle, { layers }) {
    this.layers = layers;
    this.step = null;
    this.named = { hovered: null, focused: null, pinned: null };
    this.story = new StoryMap(node("map"), bundle, { title: node("story-title"), legend: node("story-legend"), card: node("story-card") }, kept());
    this.card = new StoryCard(() => this.clear());
    this.story.whenTaken(() => this.follow(false));
    this.story.map.on("moveend", () => this.remember());
    node("story-follow").addEventListener("click", () => {
      this.follow(true);
      this.apply(true);
      node("map").focus({ preventScroll: true });
    });
    this.listen(node("story-text"));
    this.apply(true);
    this.steps = new Steps(Array.from(document.querySelectorAll("[data-step]")), window.matchMedia("(min-width: 60rem)"), (step) => this.read(step));
    document.documentElement.classList.add("map-ready");
  }

  listen(words) {
    const linkOf = (event) => (event.target.closest ? event.target.closest("a.on-map") : null);
    words.addEventListener("mouseover", (event) => this.hover(linkOf(event)));
    words.addEventListener("mouseleave", () => this.hover(null));
    words.addEventListener("focusin", (event) => this.name("focused", linkOf(event)));
    words.addEventListener("focusout", () => this.name("focused", null));
    words.addEventListener("click", (event) => this.tap(event, linkOf(event)));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.clear();
    });
  }

  /** The first tap lights up, the second follows the link. By keyboard the focus has lit it up already. */
  tap(event, link) {
    const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button;
    if (!link || aside || event.detail === 0 || this.named.pinned === link) return;
    event.preventDefault();
    this.unfold();
    this.named.pinned = link;
    this.card.open(link, named(link), this.story.found(named(link)));
    this.apply(true);
  }

  hover(link) {
    window.clearTimeout(this.waiting);
    if (link === this.named.hovered) return;
    this.waiting = window.setTimeout(() => this.name("hovered", link), PAUSE);
  }

  name(how, link) {
    if (this.named[how] === link) return;
    this.named[how] = link;
    this.apply(how === "focused" || !link);
  }

  clear() {
    window.clearTimeout(this.waiting);
    this.named = { hovered: null, focused: null, pinned: null };
    this.card.close();
    this.apply(true);
  }

  /** A new paragraph is being read: what was tapped before is done with once it has left the screen. */
  read(step) {
    this.step = step;
    if (this.named.pinned && (!step || !step.contains(this.named.pinned)) && offScreen(this.named.pinned)) {
      this.named.pinned = null;
      this.card.close();
    }
    this.apply(true);
  }

  /** Bring the map in line with what is named, or else with what is read. */
  apply(move) {
    const { hovered, focused, pinned } = this.named;
    const link = hovered || focused || pinned;
    const subject = link ? named(link) : this.step ? subjectOf(this.step) : { features: [], kinds: [], layers: [] };
    this.mark(link);
    const around = link ? link.closest("[data-step]") : null;
    const beside = around ? subjectOf(around).layers : [];
    // A name of the base map is lit up among the layers that its paragraph is about.
    this.story.show(subject.layers.length ? subject.layers : beside.length ? beside : this.layers);
    this.story.light.show(link ? this.story.found(subject).map(({ feature }) => feature) : []);
    if (link) this.story.go(subject, !move || Boolean(hovered));
    else if (move && this.story.following) this.story.go(subject);
    this.remember();
  }

  /** Mark the link that is lit, beyond its focus or hover: a tap ends both. */
  mark(link) {
    if (this.marked) this.marked.classList.remove("lit");
    if (link) link.classList.add("lit");
    this.marked = link;
  }

  follow(on) {
    this.story.following = on;
    node("story-follow").hidden = on;
  }

  unfold() {
    if (node("story-stage").hidden) node("story-fold").click();
  }

  remember() {
    const { view, layers } = this.story.state();
    keep({ view: [view.lat, view.lon, view.zoom], folded: node("story-stage").hidden });
    const large = node("story-large");
    large.href = large.href.split("#")[0] + writeHash({ view, layers });
  }
}

/** The map may be folded away, on a phone, and stays so in the next chapter. */
function foldable(story) {
  const button = node("story-fold");
  const fold = (away) => {
    node("story-stage").hidden = away;
    node("story").classList.toggle("story-folded", away);
    button.setAttribute("aria-expanded", String(!away));
    button.textContent = text(away ? "expand_map" : "collapse_map");
    story.story.map.invalidateSize({ animate: false });
    if (!away) story.apply(true);
    story.remember();
  };
  button.addEventListener("click", () => fold(!node("story-stage").hidden));
  return fold;
}

function start() {
  useTexts(data("story-texts"));
  const { folded } = kept();
  node("story-map").hidden = false;
  node("story").classList.add("story-live");
  getJson(data("story-urls").bundle).then((bundle) => {
    const story = new Story(bundle, data("story-settings"));
    const fold = foldable(story);
    if (folded) fold(true);
  }).catch((error) => {
    // Text and drawn map are all there: without the bundle the page is as it is without a script.
    node("story-map").hidden = true;
    node("story").classList.remove("story-live");
    if (!error.status && error.name !== "Error") throw error;
  });
}

// A browser that can't tell what is being read shows the text and the drawn map, and so does 长辈版.
const plain = document.documentElement.classList.contains("elder");
if (!plain && window.L && "IntersectionObserver" in window) start();
