// The game: what is known, what is lit, what was guessed; and what a hand may do. What was seen once counts no more.
import { noteMove, takeUp } from "../in_browser/hand.js";
import { guessAt, lawAt } from "./law_places.js";

/** @import { Surroundings } from "../in_browser/base.js" */
/** @import { Data, Guess, Picture, State } from "./law.js" */
/** @import { Along } from "./law_places.js" */
/** @typedef {{ step: number, at: string, isMoved: boolean }} Mark */
/**
 * @typedef {object} Game
 * @property {Data & Surroundings} data
 * @property {State} state
 * @property {Guess[]} guesses oldest first, those for practice among them
 * @property {number} seen how many sizes, the smallest first, have been shown with every budget in this session
 * @property {Mark} mark the guess under the finger: where it stands, at which point, and whether a hand has moved it
 */

/**
 * What can be asked of a game as it stands.
 * @param {Game} game
 */
export function reading(game) {
  const study = () => game.data.study;
  const here = {
    isPredicting: () => game.state.mode === "predict",
    along: () => /** @type {Along} */ (here.isPredicting() ? "parameters" : game.state.axis),
    budget: () => study().budgets.findIndex(({ stories }) => stories === game.state.budget),
    /** The size that is lit: under the ruler, or the next one. */
    size: () =>
      here.isPredicting() ? game.state.known : study().sizes.findIndex(({ width }) => width === game.state.size),
    point: () => study().points[here.budget()][here.size()],
    /** What the law says at the lit point: that of all sizes, or of those that are known. */
    law() {
      const { laws, sizes, budgets } = study();
      const fitted = laws[here.isPredicting() ? game.state.known : sizes.length];
      return lawAt(fitted, sizes[here.size()].inside, budgets[here.budget()].tokens);
    },
    /**
     * What was guessed of a point, if it was.
     * @param {number} budget
     * @param {number} size
     */
    guessed: (budget, size) =>
      game.guesses.find(
        ({ stories, width }) => stories === study().budgets[budget].stories && width === study().sizes[size].width,
      ),
    /** The guess that stands at the lit point. */
    guess: () => here.guessed(here.budget(), here.size())?.excess ?? guessAt(study().range, game.mark.step),
    isShown: () => Boolean(here.guessed(here.budget(), here.size())),
    /** Whether the lit point was shown before: a guess of it is practice. */
    isPractice() {
      const guess = here.guessed(here.budget(), here.size());
      return guess ? Boolean(guess.isPractice) : here.size() < game.seen;
    },
    counted: () => game.guesses.filter(({ isPractice }) => !isPractice),
    /** Whether a look at everything would spoil the mission. */
    wouldSpoil: () => !game.data.mission.isTicked && game.data.mission.canCome && game.seen < study().sizes.length,
  };
  return here;
}

/**
 * Take what the hand chose; whoever asks to see everything while there is a mission to win is asked once whether to.
 * @param {Picture} ui
 * @param {Partial<State>} changed
 */
export function choose(ui, changed) {
  ui.isAsking = changed.mode === "all" && ui.isPredicting() && ui.wouldSpoil() && !ui.isAsking;
  if (ui.isAsking) ui.show();
  else takeUp(ui, changed);
}

/**
 * Move the mark.
 * @param {Picture} ui
 * @param {number} step
 */
export function aim(ui, step) {
  if (!ui.isPredicting() || ui.isShown()) return;
  const begun = performance.now();
  ui.mark = { ...ui.mark, step, isMoved: true };
  ui.isAsking = false;
  ui.show();
  noteMove(ui.root, begun);
}

/**
 * Show the truth: where the mark stands is the guess. A mark that nobody moved says nothing.
 * @param {Picture} ui
 */
export function reveal(ui) {
  if (!ui.mark.isMoved || ui.isShown()) return;
  const { study } = ui.data;
  const guess = { stories: ui.state.budget, width: study.sizes[ui.size()].width, excess: ui.guess() };
  ui.guesses.push({ ...guess, isPractice: ui.isPractice() });
  ui.send("guess", { ...guess, seen: ui.seen, number: Date.now() });
  ui.show();
}
