// Arrays: how they travel from `base64_of` in core/files.py, and scores made probabilities.

/** @param {string} base64 */
export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
export function base64Of(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** @param {string} base64 of little-endian float32 */
export function floatsOf(base64) {
  return new Float32Array(bytesOf(base64).buffer);
}

/**
 * Turn scores into probabilities; the largest is subtracted first, so that nothing overflows.
 * @template {Iterable<number> & { map(change: (value: number) => number): Numbers }} Numbers
 * @param {Numbers} scores
 * @returns {Numbers}
 */
export function softmax(scores) {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  const powers = scores.map((score) => Math.exp(score - highest));
  let sum = 0;
  for (const power of powers) sum += power;
  return powers.map((power) => power / sum);
}

/**
 * Read what `deflated` in core/files.py packed.
 * @param {string} base64
 */
export async function inflated(base64) {
  if (!base64) return new Uint8Array(0);
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
