/** The comments in view as a list, paired with their marks: pointing at one shows the other. */

import { el, replace } from "../lib/dom.js";
import { text } from "../lib/language.js";

const MOST = 40;
const WORDS = 36;

/** Keep the list under `node`; `acts` = {open(features, opener), point(number)}. Returns update(features, cut). */
export function buildCommentList(node, map, acts) {
  const summary = el("summary", {});
  const list = el("ul", { class: "feature-list" });
  const more = el("p", { class: "muted" }, text("comments_cut"));
  const note = document.getElementById("readout-more");
  note.textContent = text("comments_cut");
  replace(node, el("details", { class: "comments-in-view" }, [summary, list, more]));
  const entry = (feature) => {
    const { number, text: words, topic_name: topic } = feature.properties;
    const short = String(words || "");
    return el("li", {}, el("button", {
      type: "button", class: "feature-button comment-row", "data-number": number,
      on: {
        click: (event) => acts.open([feature], event.currentTarget),
        mouseenter: () => acts.point(number),
        focus: () => acts.point(number),
        mouseleave: () => acts.point(null),
        blur: () => acts.point(null),
      },
    }, [el("span", {}, short.length > WORDS ? `${short.slice(0, WORDS)}…` : short), topic ? el("span", { class: "feature-figure" }, topic) : null]));
  };
  const pair = (event, on) => {
    const mark = event.target.closest && event.target.closest("[data-comment]");
    if (!mark) return;
    list.querySelectorAll("[data-number]").forEach((row) => row.classList.toggle("paired", on && row.dataset.number === mark.dataset.comment));
  };
  ["mouseover", "focusin"].forEach((name) => map.getContainer().addEventListener(name, (event) => pair(event, true)));
  ["mouseout", "focusout"].forEach((name) => map.getContainer().addEventListener(name, (event) => pair(event, false)));
  return (features, cut) => {
    node.hidden = !features.length;
    summary.textContent = text(cut ? "comments_in_view_cut" : "comments_in_view", { n: features.length });
    more.hidden = !cut && features.length <= MOST;
    note.hidden = !cut;
    replace(list, features.slice(0, MOST).map(entry));
  };
}
