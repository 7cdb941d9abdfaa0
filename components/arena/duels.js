// Votes between two models, drawn with the chances that their ratings give, and what such votes say of the gap.
import { drawer } from "./draws.js";
import { chance } from "./elo.js";

/** Points that multiply the chances by ten. */
const TEN_TIMES = 400;
/** The stream of random numbers of the first arena. */
const STREAM = 1_000;
/** Deviations of a normal distribution between which 95 % of it lie. */
const DEVIATIONS = 1.959963984540054;

/**
 * Votes for the first model, by number of votes and arena. Each number's votes begin with those of the one before.
 * @param {number} points that the first is ahead
 * @param {readonly number[]} rungs numbers of votes, ascending
 * @param {number} arenas how often it is all drawn
 * @param {number} draw which votes
 */
export function winsOf(points, rungs, arenas, draw) {
  const share = chance(points);
  const wins = rungs.map(() => new Uint32Array(arenas));
  for (let arena = 0; arena < arenas; arena++) {
    const number = drawer(draw, STREAM + arena);
    let [count, vote] = [0, 0];
    rungs.forEach((rung, at) => {
      for (; vote < rung; vote++) if (number(vote) < share) count++;
      wins[at][arena] = count;
    });
  }
  return wins;
}

/**
 * The gap that votes speak of, in points, with its interval of 95 % (Wilson 1927, equation 4, on the odds).
 * @param {number} wins votes for the first
 * @param {number} votes
 */
export function gapOf(wins, votes) {
  const [share, weight] = [wins / votes, DEVIATIONS ** 2 / votes];
  const middle = (share + weight / 2) / (1 + weight);
  const reach = (DEVIATIONS * Math.sqrt((share * (1 - share)) / votes + weight / (4 * votes))) / (1 + weight);
  return {
    gap: pointsOf(share),
    low: pointsOf(Math.max(0, middle - reach)),
    high: pointsOf(Math.min(1, middle + reach)),
  };
}

/** @param {number} share of the votes; 0 and 1 are endlessly far */
function pointsOf(share) {
  return TEN_TIMES * Math.log10(share / (1 - share));
}
