// A prompt under the student's hands: examples to add, take away, move and label, a word to sort, and what the model
// then finds likely. The prompt is its own editor: line by line what the model reads.
import { make, pictureIn } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { answers, showAnswers } from "./prompt_answers.js";
import { cards, showCards } from "./prompt_cards.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ word: string, label: string }} Card */
/** @typedef {{ raw: number[], calibrated: number[], free: number[], tokens: number, fallen: number }} Answer */
/** @typedef {{ raw: number, calibrated: number, words: number }} Score how many of the words were sorted right */
/**
 * What the student wrote. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ cards: Card[], word: string, turn: number }} State
 */
/**
 * @typedef {object} Data
 * @property {State} state
 * @property {string[]} boxes the labels, as the model reads them
 * @property {string[]} called the same, as the page calls them
 * @property {Answer | null} answer to this prompt; null: it is not there
 * @property {Score | null} score of this prompt
 * @property {"" | "answering" | "scoring"} busy
 * @property {string} missing why nothing live can be asked; "": it can
 * @property {{ cards: number, word: number }} most cards, and characters of a word
 * @property {string} beside what the prompt is to be compared with, in words
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Prompt */

/** Milliseconds without a key after which the model is asked. */
const PAUSE = 500;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (state) => setStateValue("state", state);
  ui.measure = () => setTriggerValue("measure", Date.now());
  if (data.state.turn >= ui.state.turn) ui.state = copyOf(data.state);
  ui.show();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    state: copyOf(data.state),
    send: (/** @type {State} */ _state) => {},
    measure() {},
    told: patient(() => ui.send(copyOf(ui.state)), PAUSE),
    cards: cards(),
    answers: answers(),
    /** Whether what is shown answers what stands in the prompt. */
    isOld: () =>
      !ui.state.word || ui.told.isWaiting() || ui.data.busy === "answering" || ui.data.state.turn < ui.state.turn,
    /**
     * Take what the hand changed; the model is asked when it rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      ui.state = { ...ui.state, ...changed, turn: ui.state.turn + 1 };
      ui.told.soon();
      ui.show();
    },
    show() {
      showCards(ui);
      showAnswers(ui);
    },
  };
  ui.answers.measure.onclick = () => {
    if (ui.told.isWaiting()) ui.told.now();
    ui.measure();
  };
  root.append(make("div", { class: "sides" }, ui.cards.box, ui.answers.box));
  return ui;
}

/** @param {State} state */
function copyOf({ cards: there, word, turn }) {
  return { cards: there.map((card) => ({ ...card })), word, turn };
}
