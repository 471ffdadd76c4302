/** The comment form, made a little easier: counts characters, ties choices together, sends once. It works without. */

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

function sendOnce() {
  const button = form.querySelector("[data-send]");
  if (!button) return;
  const words = button.textContent;
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.sending;
  });
  // Back by the back button: the page may come from memory as it was left.
  window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = words;
  });
}

if (form) {
  const text = form.querySelector("[data-counted]");
  const line = form.querySelector("[data-count]");
  text.addEventListener("input", () => countCharacters(text, line));
  countCharacters(text, line);
  tiePlaceChoices();
  sendOnce();
  const first = document.querySelector("[data-first-look]");
  if (first) first.focus();
}
