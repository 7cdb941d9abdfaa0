// Where a word first stands in a text, which merge makes it one token, and words worth seeking. No picture here.
import { piecesOf } from "./bpe.js";
import { NEVER } from "./bpe_row.js";

/** @import { Cut } from "./bpe.js" */
/** @typedef {{ word: string, from: number, to: number, merge: number }} Sought bytes from–to; merge: NEVER if none does */

/** Letters of a word, at least, and words that are offered, at most. */
const [LETTERS, OFFERED] = [5, 40];
/** Words that are one token earlier than this are not offered. */
const EARLY = 20;

/**
 * Find a word where it first stands alone in a text, with the space before it: where, and which merge makes it whole.
 * @param {Cut} cut
 * @param {string} word
 * @returns {Sought | null}
 */
export function seek({ text, vanish }, word) {
  const encoder = new TextEncoder();
  let from = 0;
  for (const piece of piecesOf(text)) {
    const size = encoder.encode(piece).length;
    if (piece === word || piece === ` ${word}`) {
      return { word, from, to: from + size, merge: Math.max(0, ...vanish.subarray(from + 1, from + size)) };
    }
    from += size;
  }
  return null;
}

/** Whether it is a word of letters that is long enough. @param {string} word */
export function isLong(word) {
  return /^\p{L}+$/u.test(word) && [...word].length >= LETTERS;
}

/** Words of a text that become one token, not too early: the most frequent first. @param {Cut} cut */
export function offered(cut) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const piece of piecesOf(cut.text)) {
    const word = piece.trimStart();
    if (isLong(word)) times.set(word, (times.get(word) ?? 0) + 1);
  }
  const often = [...times].sort(([, one], [, other]) => other - one).slice(0, 4 * OFFERED);
  const whole = often
    .map(([word]) => word)
    .filter((word) => {
      const found = seek(cut, word);
      return found && found.merge >= EARLY && found.merge !== NEVER;
    });
  return whole.slice(0, OFFERED);
}
