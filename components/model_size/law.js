// A scaling law measured here: the student draws the next size before it is shown; or every point, and the law's errors.
// All that was measured is here, so moving costs no round trip; when the hand rests, Python learns where.
import { make, pictureIn } from "../in_browser/base.js";
import { noteMove, patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { chart, draw, listenToChart } from "./law_chart.js";
import { duel, showDuel } from "./law_duel.js";
import { hands, listen, showHands } from "./law_hands.js";
import { fillLegend, legend } from "./law_legend.js";
import { offMap, showOff } from "./law_off.js";
import { guessAt, lawAt, stepOf } from "./law_places.js";
import { said, showSaid } from "./law_said.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Along, Study } from "./law_places.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ mode: "predict" | "all", axis: Along, embeddings: boolean, budget: number, size: number, known: number,
 *   turn: number }} State budget in stories, size by its width, known: how many sizes are
 */
/** @typedef {{ stories: number, width: number, excess: number }} Guess */
/**
 * @typedef {object} Data
 * @property {Study} study
 * @property {State} state
 * @property {Guess[]} guesses of this session, oldest first
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { modes: Record<string, string>, axes: Record<string, string>,
 *   xNames: Record<string, string> }} labels
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
  const ui = {
    root,
    data,
    state: data.state,
    guesses: [...data.guesses],
    /** The guess under the finger: where it stands, at which point, and whether a hand has moved it. */
    mark: { step: 0, at: "", isMoved: false },
    chart: chart(),
    hands: hands(),
    said: said(),
    duel: duel(),
    off: offMap((budget, size) => ui.choose({ budget, size })),
    more: more(root),
    title: make("p", { class: "title" }),
    legend: legend(),
    stop() {},
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    isPredicting: () => ui.state.mode === "predict",
    along: () => (ui.isPredicting() ? "parameters" : ui.state.axis),
    budget: () => ui.data.study.budgets.findIndex(({ stories }) => stories === ui.state.budget),
    /** The size that is lit: under the ruler, or the next one. */
    size: () =>
      ui.isPredicting() ? ui.state.known : ui.data.study.sizes.findIndex(({ width }) => width === ui.state.size),
    point: () => ui.data.study.points[ui.budget()][ui.size()],
    /** What the law says at the lit point: that of all sizes, or of those that are known. */
    law() {
      const { laws, sizes, budgets } = ui.data.study;
      const fitted = laws[ui.isPredicting() ? ui.state.known : sizes.length];
      return lawAt(fitted, sizes[ui.size()].inside, budgets[ui.budget()].tokens);
    },
    /**
     * What was guessed of a point, if it was.
     * @param {number} budget
     * @param {number} size
     */
    guessed(budget, size) {
      const { sizes, budgets } = ui.data.study;
      return ui.guesses.find(
        ({ stories, width }) => stories === budgets[budget].stories && width === sizes[size].width,
      );
    },
    /** The guess that stands at the lit point. */
    guess: () => ui.guessed(ui.budget(), ui.size())?.excess ?? guessAt(ui.data.study.range, ui.mark.step),
    isShown: () => Boolean(ui.guessed(ui.budget(), ui.size())),
    /** @param {Partial<State>} changed */
    choose(changed) {
      takeUp(ui, changed);
    },
    /** Move the mark. @param {number} step */
    aim(step) {
      if (!ui.isPredicting() || ui.isShown()) return;
      const begun = performance.now();
      ui.mark = { ...ui.mark, step, isMoved: true };
      ui.show();
      noteMove(ui.root, begun);
    },
    /** Show the truth: where the mark stands is the guess. */
    reveal() {
      if (!ui.mark.isMoved || ui.isShown()) return;
      const { study } = ui.data;
      const guess = { stories: ui.state.budget, width: study.sizes[ui.size()].width, excess: ui.guess() };
      ui.guesses.push(guess);
      ui.send("guess", { ...guess, number: Date.now() });
      ui.show();
    },
    show: () => show(ui),
  };
  listen(ui);
  listenToChart(ui);
  const head = make("div", { class: "head" }, ui.hands.mode.box, ui.hands.along);
  const left = make("div", { class: "beneath" }, ui.title, ui.legend, ui.chart.box);
  const right = make("div", { class: "beside" }, ui.said.box, ...ui.hands.parts, ui.more, ui.duel.box, ui.off.box);
  root.append(head, make("div", { class: "pictures" }, left, right));
  new ResizeObserver(() => draw(ui)).observe(ui.chart.box);
  return ui;
}

/** @param {Picture} ui */
function show(ui) {
  const { study, labels } = ui.data;
  const at = `${ui.state.budget} ${ui.state.known}`;
  if (ui.mark.at !== at) {
    const before = study.points[ui.budget()][ui.state.known - 1].mean;
    ui.mark = { step: stepOf(study.range, before), at, isMoved: false };
  }
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
