/**
 * A worker that solves a puzzle of the ALTCHA protocol (version 2, SHA-256), away from the page so that typing stays
 * smooth. A classic worker in old syntax, not a module: in-app browsers got module workers late, and WebCrypto is missing
 * where the site is reached by plain http. Gets {library, challenge}; answers with {solution}.
 */

/* global importScripts, sha256 */

function bytes(hexadecimal) {
  const found = [];
  for (let at = 0; at < hexadecimal.length; at += 2) found.push(parseInt(hexadecimal.substr(at, 2), 16));
  return found;
}

function startsWith(key, prefix) {
  for (let at = 0; at < prefix.length; at += 1) {
    if (key[at] !== prefix[at]) return false;
  }
  return true;
}

function hexadecimal(key) {
  return key.map((byte) => (byte < 16 ? "0" : "") + byte.toString(16)).join("");
}

/** Try one counter after the other: hash salt, nonce and counter, then the hash again, `cost` times in all. */
function solve(parameters) {
  const fixed = bytes(parameters.salt).concat(bytes(parameters.nonce));
  const input = new Uint8Array(fixed.length + 4);
  input.set(fixed);
  const place = new DataView(input.buffer);
  const prefix = bytes(parameters.keyPrefix);
  for (let counter = 0; ; counter += 1) {
    place.setUint32(fixed.length, counter);
    let key = sha256.array(input);
    for (let round = 1; round < parameters.cost; round += 1) key = sha256.array(key);
    if (startsWith(key, prefix)) return { counter, derivedKey: hexadecimal(key.slice(0, parameters.keyLength)) };
  }
}

self.onmessage = (event) => {
  importScripts(event.data.library);
  self.postMessage({ solution: solve(event.data.challenge.parameters) });
};
