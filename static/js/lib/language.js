/** The page's language: texts from the template, content in two languages, figures. */

let texts = {};
let english = false;

/** Take over the page's texts; the language is that of <html lang>. Call once, first. */
export function useTexts(given) {
  texts = given;
  english = document.documentElement.lang.indexOf("en") === 0;
}

/** Say whether the reader reads English. */
export function isEnglish() {
  return english;
}

/** Return the text named `key`, with `{name}` filled in. */
export function text(key, values = {}) {
  const template = texts[key];
  if (template === undefined) throw new Error(`text missing: ${key}`);
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Return content {"zh", "en"} in the reader's language; Chinese where the English is empty. */
export function local(both) {
  if (!both) return "";
  return (english && both.en) || both.zh || "";
}

/** Write a number the way the reader does, with at most `decimals` places. */
export function number(value, decimals = 2) {
  return new Intl.NumberFormat(english ? "en-GB" : "zh-CN", { maximumFractionDigits: decimals }).format(value);
}

/** Write metres: below 1 km as metres rounded to tens, above as kilometres. */
export function distance(metres) {
  if (metres < 1000) return text("metres", { n: number(Math.max(10, Math.round(metres / 10) * 10), 0) });
  return text("kilometres", { n: number(metres / 1000, 1) });
}
