// A scaling law measured here: the student draws the next size before it is shown; or every point, and the law's errors.
// All that was measured is here, so moving costs no round trip; when the hand rests, Python learns where.
import { make, pictureIn } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { chart, draw, listenToChart } from "./law_chart.js";
import { duel, showDuel } from "./law_duel.js";
import { reading } from "./law_game.js";
import { hands, listen, showHands } from "./law_hands.js";
import { fillLegend, legend } from "./law_legend.js";
import { offMap, showOff } from "./law_off.js";
import { stepOf } from "./law_places.js";
import { said, showSaid } from "./law_said.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Game } from "./law_game.js" */
/** @import { Along, Study } from "./law_places.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ mode: "predict" | "all", axis: Along, embeddings: boolean, budget: number, size: number, known: number,
 *   turn: number }} State budget in stories, size by its width, known: how many sizes are
 */
/**
 * What was said of a point; for practice, where that point had been shown before.
 * @typedef {{ stories: number, width: number, excess: number, isPractice?: boolean }} Guess
 */
/**
 * @typedef {object} Data
 * @property {Study} study
 * @property {State} state
 * @property {Guess[]} guesses of this session that count, oldest first
 * @property {number} seen how many sizes, the smallest first, this session was shown with every budget
 * @property {{ isTicked: boolean, canCome: boolean }} mission whether it was ever reached, and whether it still can be
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { modes: Record<string, string>, axes: Record<string, string>,
 *   xNames: Record<string, string>, grown: Record<string, string>, kinds: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  if (data.state.turn >= ui.state.turn) ui.state = { ...data.state };
  ui.show();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  /** @type {Game} */
  const game = {
    data,
    state: data.state,
    guesses: [...data.guesses],
    seen: data.seen,
    mark: { step: 0, at: "", isMoved: false },
  };
  const parts = { chart: chart(), hands: hands(), said: said(), duel: duel(), off: offMap(), legend: legend() };
  const ui = Object.assign(game, reading(game), parts, {
    root,
    more: more(root),
    title: make("p", { class: "title" }),
    /** Whether the student was asked if everything shall be seen. */
    isAsking: false,
    stop() {},
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state, seen: ui.seen })),
    show: () => show(ui),
  });
  listen(ui);
  listenToChart(ui);
  const head = make("div", { class: "head" }, ui.hands.mode.box, ui.hands.along);
  const left = make("div", { class: "beneath" }, ui.title, ui.legend, ui.chart.box);
  const right = make("div", { class: "beside" }, ui.said.box, ...ui.hands.parts, ui.more, ui.duel.box);
  root.append(head, make("div", { class: "pictures" }, left, right, ui.off.box));
  new ResizeObserver(() => draw(ui)).observe(ui.chart.box);
  return ui;
}

/** @param {Picture} ui */
function show(ui) {
  const { study, labels, seen } = ui.data;
  const at = `${ui.state.budget} ${ui.state.known}`;
  if (ui.mark.at !== at) {
    const before = study.points[ui.budget()][ui.state.known - 1].mean;
    ui.mark = { step: stepOf(study.range, before), at, isMoved: false };
  }
  ui.seen = Math.max(ui.seen, seen, ui.isPredicting() ? ui.state.known : study.sizes.length);
  ui.root.dataset.mode = ui.state.mode;
  ui.more.textContent = labels.more;
  ui.title.textContent = labels.yName;
  fillLegend(ui.legend, labels, ui.isPredicting());
  showHands(ui);
  showSaid(ui);
  showDuel(ui);
  showOff(ui);
  draw(ui);
}
