// The ladder: one task, and what each model makes of it, from the simplest on. The next row is guessed before it is
// shown. All that was recorded is here, so moving costs no round trip; when the hand rests, Python learns where.
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { hands, listen, showHands } from "./hands.js";
import { drawLadder, ladder } from "./ladder.js";
import { drawMistakes, mistakes } from "./mistakes.js";
import { play } from "./play.js";
import { showWords, words } from "./words.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Mistake } from "./mistakes.js" */
/**
 * One model on one training set.
 * @typedef {object} Rung
 * @property {string} model
 * @property {number[]} validation share of right answers, one for each seed
 * @property {number} accuracy their mean
 * @property {number} low end of its interval, as far as the validation set can tell
 * @property {number} high
 * @property {number | null} test mean share on the sealed set; null where there is none
 * @property {number} learned seconds of the training
 * @property {number} answered seconds to answer the validation set
 * @property {number} lines of code
 * @property {Mistake[]} wrong some of what it misread
 * @property {Against | null} against the best of the rows above; null in the first row
 */
/**
 * @typedef {object} Against
 * @property {string} model
 * @property {number} gap share of right answers more than that one's
 * @property {number | null} p of Welch's test over the seeds; null where there is none
 * @property {"real" | "unclear" | "equal" | "too_few"} kind
 * @property {number} seeds
 */
/** @typedef {{ accuracy: number, learned: number, answered: number }} Here what this machine measured, once */
/**
 * What the student chose: a task, how many examples, how many rows are shown, whether the test set is opened, whether
 * the axis shows the best rows alone, and what was guessed of the row that was shown last.
 * @typedef {{ task: string, size: number, rows: number, test: boolean, close: boolean, turn: number, bet?: number }} State
 */
/**
 * @typedef {object} Data
 * @property {Record<string, { all: number, sizes: number[], ladders: Rung[][] }>} tasks a ladder for each size; `all`
 *   is how many examples there are
 * @property {Record<string, string>} sheets of the tasks on images: those that were misread, in one, as its address
 * @property {number} columns of images in a sheet
 * @property {Record<string, Here>} here by model, of the task and size that stand: what this machine measured
 * @property {{ task: string, size: number }} asked what the question is about
 * @property {State} state
 * @property {boolean} veiled the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { taskNames: Record<string, string>, made: Record<string, string>,
 *   models: Record<string, string>, libraries: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, play);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    root,
    data,
    plays: data.heard,
    state: data.state,
    /** While the answer is played: how many rows are shown; null: it is not. */
    played: /** @type {number | null} */ (null),
    /** What was guessed of each row, by task, size and model: shares. */
    bets: /** @type {Map<string, number>} */ (new Map()),
    /** Where the marker of the next row stands, once a hand has moved it. */
    marker: /** @type {number | null} */ (null),
    /** How often the test set was opened in this picture. */
    opened: 0,
    stop() {},
    ladder: ladder(),
    hands: hands(Object.keys(data.tasks)),
    mistakes: mistakes(),
    words: words(),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    task: () => ui.data.tasks[ui.state.task],
    rungs: () => ui.task().ladders[ui.task().sizes.indexOf(ui.state.size)],
    /** Whether what stands here would answer the question that waits. */
    isVeiled: () => ui.data.veiled && ui.state.task === ui.data.asked.task && ui.state.size === ui.data.asked.size,
    shown: () => ui.played ?? (ui.isVeiled() ? 1 : ui.state.rows),
    /** @returns {Rung | undefined} the row that is guessed now */
    next: () => ui.rungs()[ui.shown()],
    /** @param {string} model */
    key: (model) => `${ui.state.task} ${ui.state.size} ${model}`,
    /** @param {string} model */
    nameOf: (model) => (model === "made" ? ui.data.labels.made[ui.state.task] : ui.data.labels.models[model]),
    /** Where the marker of the next row stands: at the row above, until a hand moves it. */
    bet: () => ui.marker ?? ui.rungs()[ui.shown() - 1].accuracy,
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    show() {
      drawLadder(ui);
      drawMistakes(ui);
      showHands(ui);
      showWords(ui);
    },
  };
  listen(ui);
  ui.ladder.box.append(ui.mistakes.names);
  root.append(ui.hands.head, ui.ladder.box, ui.mistakes.box, ui.hands.foot, ui.words.box);
  new ResizeObserver(() => drawLadder(ui)).observe(ui.ladder.box);
  return ui;
}
