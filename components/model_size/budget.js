// A budget of operations, split under the finger: more parameters are fewer tokens. What the law expects of each split,
// what known trainings chose, what the training takes on a card. When the hand rests, Python learns where.
import { make, pictureIn } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { area, drawArea } from "./budget_area.js";
import { chart, draw, measure } from "./budget_chart.js";
import { figures, listenFigures, showFigures, showVerdict } from "./budget_figures.js";
import { hands, listen, showHands } from "./budget_hands.js";
import { drawMap, map } from "./budget_map.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Figure } from "./budget_figures.js" */
/** @import { Law, Limits, Training } from "./budget_law.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ ops: number, size: number, card: string, share: number, figure: Figure, turn: number }} State
 */
/** @typedef {{ id: string, name: string, rate: number, kind: string, source: string }} Card */
/**
 * @typedef {object} Data
 * @property {Record<string, Law>} laws "epoch" is the one that the chart draws
 * @property {Limits} limits
 * @property {(Training & { source: string })[]} trainings
 * @property {Card[]} cards
 * @property {State} state
 * @property {{ known: string, won: boolean, words: string }} [reply] to the last bet
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {any} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  if (data.state.turn >= ui.state.turn) ui.state = { ...data.state };
  ui.measured();
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
    /** Whether the curve is hidden, for a bet. */
    isBetting: false,
    /** Whether the curve has just been shown: it is drawn from the left. */
    isFresh: false,
    /** The known trainings whose curve was seen, by identifier. */
    seen: /** @type {Set<string>} */ (new Set()),
    stop() {},
    chart: chart(),
    area: area(),
    map: map(),
    figures: figures(),
    hands: hands(data.trainings.map(({ id }) => id)),
    verdict: make("p", { class: "verdict", "aria-live": "polite" }),
    reply: make("p", { class: "reply", "aria-live": "polite" }),
    more: more(root, true),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    law: () => ui.data.laws.epoch,
    /** The known training that spent this budget, if one did. */
    known: () => ui.data.trainings.find(({ operations }) => operations === ui.state.ops),
    card: () => ui.data.cards.find(({ id }) => id === ui.state.card) ?? ui.data.cards[0],
    /** @param {Training | undefined} known */
    canBet: (known) =>
      known !== undefined && known.operations >= ui.data.limits.least && !ui.data.hidden.includes("ms_budget_bet"),
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    /** Ask how large the drawings are: at each message from Python, and when the page changes its width. */
    measured() {
      for (const part of [ui.chart, ui.area, ui.map]) measure(part);
      ui.map.drawn = 0;
    },
    show() {
      const { labels } = ui.data;
      ui.more.textContent = labels.more;
      showHands(ui);
      showVerdict(ui);
      showReply();
      showFigures(ui);
      drawAll();
    },
  };
  const showReply = () => {
    const { reply } = ui.data;
    const isAbout = reply?.known === ui.known()?.id && !ui.isBetting;
    const words = reply && isAbout ? reply.words : "";
    ui.reply.dataset.won = String(Boolean(reply?.won));
    if (ui.reply.textContent !== words) ui.reply.textContent = words;
  };
  const drawAll = () => {
    draw(ui);
    drawArea(ui);
    drawMap(ui);
  };
  const remeasured = () => {
    ui.measured();
    drawAll();
  };
  const first = ui.known();
  if (first) ui.seen.add(first.id); // a link shows its experiment at once
  listen(ui);
  listenFigures(ui);
  const { hands: held } = ui;
  const head = make("div", { class: "head" }, held.known.box, held.budget.box);
  const said = make("div", { class: "said-here" }, ui.verdict, held.bet, ui.reply);
  const cards = make("div", { class: "cards folds" }, held.cardRow, held.share.box);
  ui.map.box.classList.add("folds");
  root.append(
    head,
    make("div", { class: "pictures" }, ui.chart.box, said, ui.area.box),
    held.note,
    ui.figures.row,
    ui.figures.formula,
    ui.more,
    cards,
    ui.map.box,
  );
  const observer = new ResizeObserver(remeasured);
  observer.observe(ui.chart.box);
  observer.observe(ui.area.box);
  observer.observe(ui.map.box);
  return ui;
}
