/** Send a form by fetch, so that a missing network is noticed and nothing is lost. What the server says is its own page. */

const PATIENCE = 60 * 1000;

/** No answer came: no network, or a network that doesn't let us through. */
export class NoAnswer extends Error {}

function body(form) {
  const data = new FormData(form);
  if (form.enctype === "multipart/form-data") return data;
  const text = new URLSearchParams();
  data.forEach((value, name) => text.append(name, value));
  return text;
}

/** Return `promise`, or a NoAnswer when it takes too long. */
export function patiently(promise, milliseconds = PATIENCE) {
  let timer = 0;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer()), milliseconds);
  });
  const stop = () => clearTimeout(timer);
  promise.then(stop, stop);
  return Promise.race([promise, late]);
}

/** Post the form. Returns the address it led to, or "" where the server wants to say something. Throws NoAnswer. */
export async function post(form) {
  if (navigator.onLine === false) throw new NoAnswer();
  let response;
  try {
    response = await patiently(
      fetch(form.getAttribute("action"), { method: "POST", body: body(form), credentials: "same-origin" }),
    );
  } catch (error) {
    throw new NoAnswer();
  }
  return response.ok && response.redirected ? response.url : "";
}
