// One training, written twice. The loop stands on a statement that has just run: what it made is beside it, what does
// the same in Keras is lit. All moments are here, so a step costs no round trip; when the hand rests, Python learns where.
import { clamp, make, pictureIn, writeNumber } from "../in_browser/base.js";
import { noteMove, patient } from "../in_browser/hand.js";
import { segments } from "../in_browser/segments.js";
import { transport } from "../in_browser/transport.js";
import { card } from "./cards.js";
import { drawLosses, losses, pointLosses } from "./losses.js";
import { drawPanes, light, markUses, panes } from "./panes.js";
import { lastKnown, momentsOf, nextOf, placeOf, told } from "./timeline.js";

/** @import { Data as Chart } from "../curves_drawing.js" */
/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Fault, Line, Word } from "./panes.js" */
/** @import { Moment, Turn } from "./timeline.js" */
/** @typedef {{ piece: string, kind: string, words: string, parts: [text: string, meaning: string][] }} LineError */
/** @typedef {{ pieces: string[], wrong: string[], found: boolean }} Guess a case: the lines that may be guilty */
/** @typedef {{ turn: number, piece: string, name: string }} State where the student stands, and the name marked */
/**
 * @typedef {object} Data
 * @property {string} run whose moments they are
 * @property {number} version counts what Python set from outside
 * @property {"letters" | "digits"} subject
 * @property {Line[]} lines of the loop
 * @property {Word[][]} keras lines of the Keras code
 * @property {Record<string, string>} counterparts names of the loop, and the part of the Keras code with the same
 * @property {Record<string, string[]>} parts of the Keras code that do what a statement does
 * @property {string[]} within statements that nothing in the Keras code shows: `fit` does them
 * @property {Record<string, Fault[]>} faults that a statement can have
 * @property {Turn[]} trace
 * @property {Pick<Chart, "curves" | "x" | "y" | "marks" | "levels">} chart
 * @property {number} height of the chart, in pixels
 * @property {LineError | null} error
 * @property {Guess | null} guess
 * @property {string[]} answer statements that tell what the question asks
 * @property {number} plays how often the student asked to see the answer
 * @property {number} heard of how many of these a new picture is too late
 * @property {State} state
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {TransportLabels & Record<string, string> & { subjects: Record<string, string>, lines: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const SUBJECTS = /** @type {const} */ (["letters", "digits"]);
/** Milliseconds for a statement while playing, and for a moment of the answer. */
const [PACE, ANSWER_PACE] = [700, 650];

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  ui.act = (what) => setTriggerValue("act", what);
  const isOther = ui.run !== data.run || ui.version !== data.version;
  if (ui.version !== data.version) {
    ui.here = data.state;
    ui.marked = { name: data.state.name, part: "" };
  }
  if (isOther || ui.length !== data.trace.length) ui.moments = momentsOf(data.trace);
  Object.assign(ui, { run: data.run, version: data.version, length: data.trace.length });
  const isAsked = data.plays > ui.plays && ui.moments.length > 0;
  if (isAsked) ui.plays = data.plays;
  follow(ui, isOther);
  if (isAsked) answer(ui);
  return () => {
    ui.stop();
    ui.way.stop();
  };
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    run: "",
    version: 0,
    length: 0,
    plays: data.heard,
    moments: /** @type {Moment[]} */ ([]),
    /** Where the student stands, in this run and the next. */
    here: data.state,
    marked: { name: "", part: "" },
    panes: panes(),
    losses: losses(),
    way: transport(),
    subject: segments(SUBJECTS, (name) => ui.act({ kind: "subject", value: name })),
    says: make("p", { class: "says" }),
    cards: make("div", { class: "cards" }),
    kerasTitle: make("h4"),
    loopTitle: make("h4"),
    hint: make("small"),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    act: (/** @type {{ kind: string, value: string }} */ _what) => {},
    stop: () => {},
    told: patient(() => tell(ui)),
    /** @param {{ name?: string, part?: string }} chosen */
    mark({ name = "", part = "" }) {
      const isSame = ui.marked.name === name && ui.marked.part === part;
      ui.marked = isSame ? { name: "", part: "" } : { name, part };
      show(ui, ui.way.at());
      ui.told.soon();
    },
  };
  const left = make("section", { class: "left" }, ui.kerasTitle, ui.panes.keras, ui.losses.box);
  const middle = make("section", { class: "middle" }, make("header", {}, ui.loopTitle, ui.hint), ui.panes.loop);
  const right = make("section", { class: "right" }, ui.says, ui.cards);
  root.append(
    make("div", { class: "head" }, ui.subject.box, ui.way.element),
    make("div", { class: "panes" }, left, middle, right),
  );
  ui.panes.loop.addEventListener("click", (event) => {
    const line = /** @type {HTMLElement} */ (event.target).closest("li");
    const piece = line?.dataset.piece;
    if (!piece || /** @type {HTMLElement} */ (event.target).closest("button, [data-name]")) return;
    go(ui, nextOf(ui.moments, ui.way.at(), piece));
  });
  new ResizeObserver(() => {
    drawLosses(ui, ui.losses.until);
    if (ui.moments.length) pointLosses(ui, ui.moments[ui.way.at()].turn);
  }).observe(ui.losses.plot.drawing);
  return ui;
}

