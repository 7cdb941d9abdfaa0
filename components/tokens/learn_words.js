// Tokens written for the eye: in a line, or as a chip whose loose bytes are small.
import { make } from "../in_browser/base.js";
import { BYTES } from "./bpe_row.js";
import { partsOf } from "./learn_bytes.js";
import { visible } from "./pieces.js";

/** Colours; learn.css has as many. */
export const HUES = 6;
/** Characters that are written of one token, at most. */
const MOST = 24;

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
function hueOf(id) {
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
