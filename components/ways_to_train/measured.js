// What was recorded of each way: which box every word was put in, for each number of labelled words and each draw.

/** @typedef {"scratch" | "transfer" | "few_shot" | "zero_shot"} Way */
/**
 * @typedef {object} Sent
 * @property {number[]} counts of labelled words, in order
 * @property {string} boxes one byte a word in base64: counts × draws × words
 */
/** @typedef {{ counts: number[], boxes: Uint8Array, draws: number, words: number }} Recorded */
/** @typedef {{ mean: number, low: number, high: number }} Spread low and high: the worst draw and the best */

export const WAYS = /** @type {const} */ (["scratch", "transfer", "few_shot", "zero_shot"]);

/**
 * Unpack what Python sent.
 * @param {Sent} sent
 * @param {number} words
 * @returns {Recorded}
 */
export function unpacked({ counts, boxes }, words) {
  const bytes = Uint8Array.from(atob(boxes), (sign) => sign.charCodeAt(0));
  return { counts, boxes: bytes, words, draws: bytes.length / counts.length / words };
}

/**
 * The box of every word, or null where this way was not tried with so many.
 * @param {Recorded} recorded
 * @param {number} count of labelled words
 * @param {number} draw
 */
export function boxesOf({ counts, boxes, draws, words }, count, draw) {
  const at = counts.indexOf(count);
  if (at < 0) return null;
  const from = (at * draws + (draw % draws)) * words;
  return boxes.subarray(from, from + words);
}

/**
 * Share of the words in the right box.
 * @param {ArrayLike<number>} boxes
 * @param {number[]} right
 */
export function shareOf(boxes, right) {
  return right.filter((box, word) => boxes[word] === box).length / right.length;
}

/**
 * Over all draws: the mean share, the worst and the best; null where this way was not tried with so many.
 * @param {Recorded} recorded
 * @param {number} count
 * @param {number[]} right
 * @returns {Spread | null}
 */
export function spreadOf(recorded, count, right) {
  const shares = [];
  for (let draw = 0; draw < recorded.draws; draw++) {
    const boxes = boxesOf(recorded, count, draw);
    if (!boxes) return null;
    shares.push(shareOf(boxes, right));
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { mean, low: Math.min(...shares), high: Math.max(...shares) };
}
