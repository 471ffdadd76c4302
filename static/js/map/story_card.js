/** The small card of a name that somebody tapped: what it is, the large map, a comment. */

import { lookOf } from "./styles.js";
import { local, number, text } from "../lib/language.js";
import { withQuery } from "../lib/http.js";

const node = (id) => document.getElementById(id);

export class StoryCard {
  constructor(closed) {
    this.card = node("story-card");
    this.comment = node("story-card-comment");
    this.commentUrl = this.comment ? this.comment.getAttribute("href") : "";
    node("story-card-close").addEventListener("click", closed);
  }

  /** Show the card of a link; `found` = [{layer, feature}] that it names. */
  open(link, { label }, found) {
    node("story-card-title").textContent = label;
    const [facts, rule] = found.length ? this.words(found, label) : ["", ""];
    node("story-card-kind").textContent = facts;
    node("story-card-rule").textContent = rule;
    node("story-card-map").setAttribute("href", link.getAttribute("href"));
    if (this.comment) {
      const one = found.length === 1 && !found[0].layer.base;
      this.comment.href = withQuery(this.commentUrl, one ? { feature: found[0].feature.id } : { chapter: this.comment.dataset.chapter });
    }
    this.card.hidden = false;
    node("story-status").textContent = text("lit", { name: label });
  }

  /** In plain words: [what kind of thing it is and how large, the rule that goes with it], without what the label says. */
  words(found, label) {
    const { layer, feature } = found[0];
    const look = lookOf(layer, feature);
    const kind = local(look.name);
    const figure = found.length === 1 && feature.properties.stated_ha ? number(feature.properties.stated_ha) : "";
    const told = (words) => label.replace(/,/g, "").indexOf(words.replace(/,/g, "")) >= 0;
    const alike = found.every((one) => one.feature.properties.kind === feature.properties.kind && one.layer === layer);
    return [
      [alike && !told(kind) ? kind : "", figure && !told(figure) ? text("hectares", { n: figure }) : ""].filter(Boolean).join(" · "),
      alike ? local(look.rule) : "",
    ];
  }

  close() {
    this.card.hidden = true;
    node("story-status").textContent = "";
  }
}
