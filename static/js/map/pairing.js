/** Lists and map as a pair: what is pointed at in a list lights up on the map, and the other way round. */

import { Light } from "./light.js";
import { pick } from "./picking.js";

/** `lists` is the node that holds every list; entries name their feature in data-feature or data-village. */
export class Pairing {
  constructor(map, bundle, lists) {
    Object.assign(this, { map, lists, marked: "" });
    this.light = new Light(map);
    this.known = new Map();
    bundle.layers.forEach((layer) => layer.features.forEach((feature) => this.known.set(feature.id, feature)));
    ["mouseover", "focusin"].forEach((name) => lists.addEventListener(name, (event) => this.lit(event.target)));
    ["mouseout", "focusout"].forEach((name) => lists.addEventListener(name, () => this.light.clear()));
  }

  entry(node) {
    return node.closest ? node.closest("[data-feature], [data-village]") : null;
  }

  lit(node) {
    const entry = this.entry(node);
    const feature = entry && this.known.get(entry.dataset.feature || entry.dataset.village);
    if (feature) this.light.show([feature]);
  }

  /** Return what lies at a place among the layers shown, and mark its entry in the lists. */
  at(latlng, shown) {
    const [hit] = pick(this.map, shown.filter((layer) => !layer.base), latlng);
    this.mark(hit ? hit.feature.id : "", "paired");
    return hit ? hit.feature : null;
  }

  /** Give the entries of one feature, and only those, a class. */
  mark(id, name) {
    if (this.marked === id) return;
    this.marked = id;
    this.entries().forEach((node) => node.classList.toggle(name, Boolean(id) && (node.dataset.feature || node.dataset.village) === id));
  }

  /** Say in the lists which feature is open. */
  current(id) {
    this.entries().forEach((node) => {
      if (id && (node.dataset.feature || node.dataset.village) === id) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    });
  }

  entries() {
    return Array.from(this.lists.querySelectorAll("[data-feature], [data-village]"));
  }
}
