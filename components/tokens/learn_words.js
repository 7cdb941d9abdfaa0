// Tokens written for the eye: their bytes as text, those that are no whole character in hexadecimal. No picture here.
import { make } from "../in_browser/base.js";
import { BYTES } from "./bpe_row.js";
import { hexadecimal, visible } from "./pieces.js";

/** Colours; learn.css has as many. */
export const HUES = 6;
/** Characters that are written of one token, at most. */
const MOST = 24;

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

/**
 * Write a token in one line.
 * @param {Uint8Array} bytes
 */
export function wordsOf(bytes) {
  const written = partsOf(bytes.subarray(0, 4 * MOST)).map(({ text, isBytes }) => (isBytes ? text : visible(text)));
  const characters = [...written.join("")];
  return characters.length > MOST ? `${characters.slice(0, MOST).join("")}…` : characters.join("");
}

/** The class of a token's colour: paler for a single byte. @param {number} id */
export function hueOf(id) {
  return `hue${id % HUES}${id < BYTES ? " raw" : ""}`;
}

/**
 * Make a token's chip: bytes that are no whole character are small.
 * @param {number} id
 * @param {Uint8Array} bytes
 */
export function tokenOf(id, bytes) {
  const chip = make("span", { class: `token ${hueOf(id)}`, dir: "auto" });
  if (bytes.length > 4 * MOST) chip.append(wordsOf(bytes));
  else {
    const parts = partsOf(bytes);
    chip.append(...parts.map(({ text, isBytes }) => (isBytes ? make("small", {}, text) : visible(text))));
  }
  return chip;
}

/**
 * Fill a sentence: `%l` in it is replaced by what `parts` has for it, an element or words.
 * @param {string} sentence
 * @param {Record<string, Node | string>} parts
 * @returns {(Node | string)[]}
 */
export function filled(sentence, parts) {
  return sentence.split(/(%[a-z])/).map((piece) => parts[piece] ?? piece);
}
