// What the laboratory shows, reckoned under the hand: the votes of a setting, and what each method makes of them. The twin
// of core/arena/ranked.py.
import { drawer, shuffled } from "./draws.js";
import { play, shuffles } from "./elo.js";
import {
  bootstrap,
  fewestDropped,
  fit,
  gapWithout,
  influence,
  intervals,
  ranks,
  spread,
  without,
} from "./reckoning.js";
import { counted, expected, simulate, stuffed } from "./voters.js";

/** @import { Data, State } from "./lab.js" */
/** @import { Votes } from "./voters.js" */
/** @typedef {ReturnType<typeof summary>} Ranked */

/** Other orders that Elo plays at most, games that it plays for them, and rounds of the bootstrap. */
const [ORDERS, MOST_GAMES, ROUNDS] = [20, 400_000, 100];
/** While the finger moves: fewer of both, and what takes its time follows when it rests. */
const [QUICK_GAMES, QUICK_ROUNDS] = [100_000, 20];
/** Votes that stand for endlessly many. */
const ENDLESS = 1e9;
/** The stream of random numbers of the first shuffle. */
const SHUFFLES = 100;
/** The stream that says which votes are lost by chance. */
const LOST = 20_000;

/**
 * The values that act: those of the other views stand still, so that what acts is always in sight.
 * @param {Pick<Data, "own">} data
 * @param {State} state
 * @returns {State}
 */
export function inView({ own }, state) {
  const others = Object.entries(own).filter(([view]) => view !== state.view);
  return Object.assign({ ...state }, ...others.map(([, still]) => still));
}

/**
 * Return what ranks a setting. It remembers the last answer of each stage, so that a hand pays for what it moves: K and
 * the order draw no vote and no interval anew, a vote taken away plays no game.
 * @param {Pick<Data, "strengths" | "verbosity">} truth
 */
export function ranker(truth) {
  const models = truth.strengths.length;
  const level = mean(truth.strengths);
  const [castOnce, countedOnce, bootOnce, turnsOnce, eloOnce] = [
    /** @type {typeof remembered<Votes>} */ (remembered)(),
    /** @type {typeof remembered<Float64Array>} */ (remembered)(),
    /** @type {typeof remembered<[number, number][]>} */ (remembered)(),
    /** @type {typeof remembered<Uint32Array[]>} */ (remembered)(),
    /** @type {typeof remembered<Float64Array[]>} */ (remembered)(),
  ];
  return (/** @type {State} */ state, isQuick = false) => {
    const { votes: honest, seed, ties, bias, fakes, helped, against, k, order, dropped, lost, style } = state;
    const whose = `${honest} ${seed} ${ties} ${bias} ${fakes} ${fakes ? helped : ""} ${fakes ? against : ""}`;
    const votes = castOnce.of(whose, () => cast(truth.strengths, truth.verbosity, state));
    const all = countedOnce.of(whose, () => counted(votes, models));
    const counts =
      !dropped || style
        ? all
        : lost === "worst"
          ? without(all, influence(all, models), dropped)
          : withoutSome(all, votes, models, state);
    const wanted = { style, at: level };
    const drawnFrom = `${whose} ${dropped} ${lost} ${style}`;
    const bounds =
      isQuick && !bootOnce.knows(drawnFrom)
        ? spread(bootstrap(counts, models, QUICK_ROUNDS, 1, wanted))
        : bootOnce.of(drawnFrom, () => intervals(bootstrap(counts, models, ROUNDS, 1, wanted)));
    const number = votes.first.length;
    const turnsOf = (/** @type {number} */ games) =>
      shuffles(number, Math.min(ORDERS, Math.floor(games / number)), seed);
    const playAll = (/** @type {Uint32Array[]} */ turns) => [
      played(votes, models, level, state),
      ...turns.map((turn) => play(votes, models, { k, start: level, order: turn })[0]),
    ];
    const playedAs = `${whose} ${k} ${order}`;
    const allTurns = () => turnsOnce.of(`${number} ${seed}`, () => turnsOf(MOST_GAMES));
    const fewTurns = () =>
      turnsOnce.knows(`${number} ${seed}`)
        ? allTurns().slice(0, Math.max(1, Math.floor(QUICK_GAMES / number)))
        : turnsOf(QUICK_GAMES);
    const games =
      isQuick && !eloOnce.knows(playedAs) ? playAll(fewTurns()) : eloOnce.of(playedAs, () => playAll(allTurns()));
    return summary(truth, state, { all, ...fit(counts, models, wanted), wanted, bounds, games });
  };
}

/**
 * Return what gives the last answer again where it is asked for the same, and knows whether it has it.
 * @template Answer
 * @returns {{ of: (key: string, work: () => Answer) => Answer, knows: (key: string) => boolean }}
 */
function remembered() {
  /** @type {{ key: string, answer: Answer } | undefined} */
  let last;
  return {
    of(key, work) {
      if (last?.key !== key) last = { key, answer: work() };
      return last.answer;
    },
    knows: (key) => last?.key === key,
  };
}

/**
 * What the picture and its words show of a setting that is ranked.
 * @param {Pick<Data, "strengths" | "verbosity">} truth
 * @param {State} state
 * @param {object} found
 * @param {Float64Array} found.all counts of all votes
 * @param {Float64Array} found.points
 * @param {number} found.style points of a step of length
 * @param {{ style: boolean, at: number }} found.wanted
 * @param {[number, number][]} found.bounds
 * @param {Float64Array[]} found.games ratings of Elo in the chosen order, and in the others
 */
function summary({ strengths, verbosity }, state, { all, points, style, wanted, bounds, games }) {
  const [elo, ...others] = games;
  const places = [...points].map((own) => 1 + points.filter((other) => other > own).length);
  const spans = strengths.map((_none, model) => {
    const ratings = games.map((row) => row[model]);
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
    loss: state.view === "drop" ? omission(all, strengths.length, state.lost === "worst" ? state.dropped : 0) : null,
    stretch: slope(strengths, points),
    /** Where more and more votes of these voters lead: what is left between this and the truth is no chance. */
    limit: state.view === "taste" ? limit(strengths, verbosity, state, wanted) : null,
    elo,
    eloFirst: best(elo),
    eloLow: spans.map(({ low }) => low),
    eloHigh: spans.map(({ high }) => high),
    /** How many other orders were played, how many models came first in all of them, and how far a model moved. */
    orders: others.length,
    leaders: new Set(games.map(best)).size,
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
 * The counts without votes that are lost by chance: more of them take the fewer with them.
 * @param {Float64Array} all
 * @param {Votes} votes
 * @param {number} models
 * @param {State} state
 */
function withoutSome(all, votes, models, { seed, dropped }) {
  const draw = drawer(seed, LOST);
  const drawn = Float64Array.from(votes.first, (_model, vote) => draw(vote));
  const last = Float64Array.from(drawn).sort()[Math.min(dropped, drawn.length) - 1];
  const lost = [...drawn.keys()].filter((vote) => drawn[vote] <= last).slice(0, dropped);
  const taken = counted(
    {
      first: Uint8Array.from(lost, (vote) => votes.first[vote]),
      second: Uint8Array.from(lost, (vote) => votes.second[vote]),
      outcome: Uint8Array.from(lost, (vote) => votes.outcome[vote]),
      longer: Int8Array.from(lost, (vote) => votes.longer[vote]),
    },
    models,
  );
  return all.map((number, kind) => number - taken[kind]);
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
