// Elo: ratings that move after every vote: the twin of core/arena/elo.py.
import { shuffled } from "./draws.js";
import { SCALE } from "./voters.js";

/** @import { Votes } from "./voters.js" */
/**
 * @typedef {object} Rules
 * @property {number} [k] points at stake in a vote
 * @property {number} [start] every model's first rating
 * @property {ArrayLike<number>} [order] the votes' indices as they are played; without it, as they were cast
 * @property {number[]} [at] after how many votes the ratings are wanted, rising; without it, at the end
 */

/** Those of Chatbot Arena until June 2024. */
const K = 4;
export const START = 1000;
const RATE = Math.LN10 / SCALE;
/** The stream of random numbers of the first shuffle. */
const SHUFFLES = 100;

/**
 * The probability that a model wins which is that many points stronger, ties aside.
 * @param {number} points
 */
export function chance(points) {
  return 1 / (1 + Math.exp(-RATE * points));
}

/**
 * Return the ratings after some numbers of votes, played one by one: a row a moment.
 * @param {Votes} votes
 * @param {number} models
 * @param {Rules} rules
 */
export function play(votes, models, { k = K, start = START, order, at = [votes.first.length] } = {}) {
  const { first, second, outcome } = votes;
  const ratings = new Float64Array(models).fill(start);
  let played = 0;
  return at.map((moment) => {
    const until = Math.min(moment, first.length);
    for (; played < until; played++) {
      const vote = order ? order[played] : played;
      const [one, two] = [first[vote], second[vote]];
      const gain = k * (outcome[vote] / 2 - 1 / (1 + Math.exp(RATE * (ratings[two] - ratings[one]))));
      ratings[one] += gain;
      ratings[two] -= gain;
    }
    return ratings.slice();
  });
}

/**
 * Return other orders of so many votes: their indices, a row a shuffle.
 * @param {number} votes
 * @param {number} many
 * @param {number} seed
 */
export function shuffles(votes, many, seed) {
  return [...Array(many).keys()].map((turn) => shuffled(votes, seed, SHUFFLES + turn));
}

/**
 * Return the last ratings when the same votes are played in other orders: a row a shuffle.
 * @param {Votes} votes
 * @param {number} models
 * @param {number} k
 * @param {number} many
 * @param {number} seed
 * @param {number} [start] every model's first rating
 */
export function orders(votes, models, k, many, seed, start = START) {
  return shuffles(votes.first.length, many, seed).map((order) => play(votes, models, { k, start, order })[0]);
}
