// A run under the finger: its curves, a ruler on them, and what the network does at the epoch where the ruler stands.
// All moments are here, so moving costs no round trip; when the hand rests, Python learns where.
import { base64Of, inflated } from "../in_browser/arrays.js";
import { clamp, make, pictureIn, withTerms, writeNumber } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { SIDE } from "../in_browser/pixels.js";
import { segments } from "../in_browser/segments.js";
import { transport } from "../in_browser/transport.js";
import { chart, draw, point, writeValue } from "./chart.js";
import { dressMoment, moment, showMoment } from "./moment.js";

/** @import { Component, Surroundings, Term } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Axis, Scale } from "../in_browser/scales.js" */
/** @import { Measure, Measured, Moment } from "./scales.js" */
/** @import { Box } from "./chart.js" */
/**
 * What was measured at one moment, and what the network then got wrong.
 * @typedef {Moment & {
 *   confusion: number[], mistakes: [index: number, truth: number, predicted: number, confidence: number][]
 * }} Frame confusion: ten rows of ten, true digits and what they were taken for; mistakes: none where nothing is sure
 */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ measure: Measure, scale: Scale, part: "digit" | "mistakes" | "matrix", frame: number, digit: number,
 *   drawn: string, turn: number }} State
 */
/**
 * @typedef {object} Data
 * @property {string} run
 * @property {string} title which settings it has
 * @property {Term[]} terms of the title that the page has not explained
 * @property {"empty" | "live" | "over"} stage
 * @property {number} epochs
 * @property {Frame[]} frames
 * @property {[epoch: number, loss: number | null][]} batches the loss of the batches, where it is all there is
 * @property {{ words: string, frames: Frame[] } | null} pinned the run behind
 * @property {Measured | null} test opened
 * @property {{ epoch: number, words: string } | null} mark
 * @property {{ index: number[], pixels: string }} images each digit that was ever mistaken: deflated bytes, in base64
 * @property {{ image: string, drawn: boolean, moments: number[], chances: (number | null)[][] }} digit how it is read at the moments whose weights are kept
 * @property {boolean} veiled only the first moments are shown: the question waits
 * @property {number} known how many those are
 * @property {number} plays how often the student asked to see what comes
 * @property {number} heard of how many of these a new picture is too late
 * @property {State} state
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {TransportLabels & Record<string, string> & { partNames: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds for a moment while playing: some seconds in all, but neither a blur nor a wait. */
const [PLAY_ALL, SHORTEST, LONGEST] = [4000, 60, 700];
const MEASURES = /** @type {const} */ (["error", "loss"]);
const SCALES = /** @type {const} */ (["linear", "log"]);
const PARTS = /** @type {const} */ (["digit", "mistakes", "matrix"]);

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  if (data.state.turn >= ui.state.turn) ui.state = { ...data.state, drawn: ui.state.drawn };
  if (ui.run !== data.run || ui.sheet !== data.images.pixels) readImages(ui);
  ui.run = data.run;
  const isAsked = data.plays > ui.plays;
  ui.plays = data.plays;
  if (isAsked) ui.isRevealing = !data.veiled;
  follow(ui);
  if (isAsked) reveal(ui);
  return ui.transport.stop;
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    run: "",
    plays: data.heard,
    /** How many moments are drawn. */
    shown: 0,
    /** Whether the answer is being drawn, moment by moment. */
    isRevealing: false,
    state: data.state,
    axis: /** @type {Axis} */ ({ low: 0, high: 1, scale: "linear" }),
    box: /** @type {Box} */ ({ width: 0, height: 0, left: 0, right: 0, top: 0, bottom: 0 }),
    chart: chart(),
    transport: transport(),
    legend: make("div", { class: "legend" }),
    title: make("div", { class: "title" }),
    pinned: make("div", { class: "pinned-words" }),
    measure: segments(MEASURES, (name) => choose(ui, { measure: name })),
    scale: segments(SCALES, (name) => choose(ui, { scale: name })),
    part: segments(PARTS, (name) => choose(ui, { part: name })),
    moment: moment({
      drawn: (ink) => choose(ui, { drawn: base64Of(ink) }),
      another: () => {
        ui.moment.paper.clear();
        choose(ui, { digit: ui.state.digit + 1, drawn: "" });
      },
      erase: () => {
        ui.moment.paper.clear();
        choose(ui, { drawn: "" });
      },
    }),
    /** The deflated pixels that `digits` reads from. */
    sheet: "",
    digits: (/** @type {number} */ _index) => /** @type {ArrayLike<number>} */ (new Uint8Array(0)),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
  };
  ui.chart.box.append(ui.transport.rail);
  const controls = make("div", { class: "controls" }, ui.measure.box, ui.scale.box);
  const left = make("div", { class: "beneath" }, ui.legend, ui.chart.box, ui.transport.element, ui.pinned);
  const right = make("div", { class: "beside" }, ui.part.box, ui.moment.box);
  root.append(make("div", { class: "head" }, ui.title, controls), make("div", { class: "pictures" }, left, right));
  new ResizeObserver(() => redraw(ui)).observe(ui.chart.box);
  return ui;
}

