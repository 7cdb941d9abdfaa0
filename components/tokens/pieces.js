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

/**
 * Write what has no form of its own: spaces as dots, the end of a line, control characters by Unicode's pictures.
 * @param {string} text
 */
export function visible(text) {
  return text
    .replaceAll(" ", "·")
    .replaceAll("\n", "⏎")
    .replaceAll("\t", "⇥")
    .replaceAll("\u00a0", "⍽")
    .replaceAll("\u202f", "⍽")
    .replaceAll(/[\0-\x1f]/g, (sign) => String.fromCodePoint(0x2400 + sign.charCodeAt(0)))
    .replaceAll("\x7f", "␡")
    .replaceAll(/^[\u200b-\u200f\u2028\u2029\u2060\ufe0f\ufeff]+$/g, (signs) =>
      [...signs].map((sign) => `U+${sign.charCodeAt(0).toString(16).toUpperCase()}`).join(" "),
    );
}

/** @param {Uint8Array} bytes */
export function hexadecimal(bytes) {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
