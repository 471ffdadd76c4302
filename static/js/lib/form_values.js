/** Read what a form holds into a plain object, and put it back. */

/** What belongs to one page or one sending, not to what somebody wrote. */
const NOT_WRITTEN = ["csrfmiddlewaretoken", "key", "opened", "proof", "question", "answer", "website"];

function fields(form) {
  return Array.from(form.elements).filter(
    (field) => field.name && field.type !== "file" && NOT_WRITTEN.indexOf(field.name) < 0,
  );
}

/** Return {name: value} of the fields that `belongs` lets through; a ticked box is true, an unticked one false. */
export function readValues(form, belongs = () => true) {
  const values = {};
  fields(form).filter(belongs).forEach((field) => {
    if (field.type === "checkbox") values[field.name] = field.checked;
    else if (field.type !== "radio") values[field.name] = field.value;
    else if (field.checked || !(field.name in values)) values[field.name] = field.checked ? field.value : "";
  });
  return values;
}

/** Put values back; names that the form lacks are passed over. No event is fired. */
export function applyValues(form, values, skipped = []) {
  fields(form).forEach((field) => {
    if (!(field.name in values) || skipped.indexOf(field.name) >= 0) return;
    const value = values[field.name];
    if (field.type === "checkbox") field.checked = value === true;
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = String(value);
  });
}

/** Return a random key as the server makes them; also where the page is not reached by https. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");
}
