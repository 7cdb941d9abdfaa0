// Where the points of the study stand, what the law says of them, and by how many times a number is off. No drawing.
import { clamp, writeShort } from "../in_browser/base.js";

/** @import { Axis } from "../in_browser/scales.js" */
/** @typedef {{ width: number, inside: number, parameters: number }} Size */
/** @typedef {{ stories: number, tokens: number }} Budget */
/** @typedef {{ seeds: number[], mean: number, low: number, high: number }} Point an excess, in nats a token */
/** @typedef {{ a: number, alpha: number, b: number, beta: number, residual: number }} Law */
/** @typedef {"parameters" | "tokens" | "operations"} Along */
/**
 * All that was measured. `points[budget][size]`; `laws[n]` is fitted on the first n sizes.
 * @typedef {{ sizes: Size[], budgets: Budget[], points: Point[][], floor: number, laws: Record<string, Law>,
 *   alpha: number[], beta: number[],
 *   range: { first: number, last: number, near: number, lowest: number, highest: number } }} Study
 */
/** @typedef {{ budget: number, size: number }} Place of a point: its budget and its size, by number */

/** Steps of a guess for each power of ten: one is a factor of 1.05. */
const FINE = 50;

/**
 * The excess that a law expects: A·N^−α + B·D^−β.
 * @param {Law} law
 * @param {number} inside N
 * @param {number} tokens D
 */
export function lawAt({ a, alpha, b, beta }, inside, tokens) {
  return a * inside ** -alpha + b * tokens ** -beta;
}

/**
 * By how many times a number is above or below the truth: never less than 1.
 * @param {number} said
 * @param {number} truth
 */
export function timesOff(said, truth) {
  return { times: Math.max(said / truth, truth / said), isAbove: said > truth };
}

/**
 * The parameters of a size, with its embeddings or without.
 * @param {Size} size
 * @param {boolean} embeddings
 */
export function countOf({ inside, parameters }, embeddings) {
  return embeddings ? parameters : inside;
}

/**
 * What stands along the axis: N, D, or 6·N·D.
 * @param {Along} along
 * @param {Size} size
 * @param {Budget} budget
 * @param {boolean} embeddings
 */
export function countAlong(along, size, budget, embeddings) {
  const count = countOf(size, embeddings);
  return along === "parameters" ? count : along === "tokens" ? budget.tokens : 6 * count * budget.tokens;
}

/**
 * The axis that holds every point of the study.
 * @param {Along} along
 * @param {Study} study
 * @param {boolean} embeddings
 * @returns {Axis}
 */
export function axisOf(along, { sizes, budgets }, embeddings) {
  const ends = [0, -1].map((at) =>
    countAlong(along, /** @type {Size} */ (sizes.at(at)), /** @type {Budget} */ (budgets.at(at)), embeddings),
  );
  return { low: ends[0], high: ends[1], scale: "log" };
}

/**
 * The lines through the points: one for each budget along the sizes, one for each size along the data.
 * @param {Along} along
 * @param {Study} study
 * @returns {Place[][]}
 */
export function linesOf(along, { sizes, budgets }) {
  return along === "parameters"
    ? budgets.map((_, budget) => sizes.map((_, size) => ({ budget, size })))
    : sizes.map((_, size) => budgets.map((_, budget) => ({ budget, size })));
}

/**
 * The place nearest to a point of the screen; places without one are as far as can be.
 * @template Standing
 * @param {(Standing & { x: number, y: number })[]} places
 * @param {number} x
 * @param {number} y
 */
export function nearest(places, x, y) {
  const far = places.map((place) => Math.hypot(place.x - x, place.y - y));
  return places[far.indexOf(Math.min(...far))];
}

/**
 * The law along a line, finer than its places, so that its bend is seen.
 * @param {Law} law
 * @param {Along} along
 * @param {Place[]} line
 * @param {Study} study
 * @param {boolean} embeddings
 * @returns {{ value: number, excess: number }[]}
 */
export function lawAlong(law, along, line, { sizes, budgets }, embeddings, parts = 6) {
  const found = [];
  for (let at = 0; at < line.length - 1; at++) {
    for (let part = 0; part < parts + Number(at === line.length - 2); part++) {
      const between = (/** @type {(place: Place) => number} */ read) =>
        read(line[at]) * (read(line[at + 1]) / read(line[at])) ** (part / parts);
      found.push({
        value: between(({ budget, size }) => countAlong(along, sizes[size], budgets[budget], embeddings)),
        excess: lawAt(
          law,
          between(({ size }) => sizes[size].inside),
          between(({ budget }) => budgets[budget].tokens),
        ),
      });
    }
  }
  return found;
}

/** How many steps a guess has. @param {Study["range"]} range */
export function stepsOf({ lowest, highest }) {
  return Math.floor(FINE * Math.log10(highest / lowest) + 1e-9);
}

/**
 * The excess at a step of the guess.
 * @param {Study["range"]} range
 * @param {number} step
 */
export function guessAt(range, step) {
  return range.lowest * 10 ** (clamp(step, 0, stepsOf(range)) / FINE);
}

/**
 * The step of the guess nearest to an excess.
 * @param {Study["range"]} range
 * @param {number} excess
 */
export function stepOf(range, excess) {
  return clamp(Math.round(FINE * Math.log10(excess / range.lowest)), 0, stepsOf(range));
}

/**
 * Write a count where there is little room: 888, 59 240, 4,7 M.
 * @param {number} count
 * @param {string} lang
 */
export function writeCount(count, lang) {
  return count < 999_500 ? writeShort(count, lang, 6) : `${writeShort(count / 1e6, lang, 2)}\u00a0M`;
}
