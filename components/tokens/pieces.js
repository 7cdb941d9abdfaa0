// A text as tokens: which bytes each holds, and which share a character. No picture here.
import { bytesOf } from "../in_browser/arrays.js";

/**
 * @typedef {object} Packed an encoding as `packed` in picture.py sends it
 * @property {string} ids
 * @property {string} lengths
 */
/**
 * @typedef {object} Tokens
 * @property {ArrayLike<number>} ids
 * @property {ArrayLike<number>} lengths bytes of each
 */
/**
 * @typedef {object} Group tokens first to last − 1, which end together where a character ends
 * @property {number} first
 * @property {number} last
 * @property {string} text
 */

/** The id of bytes that a tokenizer drops, as in core/tokens/tokenizers.py. */
export const LOST = -1;

const ENCODER = new TextEncoder();

/** @param {Packed} packed @returns {Tokens} */
export function unpacked({ ids, lengths }) {
  return { ids: new Int32Array(bytesOf(ids).buffer), lengths: new Int32Array(bytesOf(lengths).buffer) };
}

/** @param {string} text @returns {Tokens} one token a code point */
export function charactersOf(text) {
  const points = [...text];
  return {
    ids: points.map((point) => point.codePointAt(0) ?? 0),
    lengths: points.map((point) => ENCODER.encode(point).length),
  };
}

/** @param {string} text @returns {Tokens} one token a byte */
export function singleBytesOf(text) {
  const bytes = ENCODER.encode(text);
  return { ids: bytes, lengths: new Uint8Array(bytes.length).fill(1) };
}

/** Unicode's extended grapheme clusters (UAX 29). */
const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Join tokens into groups that end where characters end, as `group` in core/language_models/graphemes.py.
 * @param {string} text
 * @param {Tokens} tokens
 * @returns {Group[]}
 */
export function groupsOf(text, { lengths }) {
  /** @type {Group[]} */
  const groups = [];
  let [at, end, first, from] = [0, 0, 0, 0]; // token; bytes up to it; where the group begins: token, character
  let bytes = 0;
  for (const { segment, index } of SEGMENTER.segment(text)) {
    bytes += ENCODER.encode(segment).length;
    while (at < lengths.length && end < bytes) end += lengths[at++];
    if (end === bytes && at > first) {
      const behind = index + segment.length;
      groups.push({ first, last: at, text: text.slice(from, behind) });
      [first, from] = [at, behind];
    }
  }
  return groups;
}

/** Where each token begins, in bytes. @param {Tokens} tokens */
export function startsOf({ lengths }) {
  const starts = new Int32Array(lengths.length);
  for (let at = 1; at < lengths.length; at++) starts[at] = starts[at - 1] + lengths[at - 1];
  return starts;
}

/** What has no form of its own, as it is drawn. */
const DRAWN = new Map([
  [" ", "·"],
  ["\n", "⏎"],
  ["\t", "⇥"],
  ["\u00a0", "⍽"],
  ["\u202f", "⍽"],
  ["\x7f", "␡"],
]);
/** Unicode's pictures of control characters begin here. */
const PICTURES = 0x2400;

/**
 * Write what has no form of its own: spaces as dots, the end of a line, control characters by Unicode's pictures, and
 * joiners and marks of direction by their numbers where they stand alone.
 * @param {string} text
 */
export function visible(text) {
  if (/^\p{Default_Ignorable_Code_Point}+$/u.test(text)) {
    return [...text].map((sign) => `U+${pointOf(sign).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
  }
  return [...text]
    .map((sign) => DRAWN.get(sign) ?? (pointOf(sign) < 0x20 ? String.fromCodePoint(PICTURES + pointOf(sign)) : sign))
    .join("");
}

/** @param {string} sign */
function pointOf(sign) {
  return sign.codePointAt(0) ?? 0;
}

/** @param {Uint8Array} bytes */
export function hexadecimal(bytes) {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