/**
 * Show what Python told, or the hand chose.
 * @param {Picture} ui
 */
function follow(ui) {
  const { data, state } = ui;
  const { labels } = data;
  ui.shown = data.veiled ? Math.min(data.known, data.frames.length) : data.frames.length;
  if (ui.isRevealing) ui.shown = Math.max(data.known, ui.transport.at() + 1);
  if (ui.title.textContent !== data.title) ui.title.replaceChildren(...withTerms(data.title, data.terms));
  ui.pinned.textContent = data.pinned?.words ?? "";
  ui.measure.show(state.measure, labels.measures, labels);
  ui.scale.show(state.scale, labels.scales, labels);
  ui.part.show(state.part, labels.parts, labels.partNames);
  for (const [name, part] of Object.entries({ tvt_measure: ui.measure, tvt_scale: ui.scale, tvt_part: ui.part })) {
    part.box.hidden = data.hidden.includes(name);
  }
  ui.transport.element.hidden = data.hidden.includes("tvt_frame");
  ui.transport.rail.hidden = data.hidden.includes("tvt_frame") || data.frames.length < 2;
  dressMoment(ui);
  draw(ui);
  const last = Math.max(0, (data.veiled ? ui.shown : data.frames.length) - 1);
  const moments = data.veiled ? ui.shown : data.frames.length;
  ui.transport.follow({
    run: `${data.run} ${data.stage} ${data.veiled}`,
    moments: Math.max(1, moments),
    at: data.stage === "over" && state.frame >= 0 ? Math.min(state.frame, last) : last,
    pace: clamp(PLAY_ALL / data.frames.length, SHORTEST, LONGEST),
    labels,
    show: (at) => show(ui, at),
    tell: (at) => rest(ui, at),
  });
  if (data.stage === "live") ui.transport.go(last);
}

/**
 * Draw the answer to the question from where the veil began; at once where nothing may move by itself.
 * @param {Picture} ui
 */
function reveal(ui) {
  const { data } = ui;
  if (data.veiled || data.frames.length < 2) return;
  ui.isRevealing = true;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    ui.transport.go(data.frames.length - 1);
    rest(ui, data.frames.length - 1);
    return;
  }
  ui.transport.go(Math.min(data.known, data.frames.length) - 1);
  ui.transport.play();
}

/**
 * @param {Picture} ui
 * @param {number} at
 */
function show(ui, at) {
  const { data, state } = ui;
  if (ui.isRevealing && at + 1 !== ui.shown) {
    ui.shown = Math.max(at + 1, data.known);
    draw(ui);
  }
  point(ui, at);
  showMoment(ui, at);
  const frame = data.frames[at];
  const entry = (/** @type {string} */ kind, /** @type {string} */ value) =>
    make("span", { class: `entry ${kind}` }, make("i"), `${data.labels[kind]} `, make("b", {}, value));
  const written = (/** @type {"train" | "validation"} */ kind) =>
    frame ? writeValue(state.measure, frame[kind][state.measure], data.lang) : "–";
  ui.legend.replaceChildren(entry("train", written("train")), entry("validation", written("validation")));
  if (data.stage === "over" && !data.veiled) {
    const test = data.test ? writeValue(state.measure, data.test[state.measure], data.lang) : data.labels.sealed;
    ui.legend.append(entry("test", test));
  }
  const epoch = frame && writeNumber(frame.epoch, data.lang, Number.isInteger(frame.epoch) ? 0 : 2);
  return epoch ? data.labels.epoch.replace("%s", epoch) : "";
}

/**
 * The hand, or playing, has come to rest.
 * @param {Picture} ui
 * @param {number} at
 */
function rest(ui, at) {
  const isEnd = at >= ui.data.frames.length - 1;
  if (ui.isRevealing) {
    ui.isRevealing = false;
    ui.shown = ui.data.frames.length;
    draw(ui);
    point(ui, at);
    ui.send("seen", ui.plays);
    return;
  }
  choose(ui, { frame: isEnd ? -1 : at }, { isSoon: true });
}

/**
 * Take what the hand chose, show it, and tell Python: at once, or when the hand has rested.
 * @param {Picture} ui
 * @param {Partial<State>} changed
 * @param {{ isSoon?: boolean }} [how]
 */
function choose(ui, changed, { isSoon = false } = {}) {
  ui.state = { ...ui.state, ...changed, turn: ui.state.turn + 1 };
  if (!("frame" in changed)) follow(ui);
  if (isSoon) ui.told.soon();
  else ui.told.now();
}

/** @param {Picture} ui */
function redraw(ui) {
  draw(ui);
  point(ui, ui.transport.at());
}

/**
 * Read the pictures of the mistakes; they are shown when they are there.
 * @param {Picture} ui
 */
async function readImages(ui) {
  const { index, pixels } = ui.data.images;
  ui.sheet = pixels;
  const all = await inflated(pixels);
  if (ui.sheet !== pixels) return;
  const places = new Map(index.map((name, at) => [name, at * SIDE * SIDE]));
  ui.digits = (name) => {
    const from = places.get(name);
    return from === undefined ? [] : all.subarray(from, from + SIDE * SIDE);
  };
  showMoment(ui, ui.transport.at());
}
