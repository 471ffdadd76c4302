/** Ask the server for JSON. */

/** What went wrong: `status` is 0 where no answer came; `detail` is the server's own sentence, if it had one. */
export class HttpError extends Error {
  constructor(status, detail) {
    super(`HTTP ${status}`);
    this.status = status;
    this.detail = detail || "";
  }
}

/** Get `url` and return its JSON. Throws HttpError; an aborted request throws AbortError as fetch does. */
export async function getJson(url, signal) {
  let response;
  try {
    response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new HttpError(0);
  }
  let body = null;
  try {
    body = await response.json();
  } catch (error) {
    if (response.ok) throw new HttpError(response.status);
  }
  if (!response.ok) throw new HttpError(response.status, body && (body.detail || body.title));
  return body;
}

/** Return `url` with query parameters. */
export function withQuery(url, parameters) {
  const query = new URLSearchParams();
  Object.keys(parameters).forEach((name) => query.set(name, parameters[name]));
  return `${url}${url.indexOf("?") < 0 ? "?" : "&"}${query}`;
}
