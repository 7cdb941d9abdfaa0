// What a law says of a split of a budget: the same sums as core/model_size. No drawing here.

/** @typedef {{ floor: number, a: number, b: number, alpha: number, beta: number }} Law */
/**
 * Between which sizes the law was tried, how an axis of sizes is laid out, how near the best a bet is won: from Python.
 * @typedef {{ sizes: number[], tokens: number[], least: number, lowest: number, most: number, decades: number,
 *   stops: number, rule: number, near: number }} Limits
 */
/** @typedef {{ id: string, name: string, parameters: number, tokens: number, operations: number }} Training */
/** @typedef {"fitted" | "beyond" | "nothing"} Reach */

/** Places of the budget's slider in a power of ten. */
const BUDGETS = 20;
/** Seconds of a day. */
export const DAY = 86400;

/**
 * What is left for tokens.
 * @param {number} operations
 * @param {number} parameters
 */
export function tokensOf(operations, parameters) {
  return operations / 6 / parameters;
}

/**
 * The loss that a law expects of a split.
 * @param {Law} law
 * @param {number} operations
 * @param {number} parameters
 */
export function lossOf({ floor, a, b, alpha, beta }, operations, parameters) {
  return floor + a * parameters ** -alpha + b * tokensOf(operations, parameters) ** -beta;
}

/**
 * The parameters with which a law expects the lowest loss of all splits of a budget.
 * @param {Law} law
 * @param {number} operations
 */
export function bestOf({ a, b, alpha, beta }, operations) {
  const sum = alpha + beta;
  return ((alpha * a) / (beta * b)) ** (1 / sum) * (operations / 6) ** (beta / sum);
}

/**
 * Tokens a parameter at the best split of a budget.
 * @param {Law} law
 * @param {number} operations
 */
export function ratioOf(law, operations) {
  const best = bestOf(law, operations);
  return tokensOf(operations, best) / best;
}

/**
 * The smallest and the largest model of the axis.
 * @param {number} operations
 * @param {Limits} limits
 */
export function windowOf(operations, { rule, decades }) {
  const low = 10 ** Math.floor(Math.log10(operations / (6 * rule)) / 2 - 1);
  return { low, high: low * 10 ** decades };
}

/**
 * Whether the law was fitted at such a split, goes on beyond, or says nothing.
 * @param {number} operations
 * @param {number} parameters
 * @param {Limits} limits
 * @returns {Reach}
 */
export function reachOf(operations, parameters, { sizes, tokens, least }) {
  if (operations < least) return "nothing";
  const inside = (/** @type {number} */ value, /** @type {number[]} */ [low, high]) => value >= low && value <= high;
  const isFitted = inside(parameters, sizes) && inside(tokensOf(operations, parameters), tokens);
  return isFitted ? "fitted" : "beyond";
}

/**
 * The sizes that the ruler stops on, a known model's own among them.
 * @param {number} operations
 * @param {Limits} limits
 * @param {Training | undefined} known
 */
export function sizesOf(operations, limits, known) {
  const { low } = windowOf(operations, limits);
  const places = [...Array(limits.decades * limits.stops + 1).keys()];
  return places.map((at) => snap(low * 10 ** (at / limits.stops), known ? [known.parameters] : [], limits.stops));
}

/**
 * The budgets that the slider stops on, those of known trainings among them.
 * @param {Limits} limits
 * @param {Training[]} trainings
 */
export function budgetsOf({ lowest, most }, trainings) {
  const places = Math.floor(Math.log10(most / lowest) * BUDGETS);
  const spent = trainings.map(({ operations }) => operations);
  const between = [...Array(places + 1).keys()].map((at) => snap(lowest * 10 ** (at / BUDGETS), spent, BUDGETS));
  return [...between, most];
}

/**
 * A round value, or the known one that is next to it.
 * @param {number} value
 * @param {number[]} known
 * @param {number} stops places in a power of ten
 */
function snap(value, known, stops) {
  const near = known.find((each) => Math.abs(Math.log10(each / value)) <= 0.5 / stops);
  return near ?? Number(value.toPrecision(3));
}

/**
 * The place of the value that is nearest on a logarithmic axis.
 * @param {number[]} values ascending
 * @param {number} value
 */
export function placeOf(values, value) {
  const far = values.map((each) => Math.abs(Math.log(each / value)));
  return far.indexOf(Math.min(...far));
}

/**
 * The same shape of a split for another budget: as many tokens a parameter, where the axis has room for it.
 * @param {number} parameters
 * @param {number} before operations
 * @param {number} operations
 * @param {Limits} limits
 */
export function resized(parameters, before, operations, limits) {
  const { low, high } = windowOf(operations, limits);
  const size = Number((parameters * Math.sqrt(operations / before)).toPrecision(3));
  return Math.max(low, Math.min(high, size));
}

/**
 * Days that one card needs.
 * @param {number} operations
 * @param {number} rate operations a second by its sheet
 * @param {number} percent of it that is reached
 */
export function daysOf(operations, rate, percent) {
  return operations / (rate * (percent / 100)) / DAY;
}

/**
 * Whether a student has been shown where the hollow of a budget is: `is_answered` of core/model_size/missions_budget.py.
 * @param {number} operations
 * @param {number[]} seen budgets whose curves were shown
 * @param {Law} law
 * @param {Limits} limits
 * @param {Training[]} trainings
 */
export function isAnswered(operations, seen, law, { near }, trainings) {
  const best = bestOf(law, operations);
  const knownOf = (/** @type {number} */ spent) => trainings.find((each) => each.operations === spent);
  const isNear = (/** @type {number} */ size) => Math.abs(Math.log(size / best)) <= Math.log(near);
  const known = knownOf(operations);
  if (known && isNear(known.parameters)) return true;
  return seen.some((spent) => {
    const other = knownOf(spent);
    const isAnother = known && other && other !== known;
    return !isAnother && isNear(bestOf(law, spent));
  });
}
