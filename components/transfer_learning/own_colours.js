// The colours of the occlusion map: which way the probability went, and how far.

const [BLUE, ORANGE] = [
  [0, 114, 178],
  [230, 159, 0],
];
const STRONGEST = 0.8;
/** Drops below this are drawn against it, so that a map of almost nothing looks like it. */
const FAINT = 0.1;

/**
 * The colour of one place: how opaque says how much.
 * @param {number} drop
 * @param {number} largest
 * @returns {number[]} red, green, blue, and opacity to 255
 */
export function colourOf(drop, largest) {
  const strength = Math.min(1, Math.abs(drop) / Math.max(largest, FAINT));
  return [...(drop < 0 ? ORANGE : BLUE), Math.round(255 * STRONGEST * strength)];
}
