// The arena's table as dots with their intervals on one scale, and a duel: two models, so many votes between them, and
// what twenty such arenas would say of the gap. All is reckoned here, so moving costs no round trip.
import { make } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { duel, showDuel } from "./duel.js";
import { winsOf } from "./duels.js";
import { listen, showHands } from "./hands.js";
import { play } from "./play.js";
import { rows, showRows } from "./rows.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * A model of the table.
 * @typedef {object} Row
 * @property {string} name
 * @property {number} rating in points
 * @property {number} low lower bound of its interval
 * @property {number} high upper bound
 * @property {number} may its rating three months before
 * @property {number} votes in which it took part
 * @property {string} about who made it, under which licence, what it has read
 */
/**
 * What the student chose: two models by their places, how many votes between them, which draw of these.
 * @typedef {{ first: number, second: number, votes: number, draw: number, turn: number }} State
 */
/**
 * @typedef {object} Data
 * @property {Row[]} rows the best first
 * @property {number[]} rungs numbers of votes that can be chosen
 * @property {number} arenas how many times the same votes are drawn
 * @property {State} state
 * @property {boolean} veiled who wins how often is hidden: the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string>} labels
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
  /** @type {{ key: string, wins: Uint32Array[] }} of the last pair and draw: a move over the votes draws none anew */
  let drawn = { key: "", wins: [] };
  const ui = {
    root,
    data,
    plays: data.heard,
    state: data.state,
    /** While the answer is played: how many votes are counted so far; null: it is not. */
    counted: /** @type {number | null} */ (null),
    stop() {},
    /** Which model was clicked last. */
    clicked: data.state.second,
    rows: rows(data.rows.length),
    duel: duel(),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    isVeiled: () => ui.data.veiled && ui.counted === null,
    pair: () => /** @type {const} */ ([ui.data.rows[ui.state.first], ui.data.rows[ui.state.second]]),
    gap() {
      const [first, second] = ui.pair();
      return first.rating - second.rating;
    },
    /** Votes for the first model in each arena, at the chosen number of votes. */
    wins() {
      const { rungs, arenas } = ui.data;
      const key = `${ui.gap()} ${ui.state.draw}`;
      if (drawn.key !== key) drawn = { key, wins: winsOf(ui.gap(), rungs, arenas, ui.state.draw) };
      return drawn.wins[rungs.indexOf(ui.state.votes)];
    },
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    show() {
      root.classList.toggle("veiled", ui.isVeiled());
      showRows(ui);
      showDuel(ui);
      showHands(ui);
    },
  };
  listen(ui);
  root.append(make("div", { class: "pictures" }, ui.rows.box, ui.duel.box));
  new ResizeObserver(() => showDuel(ui)).observe(ui.duel.chart);
  return ui;
}
