/** What the plan says here, as a list: a summary, what applies or may apply in short rows, then what doesn't. */

import { el } from "../lib/dom.js";
import { text } from "../lib/language.js";
import { legendOf } from "./styles.js";
import { swatch } from "./swatch.js";

const CHIPS = { inside: "chip chip-accent", near: "chip chip-warn", outside: "chip", nearest: "chip" };

function row(entry, layers, chapterUrl) {
  const layer = layers.find(({ key }) => key === entry.layer);
  const look = layer && legendOf(layer).find(({ kind }) => kind === entry.kind);
  const url = entry.chapter_url || chapterUrl(entry.chapter);
  return el("li", { class: `finding finding-${entry.state}` }, el("details", {}, [
    el("summary", {}, [
      look ? swatch(look.style, look.shape) : el("span", { class: "swatch" }),
      el("span", { class: "finding-words" }, [
        el("span", { class: "finding-title" }, entry.title), " ",
        el("span", { class: CHIPS[entry.state] }, text(`state_${entry.state}`)),
        el("span", { class: "finding-brief" }, entry.brief),
      ]),
    ]),
    el("p", {}, entry.statement),
    entry.chapter && url ? el("p", {}, el("a", { class: "chapter-link", href: url }, text("chapter", { n: entry.chapter }))) : null,
  ]));
}

/** Control lines first, and of those what holds; what everybody expects (the planning area, the subdistrict) last. */
function rank(entry) {
  const expected = entry.answer === "scope" || entry.kind === "subdistrict";
  return (expected ? 4 : 0) + (entry.answer === "control-line" ? 0 : 2) + (entry.state === "near" && !entry.inside ? 1 : 0);
}

function ordered(findings) {
  return findings.map((entry, i) => ({ entry, i })).sort((a, b) => rank(a.entry) - rank(b.entry) || a.i - b.i).map(({ entry }) => entry);
}

/** Return the answer of the API as nodes. */
export function findingsBlock(answer, layers, chapterUrl) {
  const rows = (entries) => entries.map((entry) => row(entry, layers, chapterUrl));
  const holds = ordered(answer.findings.filter(({ state }) => state !== "outside"));
  const others = answer.findings.filter(({ state }) => state === "outside");
  return el("div", {}, [
    el("p", { class: "here-summary" }, answer.summary),
    holds.length ? el("ul", { class: "findings" }, rows(holds)) : null,
    others.length ? el("h3", { class: "others-title" }, text("not_applying")) : null,
    others.length ? el("ul", { class: "findings-compact" }, rows(others)) : null,
    el("p", { class: "notice notice-warn small" }, text("not_proof", { version: answer.version })),
  ]);
}
