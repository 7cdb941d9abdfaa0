// A model as blocks whose areas are its parameters, what it weighs and costs, and its place among all models.
// Everything is counted here, so moving costs no round trip; when the hand rests, Python learns where.
import { make, pictureIn, writeWhole } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { axis, showAxis } from "./axis.js";
import { treeOf } from "./counts.js";
import { draw, drawing } from "./drawing.js";
import { figures, listenFigures, showFigures } from "./figures.js";
import { hands, listen, showHands } from "./hands.js";
import { key, showKey } from "./key.js";
import { pathIn } from "./layout.js";
import { isSame, pinOf, readPin } from "./pinned.js";
import { PARTS, play } from "./play.js";
import { showTrail, trail } from "./trail.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Named } from "./axis.js" */
/** @import { Precision } from "./counts.js" */
/** @import { Figure } from "./figures.js" */
/** @import { Model } from "./model.js" */
/** @import { Machine } from "./speed.js" */
/**
 * What the student chose: a model, the precision of its weights, the part that is opened ("layer.attention"), and the
 * pinned model as text. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {Model & { precision: Precision, open: string, pin: string, machine: string,
 *   turn: number }} State
 */
/**
 * @typedef {object} Data
 * @property {State} state
 * @property {boolean} veiled the question waits
 * @property {boolean} answered the question was put away: a wall has room for the axis of all models
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Named[]} models
 * @property {(Machine & { id: string, name: string, kind: string, source: string, memory: number | null })[]} machines that speeds are
 *   predicted for
 * @property {string} asked the model that the question is about
 * @property {number} course parameters of the course's network
 * @property {string} notice what a link asked for and cannot be
 * @property {Record<string, any>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  ui.root.classList.toggle("folds-on-walls", !data.answered);
  if (data.state.turn >= ui.state.turn) {
    ui.state = { ...data.state };
    if (data.notice) ui.said = data.notice;
    ui.wanted = { heads: ui.state.heads, kv_heads: ui.state.kv_heads };
  }
  const isAsked = data.plays > ui.plays;
  ui.plays = data.plays;
  if (isAsked) play(ui, () => setStateValue("seen", data.plays));
  else ui.show();
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
    /** The heads that were chosen: a width that they do not share takes others, and gives them back. */
    wanted: { heads: data.state.heads, kv_heads: data.state.kv_heads },
    tree: treeOf(data.state),
    /** @type {(Model & { precision: Precision }) | null} */
    pinned: null,
    /** @type {ReturnType<typeof treeOf>} */
    pinnedTree: null,
    /** @type {Figure | null} the figure whose formula is shown */
    formula: null,
    /** What had to be repaired in what was asked. */
    said: "",
    /** While the answer is played: how many parts have come; null: it is not. */
    revealed: /** @type {number | null} */ (null),
    hasPlayed: false,
    /** Ends what is being played. */
    stop() {},
    drawing: drawing(),
    key: key(),
    hands: hands(),
    axis: axis(),
    /** Measured when they change, so that no move waits for the layout. */
    sizes: { drawing: { width: 0, height: 0, type: 14 }, axis: { width: 800, type: 14 } },
    figures: figures(),
    trail: trail(),
    total: make("div", { class: "total" }),
    pin: make("button", { type: "button", class: "pin" }),
    more: more(root, true),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    /** The question waits, and the model on show would answer it. */
    isHiding: () => (ui.revealed !== null || (ui.data.veiled && !ui.hasPlayed)) && ui.lit() === ui.data.asked,
    /** @param {string} kind of a part: whether it has come, while the answer is played */
    isRevealed: (kind) => PARTS.slice(0, ui.revealed ?? 0).some((part) => part === kind),
    /** The model with a name that is on show, if it is one. */
    lit: () => ui.data.models.find((model) => isSame(model.state, ui.state))?.id,
    machine: () => ui.data.machines.find(({ id }) => id === ui.state.machine) ?? ui.data.machines[0],
    /** @param {number | bigint} value */
    whole: (value) => writeWhole(value, ui.data.lang),
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    show() {
      if (!ui.sizes.drawing.width) measure(ui);
      ui.tree = treeOf(ui.state);
      ui.state.open = ui.tree ? pathIn(ui.tree, ui.state.open) : "";
      readPin(ui);
      showHead(ui);
      showTrail(ui);
      showHands(ui);
      draw(ui);
      showKey(ui);
      showAxis(ui);
      showFigures(ui);
    },
  };
  assemble(ui);
  return ui;
}

/**
 * Put the parts where they stand, and let them hear the hand.
 * @param {Picture} ui
 */
function assemble(ui) {
  listen(ui);
  listenFigures(ui);
  ui.pin.onclick = () => ui.choose({ pin: ui.state.pin ? "" : pinOf(ui.state) });
  const head = make("div", { class: "head" }, ui.total, ui.pin, ui.hands.families.box);
  const left = make("div", { class: "beneath" }, ui.trail.box, ui.drawing.box, ui.key.box);
  for (const part of [ui.axis.box, ui.pin]) part.classList.add("folds");
  ui.root.append(head, make("div", { class: "pictures" }, left, ui.hands.box), ui.figures.box, ui.more, ui.axis.box);
  const watch = new ResizeObserver(() => {
    measure(ui);
    draw(ui);
    showAxis(ui);
  });
  watch.observe(ui.drawing.box);
  watch.observe(ui.axis.box);
}

/** @param {Picture} ui */
function measure(ui) {
  const typeOf = (/** @type {Element} */ part) => Number.parseFloat(getComputedStyle(part).fontSize) || 14;
  const { plot } = ui.drawing;
  ui.sizes.drawing = { width: plot.clientWidth, height: plot.clientHeight, type: typeOf(plot) };
  ui.sizes.axis = { width: ui.axis.box.clientWidth || 800, type: typeOf(ui.axis.box) };
}

/** @param {Picture} ui */
function showHead(ui) {
  const { labels, models } = ui.data;
  const { tree, state } = ui;
  ui.more.textContent = ui.data.projection ? labels.moreOnWalls : labels.more;
  ui.pin.textContent = state.pin ? labels.unpin : labels.pin;
  ui.pin.hidden = ui.data.hidden.includes("ms_pin") || (!tree && !state.pin);
  const known = models.find(({ id }) => id === ui.lit());
  const name = known ? make("b", {}, known.name) : make("b", {}, labels.own);
  const size = tree ? `${ui.whole(tree.parameters)} ${labels.parameters}` : labels.unknownHere;
  ui.total.replaceChildren(name, ` ${size}`);
}
