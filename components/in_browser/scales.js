// Where a value stands on an axis, the round values to write beside it, and room for words. No drawing here.

/** @typedef {"linear" | "log"} Scale */
/** @typedef {{ low: number, high: number, scale: Scale }} Axis */

/** A logarithmic axis shorter than this many powers of ten has ticks between them. */
const FEW = 2;

/**
 * Where a value stands, from 0 at the low end to 1 at the high one; more or less than that beyond them. What is too
 * small for a logarithm stands at the low end.
 * @param {Axis} axis
 * @param {number} value
 */
export function heightOf({ low, high, scale }, value) {
  if (scale === "linear") return (value - low) / (high - low);
  return Math.log(Math.max(value, low) / low) / Math.log(high / low);
}

/**
 * Round values of an axis, at most `most` steps on a linear one: every power of ten on a logarithmic one, and 2 and 5
 * times it where those are few.
 * @param {Axis} axis
 * @param {number} [most]
 */
export function ticksOf({ low, high, scale }, most = 5) {
  if (scale === "linear") return stepsTo(high, most);
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const times = to - from < FEW ? [1, 2, 5] : [1];
  const ticks = [];
  for (let at = Math.floor(from); at <= Math.ceil(to); at++) ticks.push(...times.map((time) => time * 10 ** at));
  return ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
}

/**
 * Round numbers from 0 to `high`, at most `most` steps of 1, 2 or 5 times a power of ten.
 * @param {number} high
 * @param {number} most
 */
export function stepsTo(high, most) {
  const least = high / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 2.5, 5].find((times) => times * power >= least * 0.999) ?? 10);
  return [...Array(Math.floor(high / step + 1e-9) + 1).keys()].map((at) => at * step);
}

/**
 * Return heights on the screen moved down, so that no two are nearer than `least`: words beside lines that are close.
 * @param {number[]} heights
 * @param {number} least
 */
export function apart(heights, least) {
  const moved = [...heights];
  const order = [...heights.keys()].sort((a, b) => heights[a] - heights[b]);
  for (const [place, i] of order.entries()) {
    if (place) moved[i] = Math.max(moved[i], moved[order[place - 1]] + least);
  }
  return moved;
}

/**
 * Return in which layer each of some values stands, so that no two of one layer are nearer than `near`: 0 on the axis,
 * 1 above it, −1 below, and so on outwards.
 * @param {number[]} values
 * @param {number} near
 */
export function stacked(values, near) {
  const layers = values.map(() => 0);
  /** @type {number[]} the last value of each layer: 0, 1, −1, 2 … */
  const ends = [];
  for (const at of [...values.keys()].sort((a, b) => values[a] - values[b])) {
    const free = ends.findIndex((end) => values[at] - end >= near);
    const place = free < 0 ? ends.length : free;
    ends[place] = values[at];
    layers[at] = place % 2 ? (place + 1) / 2 : -place / 2 || 0;
  }
  return layers;
}
