/** The figures' page: another unit without loading the page again. Every amount is there in every unit already. */

const page = document.getElementById("figures");
const choices = Array.from(document.querySelectorAll("[data-unit-choice]"));

function show(unit) {
  page.dataset.unit = unit;
  choices.forEach((link) => {
    if (link.dataset.unitChoice === unit) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

choices.forEach((link) => link.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  show(link.dataset.unitChoice);
  window.history.replaceState(window.history.state, "", link.getAttribute("href") + window.location.hash);
}));
