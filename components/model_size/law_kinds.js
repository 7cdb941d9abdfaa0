// What guesses are worth for the mission: near or not, and whether size helps there. No drawing; as in missions_law.py.
import { timesOff } from "./law_places.js";

/** @import { Guess } from "./law.js" */
/** @import { Study } from "./law_places.js" */
/** @typedef {"helps" | "little" | "not"} Kind what the next size does there */
/** @typedef {Record<"helps" | "not", boolean>} Reached which kinds were predicted well, in a row */

/**
 * What the next size does to the excess: divides it clearly, divides it a little, or no better than the size before.
 * @param {Study} study
 * @param {number} budget
 * @param {number} size
 * @returns {Kind}
 */
export function kindOf({ points, range }, budget, size) {
  const change = points[budget][size].mean / points[budget][size - 1].mean;
  return change < 1 / range.near ? "helps" : change < 1 ? "little" : "not";
}

/**
 * Which of both kinds the last guesses have: both, once two in a row were near, at two budgets.
 * @param {Study} study
 * @param {Guess[]} guesses that count, oldest first
 * @returns {Reached}
 */
export function reachedBy(study, guesses) {
  const judged = guesses.map((guess) => judgedKind(study, guess));
  const isWon = judged.some((one, at) => {
    const other = judged[at + 1];
    if (!other || one.stories === other.stories) return false;
    return `${one.kind} ${other.kind}` === "helps not" || `${one.kind} ${other.kind}` === "not helps";
  });
  const last = judged.at(-1)?.kind;
  return { helps: isWon || last === "helps", not: isWon || last === "not" };
}

/**
 * Whether a guess is near enough for the mission.
 * @param {Study} study
 * @param {Guess} guess
 */
export function isNear(study, guess) {
  const { budget, size } = placeOf(study, guess);
  return timesOff(guess.excess, study.points[budget][size].mean).times <= study.range.near;
}

/**
 * The point of a guess, by number.
 * @param {Study} study
 * @param {Guess} guess
 */
export function placeOf({ sizes, budgets }, guess) {
  return {
    budget: budgets.findIndex(({ stories }) => stories === guess.stories),
    size: sizes.findIndex(({ width }) => width === guess.width),
  };
}

/**
 * @param {Study} study
 * @param {Guess} guess
 * @returns {{ stories: number, kind: Kind | null }} no kind where it was far off
 */
function judgedKind(study, guess) {
  const { budget, size } = placeOf(study, guess);
  return { stories: guess.stories, kind: isNear(study, guess) ? kindOf(study, budget, size) : null };
}
