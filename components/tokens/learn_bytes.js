// Bytes as text: those that are no whole character in hexadecimal. No picture here.
import { hexadecimal } from "./pieces.js";

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @typedef {{ text: string, isBytes: boolean }} Part */

/**
 * Split bytes into text and what is none, as `visible` in core/language_models/graphemes.py.
 * @param {Uint8Array} bytes
 * @returns {Part[]}
 */
export function partsOf(bytes) {
  /** @type {Part[]} */
  const parts = [];
  let loose = 0;
  const endBytes = (/** @type {number} */ at) => {
    if (loose) parts.push({ text: `⟨${hexadecimal(bytes.subarray(at - loose, at))}⟩`, isBytes: true });
    loose = 0;
  };
  for (let at = 0; at < bytes.length; ) {
    const size = sizeOf(bytes[at]);
    const text = size && at + size <= bytes.length ? decoded(bytes.subarray(at, at + size)) : null;
    if (text === null) {
      loose++;
      at++;
      continue;
    }
    endBytes(at);
    const last = parts.at(-1);
    if (last && !last.isBytes) last.text += text;
    else parts.push({ text, isBytes: false });
    at += size;
  }
  endBytes(bytes.length);
  return parts;
}

/** How many bytes a character has that begins with this one; 0 if none does. @param {number} byte */
function sizeOf(byte) {
  if (byte < 0x80) return 1;
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
}

/** @param {Uint8Array} bytes */
function decoded(bytes) {
  try {
    return DECODER.decode(bytes);
  } catch {
    return null;
  }
}
