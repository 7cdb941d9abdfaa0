// The chart's axes, which stay while a run grows. No drawing here.

/** @import { Axis, Scale } from "../in_browser/scales.js" */
/** @typedef {"error" | "loss"} Measure */
/** @typedef {Record<Measure, number | null>} Measured null where it is no number */
/** @typedef {{ epoch: number, train: Measured, validation: Measured }} Moment */

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
 * @param {number[]} values of all curves, as `valuesOf` gives them
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
 * The values of a run that an axis makes room for: those after its first epoch; all of them if it ended before.
 * @param {Moment[]} moments
 * @param {Measure} measure
 * @param {boolean} isGrowing later ones are still to come
 */
export function valuesOf(moments, measure, isGrowing) {
  const numbers = (/** @type {Moment[]} */ some) =>
    some.flatMap(({ train, validation }) => [train[measure], validation[measure]]).filter((value) => value !== null);
  const later = numbers(moments.filter(({ epoch }) => epoch >= 1));
  return later.length || isGrowing ? later : numbers(moments);
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
