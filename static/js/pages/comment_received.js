/** The receipt: clear the draft, copy number and code, print the page. Without script the two are simply there to be read. */

import { Draft } from "../lib/draft.js";

const tools = document.querySelector("[data-receipt-tools]");
const copyButton = document.querySelector("[data-copy]");
const status = document.querySelector("[data-copy-status]");

function receiptText() {
  return Array.from(document.querySelectorAll("[data-copy-text]"), (node) => node.textContent.trim()).join(" ");
}

/** Copy by the old way, which in-app browsers without a clipboard API still know. */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("readonly", "");
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy() {
  const text = receiptText();
  let done = false;
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch (error) {
      done = false;
    }
  }
  if (done || copyBySelection(text)) {
    copyButton.textContent = copyButton.dataset.copied;
    status.textContent = copyButton.dataset.copied;
  }
}

const slip = document.querySelector("[data-draft]");
if (slip) new Draft(slip.dataset.draft).clearSent();

if (tools) {
  tools.hidden = false;
  copyButton.addEventListener("click", copy);
  document.querySelector("[data-print]").addEventListener("click", () => window.print());
}
