/**
 * What somebody is writing, kept on this device only until it is sent. A browser that keeps nothing (private mode, full,
 * forbidden) is no error: everything here then does nothing and says so by null or false.
 */

const DAY = 24 * 3600 * 1000;
/** A shared telephone should not show last year's letter. */
const KEPT = 30 * DAY;

function storage(kind) {
  try {
    return window[kind];
  } catch (error) {
    return null;
  }
}

function read(kind, name) {
  try {
    return JSON.parse(storage(kind).getItem(name));
  } catch (error) {
    return null;
  }
}

function write(kind, name, value) {
  try {
    storage(kind).setItem(name, JSON.stringify(value));
    return true;
  } catch (error) {
    return false;
  }
}

function remove(kind, name) {
  try {
    storage(kind).removeItem(name);
  } catch (error) {
    // Then there was nothing.
  }
}

/** A short number for some text: tells whether it is the same as before, without keeping it. */
function digest(text) {
  let sum = 5381;
  for (let at = 0; at < text.length; at += 1) sum = ((sum * 33) ^ text.charCodeAt(at)) | 0;
  return `${text.length}:${sum}`;
}

/** The draft of one consultation's comment under `name`: {at, values, contact, lost, key, waits}. */
export class Draft {
  constructor(name) {
    this.name = name;
  }

  /** Say whether this browser keeps anything. */
  isKept() {
    const probe = `${this.name}.probe`;
    const done = write("localStorage", probe, 1);
    remove("localStorage", probe);
    return done;
  }

  /** Return the draft, or null; one that is too old goes. */
  load() {
    const found = read("localStorage", this.name);
    if (!found || typeof found !== "object" || !found.values || typeof found.values !== "object") return null;
    if (!(Date.now() - found.at < KEPT)) {
      this.clear();
      return null;
    }
    return found;
  }

  /** Keep it; say whether the browser could. */
  save(draft) {
    return write("localStorage", this.name, Object.assign({ at: Date.now() }, draft));
  }

  clear() {
    remove("localStorage", this.name);
  }

  /** Call back with the draft that another tab has saved. What this tab saves itself never comes back here. */
  onChangeElsewhere(callback) {
    window.addEventListener("storage", (event) => {
      const found = event.key === this.name ? this.load() : null;
      if (found) callback(found);
    });
  }

  /** Note in this tab that `words` are on their way under `key`, or received; of the words only a number is kept. */
  noteSent(key, words, received) {
    write("sessionStorage", `${this.name}.sent`, { key, words: digest(words), received });
  }

  /** Say whether what this tab sent last was received for sure. */
  isReceived() {
    const sent = read("sessionStorage", `${this.name}.sent`);
    return Boolean(sent) && sent.received === true;
  }

  /** Return the key under which this tab sent something last, or "". */
  sentKey() {
    const sent = read("sessionStorage", `${this.name}.sent`);
    return (sent && sent.key) || "";
  }

  /** Say whether this tab sent exactly these words last. */
  wasSent(words) {
    const sent = read("sessionStorage", `${this.name}.sent`);
    return Boolean(sent) && sent.words === digest(words);
  }

  /** What this tab sent was received: clear the draft if it is that; a new one that was begun since stays. */
  clearSent() {
    const sent = read("sessionStorage", `${this.name}.sent`);
    if (sent) write("sessionStorage", `${this.name}.sent`, Object.assign(sent, { received: true }));
    const found = this.load();
    if (found && found.key && found.key === this.sentKey()) this.clear();
  }
}
