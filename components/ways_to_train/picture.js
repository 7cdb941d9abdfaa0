// Four ways to teach a model one task: how well each does with so many labelled words, what it costs, and the words
// themselves in the boxes where it puts them. All was recorded, so moving costs no round trip.
import { make } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { receive } from "../in_browser/received.js";
import { boxes, showBoxes } from "./boxes.js";
import { chart, draw } from "./chart.js";
import { costs, showCosts } from "./costs.js";
import { hands, listen, showHands } from "./hands.js";
import { boxesOf, spreadOf, unpacked } from "./measured.js";
import { play } from "./play.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Box } from "./chart.js" */
/** @import { Recorded, Sent, Spread, Way } from "./measured.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ examples: number, way: Way, draw: number, calibrated: boolean, turn: number }} State examples: labelled
 */
/** @typedef {{ english: string, french: string, box: number }} Word box: the one it belongs in */
/**
 * @typedef {object} Cost
 * @property {number[] | null} learning seconds, by the count of labelled words; null: nothing is learned
 * @property {number[] | null} answering seconds for a word, by the same; zero-shot has one; null: not measured, it is nothing
 * @property {number} changed parameters
 * @property {string} model what its weights are known by, before and after; "": it is a new one
 */
/**
 * @typedef {object} Data
 * @property {Word[]} words that nobody was taught
 * @property {string[]} boxes their names
 * @property {number[]} counts of labelled words along the axis
 * @property {number} draws of the examples that can be looked at
 * @property {string[]} wordings that zero-shot says instead of examples
 * @property {Record<string, Sent>} ways prompts also as "few_shot raw" and "zero_shot raw": without calibration
 * @property {Record<Way, Cost>} costs
 * @property {State} state
 * @property {boolean} veiled the networks that learn are hidden: the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { wayNames: Record<Way, string>, short: Record<Way, string>,
 *   years: Record<Way, string> }} labels
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
  const right = data.words.map((word) => word.box);
  const recorded = new Map(Object.entries(data.ways).map(([name, sent]) => [name, unpacked(sent, right.length)]));
  /** @type {Map<string, Spread | null>} computed once */
  const spreads = new Map();
  const ui = {
    root,
    data,
    right,
    plays: data.heard,
    state: data.state,
    /** While the answer is played: the last count whose points are shown of the networks that learn; null: it is not. */
    revealed: /** @type {number | null} */ (null),
    /** The word that the student points at; −1: none. */
    pointed: -1,
    stop() {},
    box: /** @type {Box} */ ({ width: 0, height: 0, left: 0, right: 0, top: 0, bottom: 0 }),
    chart: chart(),
    boxes: boxes(data.words),
    costs: costs(),
    hands: hands(),
    more: more(root),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    isVeiled: () => ui.data.veiled && ui.revealed === null,
    /**
     * Whether nobody may know yet how well a way does with so many.
     * @param {Way} way
     * @param {number} count
     */
    isHidden: (way, count) => {
      if (way === "few_shot" || way === "zero_shot") return false;
      return ui.revealed === null ? ui.data.veiled : count > ui.revealed;
    },
    /** @param {Way} way @returns {Recorded} */
    recordedOf(way) {
      const name = way.endsWith("shot") && !ui.state.calibrated ? `${way} raw` : way;
      return /** @type {Recorded} */ (recorded.get(name));
    },
    /**
     * @param {Way} way
     * @param {number} count of labelled words; without examples there are none, whatever the ruler says
     * @returns {Spread | null}
     */
    spread(way, count) {
      const at = way === "zero_shot" ? 0 : count;
      const key = `${way} ${at} ${ui.state.calibrated}`;
      const known = spreads.get(key);
      if (known !== undefined) return known;
      const found = spreadOf(ui.recordedOf(way), at, right);
      spreads.set(key, found);
      return found;
    },
    /** @returns {ArrayLike<number> | null} the box of each word, by the chosen way; null: not to be known yet */
    sorted() {
      const { way, examples, draw: drawn } = ui.state;
      if (ui.isHidden(way, examples)) return null;
      return boxesOf(ui.recordedOf(way), way === "zero_shot" ? 0 : examples, drawn);
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
      draw(ui);
      showCosts(ui);
      showBoxes(ui);
      showHands(ui);
    },
  };
  listen(ui);
  const left = make("div", { class: "beneath" }, ui.chart.box, ui.costs.box, ui.costs.hash);
  const beside = make("div", { class: "beside" }, ui.hands.head, ui.hands.said, ui.boxes.box, ui.boxes.said);
  root.append(make("div", { class: "pictures" }, left, beside));
  new ResizeObserver(() => draw(ui)).observe(ui.chart.box);
  return ui;
}
