// A ranking out of votes: Bradley–Terry ratings with what is certain about them, ranks, and what the first place hangs
// on. The twin of core/arena: bradley_terry.py, ranks.py, dropped.py. Counts are those of `counted` in voters.js.
import { drawAgain, drawn } from "./draws.js";
import { START } from "./elo.js";
import { likeliest, sigmoid, slopes, solve } from "./newton.js";
import { LENGTHS, OUTCOMES, SCALE } from "./voters.js";

/** @import { Games } from "./newton.js" */
/**
 * @typedef {object} Wanted
 * @property {number} [prior] virtual ties of each model with an average one
 * @property {boolean} [style] whether length has a coefficient of its own
 * @property {number | null} [anchor] the model that stands `at` this rating; without one, the mean does
 * @property {number} [at] points
 */
/** @typedef {{ points: Float64Array, style: number }} Ratings points of each model, and of a step of length */
/** @typedef {[low: number, high: number]} Interval */
/**
 * What votes are worth to the difference between the first two models: core/arena/dropped.py.
 * @typedef {object} Influence
 * @property {number} first
 * @property {number} second
 * @property {number} gap points between them
 * @property {{ pair: [number, number], at: number, outcome: number, number: number, move: number }[]} kinds of votes
 *   whose loss narrows the gap, the most harmful first: `outcome` is 2 where the pair's first won, `number` how many
 *   there are, `move` points of one
 */

const POINTS = SCALE / Math.LN10;
const PRIOR = 0.1;
const STEPS = [...Array(LENGTHS).keys()].map((length) => length - 2);
const CONFIDENCE = 0.95;
/** Deviations of a normal distribution between which 95 % of it lie. */
const DEVIATIONS = 1.959963984540054;
/** The stream of random numbers of the bootstrap. */
const AGAIN = 10_000;

/**
 * Return the ratings under which the votes are likeliest; not-a-number where they do not say them: never with a prior.
 * @param {ArrayLike<number>} counts
 * @param {number} models
 * @param {Wanted} wanted
 * @returns {Ratings}
 */
export function fit(counts, models, wanted = {}) {
  return ratingsOf(likeliest(gamesOf(counts, models, wanted)), models, wanted);
}

/**
 * Return what would have been fitted had as many votes been drawn again from these, with replacement: a fit a round.
 * @param {ArrayLike<number>} counts
 * @param {number} models
 * @param {number} rounds
 * @param {number} seed
 * @param {Wanted} wanted
 */
export function bootstrap(counts, models, rounds, seed, wanted = {}) {
  const kinds = wanted.style ? counts : withoutLength(counts);
  const draw = drawn(seed, AGAIN);
  const start = likeliest(gamesOf(kinds, models, wanted));
  return [...Array(rounds).keys()].map(() => {
    const games = gamesOf(drawAgain(kinds, draw), models, wanted);
    return ratingsOf(likeliest(games, start), models, wanted);
  });
}

/**
 * Return between which ratings the middle share of the rounds lies, for each model: the r-th of n rounds is taken for
 * the quantile r / (n + 1).
 * @param {Ratings[]} rounds
 * @param {number} confidence
 * @returns {Interval[]}
 */
export function intervals(rounds, confidence = CONFIDENCE) {
  if (!rounds.length) return [];
  const rest = (1 - confidence) / 2;
  return Array.from(rounds[0].points, (_none, model) => {
    const sorted = Float64Array.from(rounds, ({ points }) => points[model]).sort();
    return [quantile(sorted, rest), quantile(sorted, 1 - rest)];
  });
}

/**
 * Return the intervals that a few rounds speak of: their mean, and 1.96 of their deviations on each side. Their outermost
 * rounds alone would say little.
 * @param {Ratings[]} rounds
 * @returns {Interval[]}
 */
export function spread(rounds) {
  return Array.from(rounds[0].points, (_none, model) => {
    const middle = rounds.reduce((sum, { points }) => sum + points[model], 0) / rounds.length;
    const squares = rounds.reduce((sum, { points }) => sum + (points[model] - middle) ** 2, 0);
    const reach = DEVIATIONS * Math.sqrt(squares / (rounds.length - 1));
    return [middle - reach, middle + reach];
  });
}

/**
 * Return each model's rank (UB): 1 + how many lower bounds lie strictly above its upper bound.
 * @param {Interval[]} bounds
 */
export function ranks(bounds) {
  return bounds.map(([, high]) => 1 + bounds.filter(([low]) => low > high).length);
}

/**
 * Return how the loss of one vote of each kind would move the gap between the first and the second model: one step of
 * Newton's method.
 * @param {ArrayLike<number>} counts
 * @param {number} models
 * @param {number} [prior]
 * @returns {Influence}
 */
