// Where a value stands on the chart: axes that stay while a run grows, and their round ticks. No drawing here.

/** @typedef {"error" | "loss"} Measure */
/** @typedef {"linear" | "log"} Scale */
/** @typedef {{ low: number, high: number, scale: Scale }} Axis */

/** The highest value of a linear axis is the first of these that leaves room above the curves. */
const TOPS = {
  error: [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1],
  loss: [0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 2.5, 5, 10],
};
/** A logarithmic axis is always the same. */
const DECADES = { error: [1e-3, 1], loss: [1e-4, 10] };
const ROOM = 1.05;

/**
 * The axis of a measure. A linear one makes room for all values but those before training, which are ten times higher.
 * @param {Measure} measure
 * @param {Scale} scale
 * @param {number[]} values of all curves after their first epoch
 * @returns {Axis}
 */
export function axisOf(measure, scale, values) {
  if (scale === "log") return { scale, low: DECADES[measure][0], high: DECADES[measure][1] };
  const tops = TOPS[measure];
  const highest = Math.max(0, ...values.filter(Number.isFinite)) * ROOM;
  const most = tops[tops.length - 1];
  return { scale, low: 0, high: values.length ? (tops.find((top) => top >= highest) ?? most) : most / 4 };
}

/**
 * Where a value stands, from 0 at the bottom to 1 at the top; more than 1 above it. What is too small for a logarithm
 * stands at the bottom.
 * @param {Axis} axis
 * @param {number} value
 */
export function heightOf({ low, high, scale }, value) {
  if (scale === "linear") return (value - low) / (high - low);
  return Math.log(Math.max(value, low) / low) / Math.log(high / low);
}

/**
 * Round values to write beside the axis.
 * @param {Axis} axis
 */
export function ticksOf({ low, high, scale }) {
  if (scale === "linear") return stepsTo(high, 5);
  const ticks = [];
  for (let at = Math.round(Math.log10(low)); at <= Math.round(Math.log10(high)); at++) ticks.push(10 ** at);
  return ticks;
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
 * Whole epochs to write under the chart.
 * @param {number} epochs
 * @param {number} most
 */
export function epochTicks(epochs, most) {
  const step = [1, 2, 5, 10, 20, 50].find((times) => epochs / times <= most) ?? 100;
  return [...Array(Math.floor(epochs / step) + 1).keys()].map((at) => at * step);
}
