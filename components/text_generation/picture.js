// The text being written, its next token, and the settings of sampling. The worker writes ahead; here it is seen.
// What the settings do to the next token is computed here from the model's logits: the model is not asked again.
import { floatsOf } from "../in_browser/arrays.js";
import { make, pictureIn, withTerms, writeNumber } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { choiceOf, rows } from "./bars.js";
import { cards, showCut, showSetting, steps } from "./cards.js";
import { counter } from "./pace.js";
import { process } from "./sampling.js";
import { tell, tracks } from "./ten.js";
import { growing, show } from "./text.js";

/** @import { Group } from "../chip.js" */
/** @import { Component, Surroundings, Term } from "../in_browser/base.js" */
/** @import { Choice } from "./bars.js" */
/** @import { Sampling, Step } from "./sampling.js" */
/**
 * @typedef {object} Data
 * @property {Group[]} groups of the text, the student's own words first
 * @property {number} tokens how many were written
 * @property {number} run counts the writings: a new one is seen token by token
 * @property {number} from the token at which it began
 * @property {boolean} more whether the worker is still writing
 * @property {boolean} playing whether it is still to be seen token by token
 * @property {(Choice | null)[]} choices of each of its tokens
 * @property {string} logits base64 float32, the largest subtracted; empty while the model loads
 * @property {number} highest what was subtracted
 * @property {number[]} written tokens of the text so far
 * @property {Record<string, string>} vocabulary by token; not all, only those that can be shown
 * @property {number | null} end the token that ends a text
 * @property {boolean} ready whether the next choice is known
 * @property {boolean} ended whether the text is at its end
 * @property {Sampling} sampling
 * @property {string} said under the text
 * @property {{ prompt: string, told: string[][], count: number } | null} ten the beginning told ten times
 * @property {number} plays how often the student asked to see the answer to the question
 * @property {string[]} hidden parts that a teacher's link leaves out
 * @property {Record<Step | string, string>} labels
 * @property {Term[]} terms that the page has not explained, of those the picture uses
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds without a move after which Python learns the settings. */
const PAUSE = 350;
/** Bars, at a desk and on a wall. */
const [BARS, BARS_PROJECTED] = [11, 10];

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (act, more = {}) => setTriggerValue("act", { act, shown: ui.pace.at(), ...more });
  ui.tell = () => setStateValue("sampling", { ...ui.sampling, shown: ui.pace.isGoing() ? ui.pace.at() : null });
  ui.seen = () => setStateValue("seen", data.plays);
  const told = JSON.stringify(data.sampling);
  if (ui.told !== told && !ui.later.isWaiting()) ui.sampling = { ...data.sampling };
  ui.told = told;
  if (ui.packed !== data.logits) {
    ui.packed = data.logits;
    if (data.logits) ui.logits = Float64Array.from(floatsOf(data.logits), (value) => value + data.highest);
  }
  if (data.run > ui.run) ui.pace.go(data.from);
  if (ui.pace.isGoing() || !data.playing) ui.pace.allow(data.tokens, data.more);
  ui.run = data.run;
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    run: data.run,
    tenShown: "",
    packed: "",
    logits: new Float64Array(),
    told: "",
    sampling: data.sampling,
    tell() {},
    seen() {},
    send(/** @type {string} */ _act, /** @type {object} */ _more = {}) {},
    later: patient(() => ui.tell(), PAUSE),
    text: growing(),
    tracks: tracks(),
    said: make("output", { class: "said" }),
    buttons: make("div", { class: "buttons" }),
    title: make("h4"),
    bars: make("div", { class: "bars" }),
    sums: make("p", { class: "sums folds" }),
    more: more(root),
    cards: cards((step, setting) => moved(ui, step, setting)),
    pace: counter(
      () => draw(ui),
      () => {
        ui.send("rested");
        draw(ui);
      },
    ),
    keys: /** @type {Record<string, HTMLButtonElement>} */ ({}),
  };
  for (const name of ["step", "write", "fast", "undo", "clear", "ten"]) ui.buttons.append(key(ui, name));
  ui.buttons.append(ui.said);
  const stage = make("div", { class: "stage" }, ui.text.box, ui.tracks.box);
  const right = make("div", { class: "right" }, ui.title, ui.bars, ui.sums);
  root.append(stage, ui.buttons, make("div", { class: "both" }, right, ui.cards.element), ui.more);
  return ui;
}

/**
 * @param {Picture} ui
 * @param {string} name
 */
function key(ui, name) {
  const button = make("button", { type: "button", class: `key ${name}`, "data-at": name });
  button.onclick = () => {
    if (name === "fast") {
      const isFast = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isFast));
      ui.pace.fast(isFast);
    } else if (name === "write" && ui.pace.isGoing()) {
      ui.pace.stop();
    } else if (name === "ten" && ui.data.ten) ui.send("one");
    else ui.send(name);
  };
  if (name === "fast") button.setAttribute("aria-pressed", "false");
  ui.keys[name] = button;
  return button;
}