export function influence(counts, models, prior = PRIOR) {
  const games = gamesOf(counts, models, { prior });
  const natural = fit(counts, models, { prior, at: 0 }).points.map((points) => points / POINTS);
  const order = [...natural.keys()].sort((one, other) => natural[other] - natural[one] || other - one);
  const [first, second] = order;
  const leverage = new Float64Array(models);
  const curvature = new Float64Array(models * models);
  slopes(games, natural, { gradient: leverage, curvature });
  leverage.fill(0);
  [leverage[first], leverage[second]] = [1, -1];
  solve(curvature, leverage);
  /** @type {Influence["kinds"]} */
  const kinds = [];
  const summed = withoutLength(counts);
  eachPair(models, (i, j, pair) => {
    for (let outcome = 0; outcome < OUTCOMES; outcome++) {
      const at = pair * LENGTHS * OUTCOMES + 2 * OUTCOMES + outcome;
      const surprise = outcome / 2 - sigmoid(natural[i] - natural[j]);
      const move = -POINTS * surprise * (leverage[i] - leverage[j]);
      if (move < 0 && summed[at] > 0) kinds.push({ pair: [i, j], at, outcome, number: summed[at], move });
    }
  });
  kinds.sort((one, other) => one.move - other.move);
  return { first, second, gap: POINTS * (natural[first] - natural[second]), kinds };
}

/**
 * Return the points between the same two models without the most harmful votes: as the influences promise, and as
 * fitted anew.
 * @param {ArrayLike<number>} counts
 * @param {number} models
 * @param {Influence} worth
 * @param {number} number of votes that are taken away
 * @param {number} [prior]
 */
export function gapWithout(counts, models, worth, number, prior = PRIOR) {
  let [rest, predicted] = [number, worth.gap];
  for (const { number: there, move } of worth.kinds) {
    const taken = Math.max(0, Math.min(there, rest));
    rest -= taken;
    predicted += taken * move;
  }
  const { points } = fit(without(counts, worth, number), models, { prior });
  return { predicted, fitted: points[worth.first] - points[worth.second] };
}

/**
 * Return the counts that are left when the most harmful votes are taken away, all lengths put together.
 * @param {ArrayLike<number>} counts
 * @param {Influence} worth
 * @param {number} number of votes that are taken away
 */
export function without(counts, worth, number) {
  const left = withoutLength(counts);
  let rest = number;
  for (const { at, number: there } of worth.kinds) {
    const taken = Math.max(0, Math.min(there, rest));
    left[at] -= taken;
    rest -= taken;
  }
  return left;
}

/**
 * Return how many votes, taken away in the order of their influence, put the second model above the first; null where
 * no number does.
 * @param {ArrayLike<number>} counts
 * @param {number} models
 * @param {Influence} worth
 * @param {number} [prior]
 */
export function fewestDropped(counts, models, worth, prior = PRIOR) {
  const isOver = (/** @type {number} */ number) => gapWithout(counts, models, worth, number, prior).fitted < 0;
  let [low, high] = [0, worth.kinds.reduce((sum, { number }) => sum + number, 0)];
  if (!isOver(high)) return null;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = isOver(middle) ? [low, middle] : [middle, high];
  }
  return high;
}

/**
 * Visit every pair of models i < j, in the order of the counts.
 * @param {number} models
 * @param {(i: number, j: number, pair: number) => void} visit
 */
function eachPair(models, visit) {
  let pair = 0;
  for (let i = 0; i < models; i++) for (let j = i + 1; j < models; j++) visit(i, j, pair++);
}

/**
 * Counts of the same shape, all lengths put together under "as long".
 * @param {ArrayLike<number>} counts
 */
function withoutLength(counts) {
  const summed = new Float64Array(counts.length);
  const block = LENGTHS * OUTCOMES;
  for (let at = 0; at < counts.length; at++) {
    summed[at - (at % block) + 2 * OUTCOMES + (at % OUTCOMES)] += counts[at];
  }
  return summed;
}

/**
 * Counts as the likelihood reads them.
 * @param {ArrayLike<number>} counts
 * @param {number} models
 * @param {Wanted} wanted
 * @returns {Games}
 */
function gamesOf(counts, models, { prior = PRIOR, style = false }) {
  const steps = style ? STEPS : [0];
  const all = counts.length / OUTCOMES;
  const [played, scored] = [0, 0].map(() => new Float64Array(style ? all : all / LENGTHS));
  for (let kind = 0; kind < all; kind++) {
    const [lost, tied, won] = [counts[kind * OUTCOMES], counts[kind * OUTCOMES + 1], counts[kind * OUTCOMES + 2]];
    const at = style ? kind : Math.floor(kind / LENGTHS);
    played[at] += lost + tied + won;
    scored[at] += won + tied / 2;
  }
  return { played, scored, steps, models, prior };
}

/**
 * @param {Float64Array} natural
 * @param {number} models
 * @param {Wanted} wanted
 * @returns {Ratings}
 */
function ratingsOf(natural, models, { style = false, anchor = null, at = START }) {
  const points = natural.slice(0, models).map((one) => POINTS * one);
  const level = anchor === null ? points.reduce((sum, one) => sum + one, 0) / models : points[anchor];
  return { points: points.map((one) => one - level + at), style: style ? POINTS * natural[models] : 0 };
}

/**
 * @param {Float64Array} sorted
 * @param {number} share
 */
function quantile(sorted, share) {
  const place = Math.max(0, Math.min(sorted.length - 1, share * (sorted.length + 1) - 1));
  const below = Math.floor(place);
  return sorted[below] + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
}
