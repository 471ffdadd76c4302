/** The comment form, made easier: counts characters, keeps what is typed, sends once, also later. It works without. */

import { Draft } from "../lib/draft.js";
import { CommentDraft } from "../lib/comment_draft.js";
import { CommentSending } from "../lib/comment_sending.js";
import { Proof } from "../lib/proof.js";

const form = document.querySelector("[data-comment-form]");

/** Count as the server does: characters, not UTF-16 units, and a line break as one. */
function characters(text) {
  return Array.from(text.trim()).length;
}

function countCharacters(field, line) {
  const most = Number(line.dataset.max);
  const left = most - characters(field.value);
  // Said only when the end comes near: a running count is noise.
  line.hidden = left > most / 5;
  line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", String(Math.abs(left)));
  line.classList.toggle("text-count-over", left < 0);
}

function choosePlace(kind) {
  const radio = form.querySelector(`input[name="place"][value="${kind}"]`);
  if (radio) radio.checked = true;
}

function tiePlaceChoices() {
  ["village", "chapter"].forEach((kind) => {
    const select = form.elements[kind];
    select.addEventListener("change", () => {
      if (select.value) choosePlace(kind);
    });
  });
  form.querySelectorAll('input[name="place"]').forEach((radio) => {
    radio.addEventListener("change", () => {
      ["village", "chapter"].filter((kind) => kind !== radio.value).forEach((kind) => {
        form.elements[kind].value = "";
      });
    });
  });
}

function proofOf() {
  const { challenge, worker, library } = form.dataset;
  return challenge && window.Worker && window.fetch ? new Proof({ challenge, worker, library }) : null;
}

if (form) {
  const text = form.querySelector("[data-counted]");
  const line = form.querySelector("[data-count]");
  const count = () => countCharacters(text, line);
  const store = new Draft(form.dataset.draft);
  const proof = proofOf();
  const draft = new CommentDraft(form, store, count);
  const sending = form.querySelector("[data-send]") && window.fetch ? new CommentSending(form, draft, store, proof) : null;
  tiePlaceChoices();
  ["input", "change"].forEach((event) => {
    form.addEventListener(event, () => {
      count();
      draft.keepSoon();
      if (proof) proof.start().catch(() => null);
      if (sending) sending.cancelWaiting();
    });
  });
  draft.begin();
  count();
  if (sending) sending.begin();
  const first = document.querySelector("[data-first-look]");
  if (first) first.focus();
}
