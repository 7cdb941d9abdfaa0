// The arena's laboratory: voters whose taste is known vote; Elo, game by game, and Bradley–Terry, all at once, rank the
// models beside the truth. Votes, their order, the voters' taste, fake votes and missing ones move under the hand.
import { make } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { hands, listen, showHands } from "./lab_hands.js";
import { chart, draw } from "./lab_rows.js";
import { say, words } from "./lab_words.js";
import { inView, ranker } from "./ranked.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {"order" | "taste" | "cheat" | "drop"} View */
/**
 * What the student chose; every value but `seed`, `order` and `helped` is one of those that `choices` lists.
 * @typedef {object} State
 * @property {View} view
 * @property {number} votes in the whole arena
 * @property {number} seed which votes
 * @property {number} k points at stake in a vote, for Elo
 * @property {number} order in which order Elo plays them; 0: as they were cast
 * @property {number} ties percent of them between equal models
 * @property {number} bias points that a longer answer is worth, by step
 * @property {boolean} style what length is worth is reckoned too, and taken off
 * @property {number} fakes votes of a robot
 * @property {number} helped for which model
 * @property {"first" | "all"} against whom it votes
 * @property {number} dropped votes taken away
 * @property {"worst" | "chance"} lost which ones
 * @property {number} turn
 */
/**
 * @typedef {object} Data
 * @property {string[]} names of the models, the best first
 * @property {number[]} strengths their true points
 * @property {number[]} verbosity how often each writes long answers, 0 to 1
 * @property {{ votes: number[], k: number[], ties: number[], bias: number[], fakes: number[], dropped: number[] }} choices
 * @property {Record<View, Partial<State>>} own what only one view changes, and where it stands in the others
 * @property {State} state
 * @property {number} plays
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { views: Record<View, string>, targets: Record<string, string>,
 *   losses: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds that the finger rests before all rounds are drawn. */
const REST = 150;

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, (ui, tell) => {
    ui.show();
    tell();
  });
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const rank = ranker(data);
  const ui = {
    root,
    data,
    plays: data.plays,
    state: data.state,
    stop() {},
    ranked: rank(inView(data, data.state)),
    /** Whether the finger moves: fewer rounds and orders then, and all of them when it rests. */
    isMoving: false,
    chart: chart(data.names.length),
    words: words(),
    hands: hands((/** @type {Partial<State>} */ changed) => ui.choose(changed)),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    rested: patient(() => {
      ui.isMoving = false;
      ui.show();
    }, REST),
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      ui.isMoving = false;
      takeUp(ui, changed);
    },
    /**
     * The same for a finger that goes on moving.
     * @param {Partial<State>} changed
     */
    slide(changed) {
      ui.isMoving = true;
      takeUp(ui, changed);
      ui.rested.soon();
    },
    show() {
      ui.ranked = rank(inView(ui.data, ui.state), ui.isMoving);
      draw(ui);
      say(ui);
      showHands(ui);
    },
  };
  listen(ui);
  root.append(ui.chart.box, make("div", { class: "beside" }, ui.hands.box, ui.words.box));
  return ui;
}
