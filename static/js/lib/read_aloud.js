/** Reads a page's text aloud with the browser's own voice (speechSynthesis), block by block, and marks the one it reads. */

const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, figcaption, caption, tr";
const SILENT = "nav, form, select, button, .no-print, .visually-hidden, [hidden], [aria-hidden='true'], [data-not-read], details:not([open]) > :not(summary)";
// Some voices fall silent in the middle of long texts; a sentence or two at a time they manage.
const LONGEST = 120;

function voiceFor(language) {
  const wanted = language.slice(0, 2).toLowerCase();
  const spoken = window.speechSynthesis.getVoices().filter(({ lang }) => lang.toLowerCase().replace("cmn", "zh").indexOf(wanted) === 0);
  // For Chinese, Mandarin rather than Cantonese, and a voice of the machine itself rather than one that asks the network.
  const mainland = spoken.filter(({ lang }) => !/hk|yue/i.test(lang));
  const best = mainland.length ? mainland : spoken;
  return best.find(({ localService }) => localService) || best[0] || null;
}

/** Say whether the browser has a voice for `language`. */
export function hasVoice(language) {
  return Boolean(voiceFor(language));
}

/** Cut a text after sentences, so that no piece is much longer than LONGEST. */
export function pieces(text) {
  const sentences = text.replace(/\s+/g, " ").trim().match(/[^。！？；.!?;]+[。！？；.!?;]*\s*/g) || [];
  return sentences.reduce((all, sentence) => {
    const last = all[all.length - 1];
    if (last && last.length + sentence.length <= LONGEST) all[all.length - 1] = last + sentence;
    else all.push(sentence);
    return all;
  }, []);
}

/** The blocks of `root` that a person would read out: innermost ones, without navigation, forms and what is hidden. */
export function readable(root) {
  return Array.from(root.querySelectorAll(BLOCKS)).filter((node) => !node.closest(SILENT) && !node.querySelector(BLOCKS) && node.textContent.trim());
}

/** Reads `root` in `language`; `changed(isReading)` is called when it begins and ends. */
export class ReadAloud {
  constructor(root, language, changed) {
    Object.assign(this, { root, language, changed, isReading: false, turn: 0 });
  }

  start() {
    window.speechSynthesis.cancel();
    this.turn += 1;
    this.isReading = true;
    this.changed(true);
    const queue = [].concat(...readable(this.root).map((node) => pieces(node.textContent).map((words) => ({ node, words }))));
    this.next(queue, this.turn);
  }

  next(queue, turn) {
    if (turn !== this.turn) return;
    const part = queue.shift();
    if (!part) {
      this.stop();
      return;
    }
    this.mark(part.node);
    const speech = new window.SpeechSynthesisUtterance(part.words);
    const english = /^en/.test(part.node.closest("[lang]").lang);
    speech.voice = voiceFor(english ? "en" : this.language) || voiceFor(this.language);
    speech.lang = speech.voice ? speech.voice.lang : this.language;
    speech.rate = 0.9;
    speech.onend = () => this.next(queue, turn);
    speech.onerror = () => { if (turn === this.turn) this.stop(); };
    // Kept, since some browsers forget a speech that nobody holds, and its end never comes.
    this.speech = speech;
    window.speechSynthesis.speak(speech);
  }

  mark(node) {
    if (this.marked) this.marked.classList.remove("being-read");
    this.marked = node;
    if (!node) return;
    node.classList.add("being-read");
    const { top, bottom } = node.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight) node.scrollIntoView({ block: "center" });
  }

  stop() {
    if (!this.isReading) return;
    this.turn += 1;
    this.isReading = false;
    this.mark(null);
    window.speechSynthesis.cancel();
    this.changed(false);
  }
}
