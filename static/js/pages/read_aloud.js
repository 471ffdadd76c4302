/** Wires the button 朗读: shown only where the browser has a voice for the page's language. */

import { ReadAloud, hasVoice } from "../lib/read_aloud.js";

const frame = document.querySelector("[data-read-aloud]");
const button = frame.querySelector("[data-read]");
const language = document.documentElement.lang;

function show(reading) {
  button.textContent = reading ? button.dataset.stop : button.dataset.words;
  button.classList.toggle("reading", reading);
}

if ("speechSynthesis" in window && "SpeechSynthesisUtterance" in window) {
  const reader = new ReadAloud(document.getElementById("main"), language, show);
  const offer = () => { frame.hidden = !hasVoice(language); };
  offer();
  // Some browsers load their voices after the page.
  if (window.speechSynthesis.addEventListener) window.speechSynthesis.addEventListener("voiceschanged", offer);
  button.addEventListener("click", () => (reader.isReading ? reader.stop() : reader.start()));
  window.addEventListener("pagehide", () => reader.stop());
}
