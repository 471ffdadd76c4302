/** Proof of work without a click: fetch a puzzle, have it solved in a worker, hand out the solution while it is good. */

import { getJson } from "./http.js";

/** Seconds that a solution should still be good for when it is sent. */
const MARGIN = 60;

function solved(urls, challenge) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(urls.worker);
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    worker.onmessage = (event) => end(resolve, event.data.solution);
    worker.onerror = () => end(reject, new Error("the puzzle could not be solved"));
    // Of this page's own host, but written so that the worker finds it from wherever it lies.
    worker.postMessage({ library: new URL(urls.library, document.baseURI).href, challenge });
  });
}

/** A supply of one solved puzzle. `urls`: {challenge, worker, library}. */
export class Proof {
  constructor(urls) {
    this.urls = urls;
    this.work = null;
    this.until = 0;
  }

  /** Begin, or go on; a failed attempt and a solution that soon expires are begun anew. */
  start() {
    if (!this.work || this.until * 1000 < Date.now() + MARGIN * 1000) {
      // Not known yet; solving takes seconds, the puzzle is good for an hour.
      this.until = Infinity;
      this.work = this.solve();
      this.work.catch(() => this.reset());
    }
    return this.work;
  }

  async solve() {
    const challenge = await getJson(this.urls.challenge);
    const solution = await solved(this.urls, challenge);
    this.until = challenge.parameters.expiresAt;
    return btoa(JSON.stringify({ challenge, solution }));
  }

  /** Forget what there is, such as a solution that was used. */
  reset() {
    this.work = null;
    this.until = 0;
  }
}
