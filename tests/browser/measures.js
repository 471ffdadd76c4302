/** What the tests of small screens measure in a page. */

/** Things to hit (not words in a sentence, not hidden) that are smaller than `least` pixels; a label counts for its box. */
window.tooSmall = (least) => {
  const hidden = ".visually-hidden, .skip-link, .website-field, [hidden], details:not([open]) > :not(summary)";
  const inSentence = (node) => {
    if (node.tagName !== "A" || getComputedStyle(node).display !== "inline") return false;
    if (node.closest(".prose")) return true;
    const block = node.closest("p, li, dd, td, th, h2, h3, summary, .leaflet-control");
    return Boolean(block) && block.textContent.trim().length - node.textContent.trim().length > 3;
  };
  return Array.from(document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary"))
    .filter((node) => !node.closest(hidden) && node.getClientRects().length && !node.disabled)
    .filter((node) => getComputedStyle(node).visibility !== "hidden" && !inSentence(node))
    .filter((node) => {
      const label = node.matches("[type=checkbox], [type=radio]") ? node.closest("label") : null;
      const { width, height } = (label || node).getBoundingClientRect();
      return height < least - 0.5 || (width < least - 0.5 && node.tagName !== "A");
    })
    .map((node) => {
      const { width, height } = node.getBoundingClientRect();
      return `${Math.round(width)} x ${Math.round(height)} ${node.outerHTML.slice(0, 120)}`;
    });
};

/** What makes the page wider than the screen, if something does. */
window.sticksOut = () => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= window.screen.width) return [];
  const scrolls = (node) => node.parentElement && (/auto|scroll|hidden/.test(getComputedStyle(node.parentElement).overflowX) || scrolls(node.parentElement));
  return Array.from(document.querySelectorAll("body *"))
    .filter((node) => node.getBoundingClientRect().right > window.screen.width + 1 && !scrolls(node))
    .slice(0, 5)
    .map((node) => node.outerHTML.slice(0, 120))
    .concat(String(wide));
};

/** Boxes whose words don't fit into them. */
window.cutOff = () => Array.from(document.querySelectorAll(".button, .chip, .site-nav a, th, label, h1, h2, h3"))
  .filter((node) => node.getClientRects().length && !node.closest(".visually-hidden, [hidden], .map"))
  .filter((node) => getComputedStyle(node).display !== "inline" && node.scrollWidth > node.clientWidth + 2)
  .map((node) => node.outerHTML.slice(0, 140));
