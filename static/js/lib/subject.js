/** What a piece of text is about, as its links and its own marks say: {features, kinds, layers}. Pure but for the DOM read. */

const words = (value) => (value || "").split(" ").filter(Boolean);
const once = (values) => values.filter((value, position) => values.indexOf(value) === position);

/** Return what an element with data-features, data-kinds and data-layers names. */
export function named(node) {
  const { features, kinds, layers, label } = node.dataset;
  return { features: words(features), kinds: words(kinds), layers: words(layers), label: label || "" };
}

/** Return what a step of the text is about: what the package says of it, else what its own links name. */
export function subjectOf(step) {
  if (step.dataset.features !== undefined || step.dataset.layers !== undefined) return named(step);
  const links = Array.from(step.querySelectorAll("a.on-map")).filter((link) => link.closest("[data-step]") === step);
  const all = links.map(named);
  const merged = (part) => once([].concat(...all.map((subject) => subject[part])));
  return { features: merged("features"), kinds: merged("kinds"), layers: merged("layers"), label: "" };
}