/**
 * Show what Python told.
 * @param {Picture} ui
 * @param {boolean} isOther another run, or other places, than before
 */
function follow(ui, isOther) {
  const { data, moments } = ui;
  const { labels } = data;
  ui.subject.show(data.subject, labels.subject, labels.subjects);
  ui.subject.box.hidden = data.hidden.includes("kp_subject") || data.guess !== null;
  ui.way.element.hidden = data.hidden.includes("kp_at");
  ui.kerasTitle.textContent = labels.kerasTitle;
  ui.loopTitle.textContent = labels.loopTitle;
  ui.hint.textContent = data.guess ? labels.guessHint : labels.breakHint;
  drawPanes(ui);
  drawLosses(ui, Number.POSITIVE_INFINITY);
  const place = moments.length ? placeOf(moments, ui.here.turn, ui.here.piece) : 0;
  ui.way.follow({
    run: `${data.run} ${data.version}`,
    moments: Math.max(1, moments.length),
    at: data.error && isOther ? moments.length - 1 : place,
    pace: PACE,
    labels,
    show: (at) => show(ui, at),
    tell: () => ui.told.soon(),
  });
}

/**
 * Stand on a moment.
 * @param {Picture} ui
 * @param {number} at
 */
function go(ui, at) {
  if (at < 0) return;
  ui.way.stop();
  ui.way.go(at);
  ui.told.soon();
}

/**
 * Draw a moment, and return its name.
 * @param {Picture} ui
 * @param {number} at
 */
function show(ui, at) {
  const begun = performance.now();
  const { data, moments } = ui;
  const { labels } = data;
  if (!moments.length) {
    ui.says.textContent = labels.waiting;
    ui.cards.replaceChildren();
    light(ui, "");
    return "";
  }
  const { turn, piece, news } = moments[at];
  if (!data.error) ui.here = { ...ui.here, turn, piece };
  light(ui, piece);
  markUses(ui);
  pointLosses(ui, turn);
  say(ui, piece);
  const cards = news.map((one) => card(ui, one));
  const { name } = ui.marked;
  if (name && !news.some((one) => one.name === name)) {
    const old = lastKnown(moments, at, name);
    if (old) cards.push(card(ui, old, true));
  }
  ui.cards.replaceChildren(...cards);
  ui.cards.classList.toggle("many", cards.length > 4);
  noteMove(ui.cards, begun);
  return turn ? labels.turn.replace("%n", writeNumber(turn, data.lang, 0)) : labels.before;
}

/**
 * Say what the statement does; where it raised, what Python said, word by word.
 * @param {Picture} ui
 * @param {string} piece
 */
function say(ui, piece) {
  const { error, labels } = ui.data;
  ui.says.classList.toggle("raised", error?.piece === piece);
  if (error?.piece !== piece) {
    ui.says.textContent = labels.lines[piece] ?? "";
    return;
  }
  const words = error.parts.map(([text, meaning]) =>
    meaning ? make("abbr", { title: meaning, tabindex: 0 }, text) : text,
  );
  ui.says.replaceChildren(make("b", {}, `${error.kind}: `), make("code", {}, ...words));
  const meanings = error.parts.filter(([, meaning]) => meaning);
  const list = meanings.map(([text, meaning]) => make("li", {}, make("code", {}, text.trim()), ` — ${meaning}`));
  ui.says.append(make("ul", {}, ...list));
}

/**
 * Play what the question asks about: those moments of each turn that tell it, and the losses as they come.
 * @param {Picture} ui
 */
function answer(ui) {
  const { data, moments } = ui;
  const places = told(moments, data.answer);
  const seen = () => {
    ui.stop = () => {};
    drawLosses(ui, Number.POSITIVE_INFINITY);
    ui.way.go(ui.way.at());
    ui.send("seen", ui.plays);
  };
  if (!places.length || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    if (places.length) ui.way.go(places[places.length - 1]);
    seen();
    return;
  }
  let timer = 0;
  ui.stop = () => {
    clearTimeout(timer);
    ui.stop = () => {};
  };
  const next = (/** @type {number} */ step) => {
    drawLosses(ui, moments[places[step]].turn);
    ui.way.go(places[step]);
    if (step + 1 < places.length) timer = setTimeout(() => next(step + 1), ANSWER_PACE);
    else timer = setTimeout(seen, ANSWER_PACE);
  };
  next(0);
}

/** @param {Picture} ui */
function tell(ui) {
  const moment = ui.moments[clamp(ui.way.at(), 0, ui.moments.length - 1)];
  if (moment) ui.send("state", { turn: moment.turn, piece: moment.piece, name: ui.marked.name });
}