/**
 * @param {Picture} ui
 * @param {Step} step
 * @param {number} setting
 */
function moved(ui, step, setting) {
  ui.sampling[step] = setting;
  ui.pace.hold();
  draw(ui);
  ui.later.soon();
}

/** @param {Picture} ui */
function draw(ui) {
  const { data, pace } = ui;
  const going = pace.isGoing();
  show(ui.text, data.groups, pace.at(), data, going || !data.ready ? null : (first) => ui.send("back", { first }));
  showTen(ui);
  showKeys(ui, going);
  for (const step of steps()) showSetting(ui.cards.all[step], step, ui.sampling[step], data);
  for (const step of steps()) ui.cards.all[step].box.hidden = data.hidden.includes(`tg_${step}`);
  ui.cards.summary.textContent = data.labels.advanced;
  ui.more.textContent = data.labels.more;
  ui.title.replaceChildren(data.labels.next, make("small", {}, data.labels.bars));
  showNext(ui, going);
}

/**
 * @param {Picture} ui
 * @param {boolean} going
 */
function showKeys({ data, keys, said, pace, buttons }, going) {
  const { labels, ready, ended, tokens } = data;
  const none = going || !tokens || !ready;
  /** @type {Record<string, [label: string, disabled: boolean]>} */
  const now = {
    step: [labels.step, going || ended || !ready],
    write: [going ? labels.stop : labels.write, !going && (ended || !ready)],
    fast: [labels.fast, false],
    undo: [labels.undo, none],
    clear: [labels.clear, none],
    ten: [data.ten ? labels.one : labels.ten, going],
  };
  for (const [name, [label, disabled]] of Object.entries(now)) {
    if (keys[name].textContent !== label) keys[name].textContent = label;
    keys[name].disabled = disabled;
  }
  keys.write.classList.toggle("going", going);
  buttons.hidden = data.hidden.includes("tg_buttons");
  const words = pace.at() === 1 && data.said === labels.many ? labels.single : data.said;
  said.textContent = words.replace("%n", writeNumber(pace.at(), data.lang, 0));
}

/**
 * The choice of the token that was just written, or of the one to come.
 * @param {Picture} ui
 * @param {boolean} going
 */
function showNext(ui, going) {
  const { data, pace } = ui;
  const frame = { labels: data.labels, lang: data.lang, end: data.end };
  const past = going ? data.choices[pace.at() - 1 - data.from] : null;
  ui.bars.classList.toggle("waits", !going && !data.ready);
  if (past) {
    const group = data.written[data.written.length - data.tokens + pace.at() - 1];
    draws(ui, past, { ...frame, chosen: group, choose: null });
    return;
  }
  if (!ui.logits.length) {
    ui.sums.textContent = data.labels.nothing;
    return;
  }
  if (data.ended) {
    ui.bars.replaceChildren();
    ui.sums.textContent = data.labels.finished;
    return;
  }
  const { stages, probabilities } = process(ui.logits, ui.sampling, data.written);
  for (const step of steps()) showCut(ui.cards.all[step], step, ui.sampling, stages[step], data);
  const count = data.projection ? BARS_PROJECTED : BARS;
  const choose = going || !data.ready ? null : (/** @type {number} */ token) => ui.send("pick", { token });
  draws(ui, choiceOf(ui.logits, probabilities, data.vocabulary, count), { ...frame, choose });
}

/**
 * @param {Picture} ui
 * @param {Choice} choice
 * @param {import("./bars.js").Frame} frame
 */
function draws({ bars, sums, data }, choice, frame) {
  const count = data.projection ? BARS_PROJECTED : BARS;
  const cut = choice.tokens.length - count;
  const shown =
    cut > 0
      ? {
          ...choice,
          tokens: choice.tokens.slice(0, count),
          rest: choice.chances.slice(count).reduce((sum, chance) => sum + chance, choice.rest),
          others: choice.others + choice.chances.slice(count).filter((chance) => chance > 0).length,
        }
      : choice;
  bars.replaceChildren(...rows(shown, frame));
  const said = data.labels.entropy
    .replace("%b", writeNumber(choice.bits, data.lang))
    .replace("%c", writeNumber(2 ** choice.bits, data.lang, 1));
  if (sums.textContent !== said) sums.replaceChildren(...withTerms(said, data.terms));
}

/** @param {Picture} ui */
function showTen(ui) {
  const { ten, labels, plays } = ui.data;
  ui.text.box.hidden = ten !== null;
  ui.tracks.box.hidden = ten === null;
  const shown = ten ? JSON.stringify(ten) : "";
  if (shown === ui.tenShown) return;
  const isNew = ten !== null && ten.told.length > 0;
  ui.tenShown = shown;
  if (ten && isNew)
    tell(ui.tracks, ten.told, { prompt: ten.prompt, labels, playing: true, over: () => plays && ui.seen() });
  else ui.tracks.box.replaceChildren(make("li", {}, labels.nothing));
}
