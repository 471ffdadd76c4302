/** Sending a comment once: at once, or when the network is back; under one key, whatever happens in between. */

import { newKey } from "./form_values.js";
import { HttpError } from "./http.js";
import { NoAnswer, patiently, post } from "./sending.js";

/** Browsers don't always tell when the network is back. */
const TRY_AGAIN = 30 * 1000;

/** `draft` is the CommentDraft, `store` its Draft, `proof` the Proof or null. */
export class CommentSending {
  constructor(form, draft, store, proof) {
    this.form = form;
    this.draft = draft;
    this.store = store;
    this.proof = proof;
    this.button = form.querySelector("[data-send]");
    this.status = form.querySelector("[data-send-status]");
    this.notice = form.querySelector("[data-pending]");
    this.label = this.button.textContent;
    this.busy = false;
  }

  begin() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.notice.querySelector("[data-send-now]").addEventListener("click", () => this.send());
    window.addEventListener("online", () => this.sendWaiting());
    setInterval(() => this.sendWaiting(), TRY_AGAIN);
    window.addEventListener("pageshow", (event) => this.comeBack(event.persisted));
    if (this.draft.waits) {
      this.showWaiting();
      this.sendWaiting();
    }
  }

  /** Back by the back button: the page may come from memory as it was left, busy, its proof used. */
  comeBack(isFromMemory) {
    if (isFromMemory) {
      this.setBusy(false);
      if (this.proof) this.proof.reset();
    }
    const isSent = this.store.isReceived() && this.store.wasSent(this.draft.words());
    this.form.querySelector("[data-sent-before]").hidden = !isSent;
  }

  setBusy(busy) {
    this.busy = busy;
    if (busy) this.button.setAttribute("aria-disabled", "true");
    else this.button.removeAttribute("aria-disabled");
    this.button.textContent = busy ? this.button.dataset.sending : this.label;
    this.status.textContent = busy ? this.button.dataset.sending : "";
  }

  /** The words that were sent keep their key; other words never go under a key that was used. */
  chooseKey() {
    const field = this.form.elements.key;
    if (this.store.wasSent(this.draft.words())) field.value = this.store.sentKey();
    else if (field.value === this.store.sentKey()) field.value = newKey();
  }

  sendWaiting() {
    if (this.draft.waits && navigator.onLine !== false) this.send();
  }

  async send() {
    if (this.busy) return;
    this.setBusy(true);
    this.chooseKey();
    this.draft.keep();
    try {
      await this.prove();
      const address = await post(this.form);
      this.store.noteSent(this.form.elements.key.value, this.draft.words(), Boolean(address));
      // The receipt's page clears the draft. If it can't be reached any more, the draft leads to it once again.
      if (address) window.location.assign(address);
      else this.letServerSpeak();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.setBusy(false);
      this.wait();
    }
  }

  /** The server has something to say: let it say so on its own page, which holds everything that was typed. */
  letServerSpeak() {
    this.draft.waits = false;
    this.draft.keep();
    this.form.submit();
  }

  /** Put in the proof. Without one the server asks its question; without a network there is nothing to ask. */
  async prove() {
    if (!this.proof) return;
    const field = this.form.querySelector("[data-proof]");
    field.value = "";
    if (navigator.onLine === false) throw new NoAnswer();
    try {
      field.value = await patiently(this.proof.start());
    } catch (error) {
      if (error instanceof HttpError && error.status === 0) throw new NoAnswer();
    }
  }

  wait() {
    this.draft.waits = true;
    this.showWaiting(this.draft.keep());
    this.notice.focus();
  }

  showWaiting(isKept = true) {
    this.notice.hidden = false;
    const losesContact = this.draft.hasContact() && !this.draft.keepsContact();
    this.notice.querySelector("[data-pending-kept]").hidden = !isKept || losesContact;
    this.notice.querySelector("[data-pending-contact]").hidden = !isKept || !losesContact;
    this.form.querySelector("[data-restored]").hidden = true;
  }

  /** Whoever goes on writing decides anew when to send. */
  cancelWaiting() {
    if (!this.draft.waits || this.busy) return;
    this.draft.waits = false;
    this.notice.hidden = true;
    this.draft.keepSoon();
  }
}
