// Cells of vectors and tables: blue above zero, orange below, the paler the nearer to it.
import { COLOURS } from "../in_browser/base.js";

/**
 * @param {number} value
 * @param {number} reach the largest size there is
 */
export function tint(value, reach) {
  const strength = Math.round(100 * Math.min(1, Math.abs(value) / (reach || 1)));
  return `color-mix(in srgb, ${value < 0 ? COLOURS.negative : COLOURS.positive} ${strength}%, transparent)`;
}

/**
 * Return the size of the largest number, in either direction.
 * @param {Iterable<number>} values
 */
export function reachOf(values) {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}
