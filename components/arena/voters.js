// Simulated voters, and their votes as counts: the twin of core/arena/voters.py, vote for vote.
import { drawer } from "./draws.js";

/**
 * Votes in the order in which they were cast.
 * @typedef {object} Votes
 * @property {Uint8Array} first the model on the left
 * @property {Uint8Array} second on the right
 * @property {Uint8Array} outcome 2 the first was preferred, 1 a tie, 0 the second
 * @property {Int8Array} longer by how many steps the first answer was longer, −2 … 2
 */
/**
 * @typedef {object} Habits
 * @property {number} [ties] share of ties between equal models, in [0, 1)
 * @property {number} [bias] points that a step of length is worth
 * @property {ArrayLike<number>} [verbosity] of each model, from 0 (always short) to 1 (always long); ½ without it
 */

/** Points of difference that are odds of ten to one. */
export const SCALE = 400;
/** How much longer an answer may be: −2 … 2 steps. */
export const LENGTHS = 5;
/** Lost, tied, won. */
export const OUTCOMES = 3;
const [TIED, WON] = [1, 2];
const EVEN = 0.5;
/** The streams of random numbers. */
const [PAIR, OUTCOME, FIRST_LENGTH, SECOND_LENGTH] = [0, 1, 2, 3];

/**
 * Return simulated votes; with the same seed the first ones are the same however many are asked for. Without two models
 * there are none.
 * @param {ArrayLike<number>} strengths points of each model
 * @param {number} votes how many
 * @param {number} seed
 * @param {Habits} habits
 * @returns {Votes}
 */
export function simulate(strengths, votes, seed, habits = {}) {
  const models = strengths.length;
  const cast = empty(models < 2 ? 0 : votes);
  const draw = [PAIR, OUTCOME, FIRST_LENGTH, SECOND_LENGTH].map((stream) => drawer(seed, stream));
  const [drawPair, drawOutcome, drawFirst, drawSecond] = draw;
  const { short, long } = lengthBounds(models, habits.verbosity);
  const { lost, notWon } = outcomeBounds(strengths, habits);
  const others = models - 1;
  for (let vote = 0; vote < cast.first.length; vote++) {
    const pair = Math.floor(drawPair(vote) * (models * others));
    const first = Math.floor(pair / others);
    const second = (pair % others) + Number(pair % others >= first);
    const [one, two] = [drawFirst(vote), drawSecond(vote)];
    const longer =
      Number(one >= short[first]) +
      Number(one >= long[first]) -
      Number(two >= short[second]) -
      Number(two >= long[second]);
    const kind = (first * models + second) * LENGTHS + longer + 2;
    const drawn = drawOutcome(vote);
    cast.first[vote] = first;
    cast.second[vote] = second;
    cast.outcome[vote] = Number(drawn >= lost[kind]) + Number(drawn >= notWon[kind]);
    cast.longer[vote] = longer;
  }
  return cast;
}

/**
 * Return the share of votes of each kind in the long run, as `counted` orders them; what is fitted to it is where more
 * and more votes lead.
 * @param {ArrayLike<number>} strengths
 * @param {Habits} habits
 */
export function expected(strengths, habits = {}) {
  const models = strengths.length;
  const { short, long } = lengthBounds(models, habits.verbosity);
  const { lost, notWon } = outcomeBounds(strengths, habits);
  const shares = new Float64Array(kindsOf(models));
  const pairs = (models * (models - 1)) / 2;
  let at = 0;
  for (let i = 0; i < models; i++) {
    for (let j = i + 1; j < models; j++, at += LENGTHS * OUTCOMES) {
      const [mine, other] = [i, j].map((model) => [short[model], long[model] - short[model], 1 - long[model]]);
      for (let pair = 0; pair < 9; pair++) {
        const longer = Math.floor(pair / 3) - (pair % 3) + 2;
        const share = (mine[Math.floor(pair / 3)] * other[pair % 3]) / pairs;
        const kind = (i * models + j) * LENGTHS + longer;
        shares[at + longer * OUTCOMES] += share * lost[kind];
        shares[at + longer * OUTCOMES + TIED] += share * (notWon[kind] - lost[kind]);
        shares[at + longer * OUTCOMES + WON] += share * (1 - notWon[kind]);
      }
    }
  }
  return shares;
}

