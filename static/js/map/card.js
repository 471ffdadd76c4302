/** The cards: what the plan says here, and one published comment. They build nodes; who opens and closes them is the page. */

import { el } from "../lib/dom.js";
import { distance, local, number, text } from "../lib/language.js";
import { coordinates } from "./readout.js";
import { lookOf, shapeOf } from "./styles.js";
import { swatch } from "./swatch.js";

const MU_PER_HECTARE = 15;

function chapterLink(chapter, url) {
  return chapter && url ? el("a", { class: "chapter-link", href: url }, text("chapter", { n: chapter })) : null;
}

/** The feature that was tapped or chosen: name, the plan's figure, rule, note, uncertainty, chapter. */
export function featureBlock(layer, feature, chapterUrl) {
  const look = lookOf(layer, feature);
  const { name, note, stated_ha: stated, error_m: uncertainty, attributes } = feature.properties;
  const figure = stated && el("p", { class: "feature-stated" }, [
    el("strong", { class: "number" }, text("hectares", { n: number(stated) })),
    ` ${text("in_mu", { n: number(stated * MU_PER_HECTARE, 0) })}`,
    el("span", { class: "muted" }, ` ${text("stated")}`),
  ]);
  const theme = attributes && attributes.theme ? el("p", {}, attributes.theme) : null;
  return el("section", { class: "feature-block" }, [
    el("p", { class: "feature-kind" }, [swatch(look.style, shapeOf(feature.geometry)), el("span", {}, local(look.name))]),
    el("h3", {}, local(name)),
    figure,
    local(look.rule) ? el("p", {}, local(look.rule)) : null,
    theme,
    local(note) ? el("p", { class: "muted" }, local(note)) : null,
    el("p", { class: "muted" }, [text("uncertainty", { distance: distance(uncertainty) }), " ", chapterLink(layer.chapter, chapterUrl(layer.chapter))]),
  ]);
}

/** What can be done with a place: copy its coordinates, pass the link on, read or print the answer. */
export function placeActions(at, { share, copyPlace, page }) {
  return el("div", { class: "place-actions" }, [
    el("p", { class: "place-coordinates" }, [
      el("span", { class: "muted" }, text("place")), " ",
      el("span", { class: "number" }, coordinates(at)), " ",
      el("button", { type: "button", class: "text-button", on: { click: copyPlace } }, text("copy_coordinates")),
    ]),
    el("p", { class: "actions" }, [
      el("button", { type: "button", class: "button button-quiet", on: { click: share } }, text("copy_link")),
      page ? el("a", { class: "button button-quiet", href: page }, text("read_as_page")) : null,
    ]),
  ]);
}

/** A tap outside the planning area: say so, and what can be done. `acts` = {back, general (URL)}. */
export function outsideBlock(acts) {
  return el("div", { class: "notice notice-warn" }, [
    el("p", {}, text("outside_plan")),
    el("p", { class: "actions" }, [
      el("button", { type: "button", class: "button button-quiet", on: { click: acts.back } }, text("back_to_plan")),
      acts.general ? el("a", { class: "button button-quiet", href: acts.general }, text("general_comment")) : null,
    ]),
  ]);
}

/** The plan's answer couldn't be fetched: say so, try again, or read it as a page. */
export function failedBlock(detail, retry, pageUrl) {
  return el("div", { class: "notice notice-bad", role: "alert" }, [
    el("p", {}, detail || text("here_failed")),
    el("p", { class: "actions" }, [
      el("button", { type: "button", class: "button button-quiet", on: { click: retry } }, text("try_again")),
      pageUrl ? el("a", { class: "button button-quiet", href: pageUrl }, text("read_as_page")) : null,
    ]),
  ]);
}

/** One published comment, as the API tells it, with the address of its page. */
export function commentBlock({ properties }, url) {
  const day = properties.submitted_at ? new Date(properties.submitted_at) : null;
  const words = String(properties.text || "");
  const decision = properties.decision_name || properties.decision;
  return el("article", { class: "comment-block" }, [
    el("p", { class: "comment-meta" }, [
      properties.topic ? el("span", { class: "chip" }, properties.topic_name || properties.topic) : null,
      decision ? el("span", { class: "chip chip-good" }, decision) : el("span", { class: "chip" }, text("no_decision")),
    ]),
    el("p", { class: "comment-text" }, words.length > 240 ? `${words.slice(0, 240)}…` : words),
    el("p", { class: "muted" }, [
      el("span", { class: "number" }, properties.number), " ",
      day ? el("time", { datetime: properties.submitted_at }, day.toLocaleDateString(document.documentElement.lang, { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric" })) : null,
    ]),
    el("p", {}, el("a", { href: url }, text("read_comment"))),
  ]);
}
