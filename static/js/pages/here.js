/** The answer as a page: its link at a tap, and every row unfolded on paper. */

import { share } from "../lib/share.js";

const said = document.getElementById("share-said");
const box = document.getElementById("share-box");

document.querySelectorAll("[data-share]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    const outcome = await share(document.title, window.location.href, box);
    if (outcome === "copied") {
      said.textContent = said.dataset.copied;
      button.focus();
    }
  });
});
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = Array.from(document.querySelectorAll(".finding details:not([open])"));
  unfolded.forEach((row) => { row.open = true; });
});
window.addEventListener("afterprint", () => unfolded.forEach((row) => { row.open = false; }));
