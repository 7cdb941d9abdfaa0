// What the laboratory shows, reckoned under the hand: the votes of a setting, and what each method makes of them. The twin
// of core/arena/ranked.py.
import { shuffled } from "./draws.js";
import { orders, play } from "./elo.js";
import { bootstrap, fewestDropped, fit, gapWithout, influence, intervals, ranks, without } from "./reckoning.js";
import { counted, expected, simulate, stuffed } from "./voters.js";

/** @import { Data, State } from "./lab.js" */
/** @import { Votes } from "./voters.js" */
/** @typedef {ReturnType<typeof ranked>} Ranked */

/** Other orders that Elo plays at most, games that it plays for them, and rounds of the bootstrap. */
const [ORDERS, MOST_GAMES, ROUNDS] = [20, 400_000, 100];
/** Votes that stand for endlessly many. */
const ENDLESS = 1e9;
/** The stream of random numbers of the first shuffle. */
const SHUFFLES = 100;

/**
 * @param {Pick<Data, "strengths" | "verbosity">} truth
 * @param {State} state
 */
export function ranked({ strengths, verbosity }, state) {
  const models = strengths.length;
  const level = mean(strengths);
  const votes = cast(strengths, verbosity, state);
  const all = counted(votes, models);
  const loss = state.view === "drop" ? omission(all, models, state.dropped) : null;
  const counts = state.dropped && !state.style ? without(all, influence(all, models), state.dropped) : all;
  const wanted = { style: state.style, at: level };
  const { points, style } = fit(counts, models, wanted);
  const bounds = intervals(bootstrap(counts, models, ROUNDS, 1, wanted));
  const elo = played(votes, models, level, state);
  const many = Math.min(ORDERS, Math.floor(MOST_GAMES / votes.first.length));
  const others = orders(votes, models, state.k, many, state.seed, level);
  const places = [...points].map((own) => 1 + points.filter((other) => other > own).length);
  const each = [elo, ...others];
  const spans = strengths.map((_none, model) => {
    const ratings = each.map((row) => row[model]);
    return { low: Math.min(...ratings), high: Math.max(...ratings) };
  });
  const [first, second] = [...points].sort((one, other) => other - one);
  return {
    points,
    places,
    step: style,
    low: bounds.map(([low]) => low),
    high: bounds.map(([, high]) => high),
    /** Half the width of an interval, on average. */
    reach: mean(bounds.map(([low, high]) => (high - low) / 2)),
    inPlace: places.filter((place, at) => place === at + 1).length,
    /** How many models have the arena's rank 1: none is better than they are beyond doubt. */
    firsts: ranks(bounds).filter((rank) => rank === 1).length,
    lead: first - second,
    loss,
    stretch: slope(strengths, points),
    /** Where more and more votes of these voters lead: what is left between this and the truth is no chance. */
    limit: state.view === "taste" ? limit(strengths, verbosity, state, wanted) : null,
    elo,
    eloFirst: best(elo),
    eloLow: spans.map(({ low }) => low),
    eloHigh: spans.map(({ high }) => high),
    /** How many other orders were played, how many models came first in all of them, and how far a model moved. */
    orders: many,
    leaders: new Set(each.map(best)).size,
    spread: mean(spans.map(({ low, high }) => high - low)),
  };
}

/**
 * The votes of a setting, the robot's behind the honest ones.
 * @param {number[]} strengths
 * @param {number[]} verbosity
 * @param {State} state
 */
function cast(strengths, verbosity, state) {
  const models = strengths.length;
  const habits = { ties: state.ties / 100, bias: state.bias, verbosity };
  const honest = simulate(strengths, state.votes, state.seed, habits);
  if (!state.fakes) return honest;
  const target = state.against === "first" ? rival(honest, models, state.helped) : null;
  return stuffed(honest, models, state.helped, target, state.fakes);
}

/**
 * Whom the robot fights when it aims at the first: the best by honest votes that it does not help.
 * @param {Votes} honest
 * @param {number} models
 * @param {number} helped
 */
function rival(honest, models, helped) {
  const { points } = fit(counted(honest, models), models);
  return best(points.map((own, at) => (at === helped ? Number.NEGATIVE_INFINITY : own)));
}

/**
 * @param {number[]} strengths
 * @param {number[]} verbosity
 * @param {State} state
 * @param {{ style: boolean, at: number }} wanted
 */
function limit(strengths, verbosity, { ties, bias }, wanted) {
  const shares = expected(strengths, { ties: ties / 100, bias, verbosity });
  const counts = shares.map((share) => ENDLESS * share);
  return fit(counts, strengths.length, wanted).points;
}

/**
 * The gap between the first two that the influence of each lost vote foretells, and how many would close it.
 * @param {Float64Array} counts
 * @param {number} models
 * @param {number} dropped
 */
function omission(counts, models, dropped) {
  const worth = influence(counts, models);
  const { predicted } = gapWithout(counts, models, worth, dropped);
  return { predicted, fewest: fewestDropped(counts, models, worth) };
}

/**
 * The ratings of Elo after all votes, as they were cast (order 0) or shuffled.
 * @param {Votes} votes
 * @param {number} models
 * @param {number} start
 * @param {State} state
 */
function played(votes, models, start, { k, seed, order }) {
  const turn = order === 0 ? undefined : shuffled(votes.first.length, seed, SHUFFLES + order - 1);
  return play(votes, models, { k, start, order: turn })[0];
}

/** @param {ArrayLike<number>} points */
function best(points) {
  let first = 0;
  for (let at = 1; at < points.length; at++) if (points[at] > points[first]) first = at;
  return first;
}

/** @param {ArrayLike<number>} values */
function mean(values) {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum / values.length;
}

/**
 * The gaps found against the true ones: the slope of the line through all models.
 * @param {ArrayLike<number>} truth
 * @param {ArrayLike<number>} found
 */
function slope(truth, found) {
  const [middle, level] = [mean(truth), mean(found)];
  let [product, square] = [0, 0];
  for (let at = 0; at < truth.length; at++) {
    product += (truth[at] - middle) * (found[at] - level);
    square += (truth[at] - middle) ** 2;
  }
  return product / square;
}