/**
 * Return votes with fake ones at the end, in which a model is preferred to answers as long as its own.
 * @param {Votes} votes honest ones
 * @param {number} models how many there are
 * @param {number} model who profits
 * @param {number | null} against who loses, or null for all the others in turn
 * @param {number} number how many fake ones
 */
export function stuffed(votes, models, model, against, number) {
  const others = [...Array(models).keys()].filter((other) => other !== model && (against ?? other) === other);
  const honest = votes.first.length;
  const cast = empty(honest + (others.length ? number : 0));
  cast.first.set(votes.first);
  cast.second.set(votes.second);
  cast.outcome.set(votes.outcome);
  cast.longer.set(votes.longer);
  cast.first.fill(model, honest);
  cast.outcome.fill(WON, honest);
  for (let vote = honest; vote < cast.second.length; vote++)
    cast.second[vote] = others[(vote - honest) % others.length];
  return cast;
}

/**
 * Return how many of the first votes there are of each kind: pairs of models i < j, by how many steps i's answer was
 * longer, whether i lost, tied, won.
 * @param {Votes} votes
 * @param {number} models
 * @param {number} [number] how many votes; without it, all
 */
export function counted(votes, models, number = votes.first.length) {
  const counts = new Float64Array(kindsOf(models));
  const until = Math.min(number, votes.first.length);
  for (let vote = 0; vote < until; vote++) {
    let [low, high, longer, outcome] = [votes.first[vote], votes.second[vote], votes.longer[vote], votes.outcome[vote]];
    if (low > high) [low, high, longer, outcome] = [high, low, -longer, WON - outcome];
    const pair = (low * (2 * models - low - 1)) / 2 + high - low - 1;
    counts[(pair * LENGTHS + longer + 2) * OUTCOMES + outcome] += 1;
  }
  return counts;
}

/** @param {number} models */
function kindsOf(models) {
  return ((models * (models - 1)) / 2) * LENGTHS * OUTCOMES;
}

/**
 * @param {number} votes
 * @returns {Votes}
 */
function empty(votes) {
  return {
    first: new Uint8Array(votes),
    second: new Uint8Array(votes),
    outcome: new Uint8Array(votes),
    longer: new Int8Array(votes),
  };
}

/**
 * Below which number each model's answer is short, and not long: as many of two coins fall on long as it is verbose.
 * @param {number} models
 * @param {ArrayLike<number>} [verbosity]
 */
function lengthBounds(models, verbosity) {
  const wordy = Float64Array.from({ length: models }, (_none, model) => verbosity?.[model] ?? EVEN);
  return { short: wordy.map((share) => (1 - share) * (1 - share)), long: wordy.map((share) => 1 - share * share) };
}

/**
 * Below which number the first model loses, and does not win, for each pair of models and each length: Davidson's
 * model of ties (1970).
 * @param {ArrayLike<number>} strengths
 * @param {Habits} habits
 */
function outcomeBounds(strengths, { ties = 0, bias = 0 }) {
  const models = strengths.length;
  const [lost, notWon] = [0, 0].map(() => new Float64Array(models * models * LENGTHS));
  const between = (2 * ties) / (1 - ties);
  for (let kind = 0; kind < lost.length; kind++) {
    const pair = Math.floor(kind / LENGTHS);
    const lead = strengths[Math.floor(pair / models)] - strengths[pair % models] + bias * ((kind % LENGTHS) - 2);
    const odds = 10 ** (lead / (2 * SCALE));
    const all = 1 / odds + between + odds;
    lost[kind] = 1 / odds / all;
    notWon[kind] = lost[kind] + between / all;
  }
  return { lost, notWon };
}
