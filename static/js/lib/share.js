/** Passing a page on: the phone's own share sheet, else the clipboard, else a field to copy from by hand. */

/** Copy by the old command, for pages without a safe context; says whether it worked. */
function copyField(field) {
  field.focus();
  field.select();
  field.setSelectionRange(0, field.value.length);
  try {
    return document.execCommand("copy");
  } catch (error) {
    return false;
  }
}

/**
 * Copy `words`; resolves to "copied", or to "shown" when the reader has to copy from `box`, which holds one input and is
 * hidden at first.
 */
export async function copy(words, box) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(words);
      return "copied";
    } catch (error) {
      // Refused by the browser's settings: the field still works.
    }
  }
  const field = box.querySelector("input");
  box.hidden = false;
  field.value = words;
  const copied = copyField(field);
  box.hidden = copied;
  return copied ? "copied" : "shown";
}

/** Share an address; resolves to "shared", "cancelled", "copied" or "shown". */
export async function share(title, url, box) {
  if (navigator.share) {
    try {
      await navigator.share({ title, url });
      return "shared";
    } catch (error) {
      if (error.name === "AbortError") return "cancelled";
    }
  }
  return copy(url, box);
}
