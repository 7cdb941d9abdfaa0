// A budget of operations, split under the finger: more parameters are fewer tokens. What the law expects of each split,
// what known trainings chose, what the training takes on a card. When the hand rests, Python learns where.
import { make, pictureIn } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { area, drawArea } from "./budget_area.js";
import { canBet, noteSeen } from "./budget_bets.js";
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
 * @property {boolean} asks whether it opens with the curve hidden
 * @property {number[]} seen budgets whose curves this session has shown
 * @property {{ ops: number, won: boolean, words: string }} [reply] to the last bet
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
  for (const ops of data.seen) ui.seen.add(ops);
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
    ...bets(data),
    ...parts(root, data),
    stop() {},
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => {
      noteSeen(ui);
      ui.send("state", { ...ui.state, seen: [...ui.seen] });
    }),
    law: () => ui.data.laws.epoch,
    /** The known training that spent this budget, if one did. */
    known: () => ui.data.trainings.find(({ operations }) => operations === ui.state.ops),
    card: () => ui.data.cards.find(({ id }) => id === ui.state.card) ?? ui.data.cards[0],
    /** Whether the curve is hidden, for a bet. @returns {boolean} */
    get isBetting() {
      return ui.hides && canBet(ui, ui.state.ops);
    },
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
      ui.more.textContent = ui.data.labels.more;
      showHands(ui);
      showVerdict(ui);
      showReply(ui);
      showFigures(ui);
      drawAll(ui);
    },
  };
  listen(ui);
  listenFigures(ui);
  lay(ui);
  watch(ui);
  return ui;
}

/** What a bet needs to know. @param {Data} data */
function bets({ asks }) {
  return {
    /** Whether the student wants the curve hidden. */
    hides: asks,
    /** Whether the ruler was moved since the curve hid. */
    isPlaced: false,
    /** Whether the curve has just been shown: it is drawn from the left. */
    isFresh: false,
    /** The budgets whose curve was on show when the hand rested. */
    seen: /** @type {Set<number>} */ (new Set()),
  };
}

/**
 * @param {HTMLElement} root
 * @param {Data} data
 */
function parts(root, data) {
  return {
    chart: chart(),
    area: area(),
    map: map(),
    figures: figures(),
    hands: hands(data.trainings.map(({ id }) => id)),
    verdict: make("p", { class: "verdict", "aria-live": "polite" }),
    reply: make("p", { class: "reply", "aria-live": "polite" }),
    more: more(root, true),
  };
}

/** Lay the parts out. @param {Picture} ui */
function lay({ root, hands: held, chart, area, map, figures, verdict, reply, more }) {
  const head = make("div", { class: "head" }, held.known.box, held.budget.box);
  const said = make("div", { class: "said-here" }, verdict, held.bet, reply);
  const pictures = make("div", { class: "pictures" }, chart.box, said, area.box);
  const cards = make("div", { class: "cards folds" }, held.cardRow, held.share.box);
  map.box.classList.add("folds");
  root.append(head, pictures, held.note, figures.row, figures.formula, more, cards, map.box);
}

/** Draw again when the page changes its width. @param {Picture} ui */
function watch(ui) {
  const observer = new ResizeObserver(() => {
    ui.measured();
    drawAll(ui);
  });
  for (const { box } of [ui.chart, ui.area, ui.map]) observer.observe(box);
}

/** What the last bet was told, where its curve is on show. @param {Picture} ui */
function showReply({ data, state, isBetting, reply }) {
  const words = data.reply && data.reply.ops === state.ops && !isBetting ? data.reply.words : "";
  reply.dataset.won = String(Boolean(data.reply?.won));
  if (reply.textContent !== words) reply.textContent = words;
}

/** @param {Picture} ui */
function drawAll(ui) {
  draw(ui);
  drawArea(ui);
  drawMap(ui);
}
