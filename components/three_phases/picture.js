// One instruction, answered by the model after each phase of its training: what was obeyed, and which tokens the phase
// made likelier. The wishes of the instruction are chosen in its own sentence.
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { instruction, showInstruction } from "./instruction.js";
import { play } from "./play.js";
import { listenToStories, showStories, stories } from "./stories.js";
import { showToken, token } from "./token.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ text: string, chance: number }} Top a token that a model finds likely */
/**
 * @typedef {object} Token
 * @property {string} text
 * @property {number[]} chances its probability at this place, for the model after each phase
 * @property {Top[][]} tops the likeliest tokens there, for each model
 */
/**
 * @typedef {object} Told what one model answered
 * @property {Token[]} tokens
 * @property {boolean} story whether the grammar knows it as a story
 * @property {Record<string, boolean | null>} met each wish, and whether it was met; null: the text is no story
 */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ wishes: Record<string, string>, phase: number, at: number, seed: number, turn: number }} State phase and
 *   at: the token that is looked at, from 0 on
 */
/** @typedef {{ name: string, before: string, options: [string, string][] }} Wish options: identifier and words */
/**
 * @typedef {object} Data
 * @property {Wish[]} wishes in the order of the sentence
 * @property {string} asked the instruction as the model reads it
 * @property {Told[] | null} answers of the three models; null: they are being written
 * @property {State} state
 * @property {boolean} veiled the answers are hidden: the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { phases: string[], afterPhases: string[], from: string[], ours: string[], wishes:
 *   Record<string, string> }} labels
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
    /** While the answer is played: how many tokens of each answer are written; null: it is not. */
    revealed: /** @type {number | null} */ (null),
    /** On a phone: whether the student has turned to a phase; until then the question's is shown. */
    hasTurned: false,
    stop() {},
    instruction: instruction(),
    stories: stories(),
    token: token(),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    isVeiled: () => ui.data.veiled && ui.revealed === null,
    /** Whether the answers are still to come: the sentence asks for something else than they answer. */
    isOld: () => ui.data.answers === null || ui.told.isWaiting() || ui.data.state.turn < ui.state.turn,
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    /**
     * Look at a token: nothing that Python need hear of.
     * @param {number} phase
     * @param {number} at
     */
    look(phase, at) {
      ui.state = { ...ui.state, phase, at };
      ui.show();
    },
    show() {
      showInstruction(ui);
      showStories(ui);
      showToken(ui);
    },
  };
  listenToStories(ui);
  root.append(ui.instruction.box, ui.stories.box, ui.token.box);
  return ui;
}
