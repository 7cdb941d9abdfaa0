// A text as tokens: chips with their numbers, and what eight tokenizers make of it. Choosing one costs no round trip:
// all are here. What is typed goes to Python, whose tokenizers cut it, and comes back.
import { make, pictureIn, writeNumber } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { bars } from "./bars.js";
import { chips } from "./chips.js";
import { charactersOf, LOST, singleBytesOf, unpacked } from "./pieces.js";
import { play } from "./play.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Packed, Tokens } from "./pieces.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ text: string, tokenizer: string, ids: boolean, turn: number }} State ids: only the numbers
 */
/**
 * @typedef {object} Data
 * @property {Record<string, Packed | null>} encodings of the text; null: the tokenizer is missing here
 * @property {Record<string, number>} vocabularies tokens of each; 0: it has no list
 * @property {State} state
 * @property {boolean} veiled the text is not cut yet: the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {number} longest characters of a text
 * @property {Record<string, string> & { names: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds without a key after which the text is cut. */
const PAUSE = 150;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  const isNewText = data.state.text !== ui.cut || data.encodings !== ui.data.encodings;
  ui.data = data;
  ui.send = (name, value) => setStateValue(name, value);
  if (data.state.turn >= ui.state.turn) ui.state = { ...data.state };
  if (isNewText) ui.read();
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
    /** The text that `tokens` cut: what is being typed is cut a moment later. */
    cut: "",
    /** @type {Map<string, Tokens | null>} by the name of the tokenizer */
    tokens: new Map(),
    /** While the answer is played: how many tokens are cut off; null: it is not. */
    revealed: /** @type {number | null} */ (null),
    /** What is drawn, so that what is the same is not drawn again. */
    drawn: "",
    stop() {},
    counts: make("p", { class: "counts" }),
    chips: chips(),
    bars: bars((name) => ui.choose({ tokenizer: name })),
    field: make("textarea", { rows: 1, spellcheck: "false" }),
    fieldWords: make("span", { class: "label" }),
    numbers: make("input", { type: "checkbox", role: "switch" }),
    numbersWords: make("span"),
    note: make("p", { class: "note", "aria-live": "polite" }),
    more: more(root, true),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state }), PAUSE),
    isVeiled: () => ui.data.veiled && ui.revealed === null,
    chosen: () => ui.tokens.get(ui.state.tokenizer) ?? ui.tokens.get("characters") ?? { ids: [], lengths: [] },
    /** Cut the text that Python sent with every tokenizer. */
    read() {
      ui.cut = ui.data.state.text;
      ui.tokens = new Map(
        Object.keys(ui.data.vocabularies).map((name) => {
          if (name === "characters") return [name, charactersOf(ui.cut)];
          if (name === "bytes") return [name, singleBytesOf(ui.cut)];
          const packed = ui.data.encodings[name];
          return [name, packed && unpacked(packed)];
        }),
      );
    },
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    show() {
      showCounts(ui);
      showText(ui);
      showBars(ui);
      showHands(ui);
    },
  };
  ui.field.oninput = () => ui.choose({ text: ui.field.value });
  ui.numbers.onchange = () => ui.choose({ ids: ui.numbers.checked });
  const write = make("label", { class: "write folds" }, ui.fieldWords, ui.field);
  const numbers = make("label", { class: "switch" }, ui.numbers, ui.numbersWords);
  const left = make("div", { class: "text" }, ui.chips.box, ui.chips.about);
  const right = make("div", { class: "beside" }, ui.bars.box, numbers);
  root.append(ui.counts, make("div", { class: "pictures" }, left, right), ui.more, write, ui.note);
  return ui;
}

/** @param {Picture} ui */
function showCounts(ui) {
  const { labels, lang } = ui.data;
  const whole = (/** @type {number} */ value) => writeNumber(value, lang, 0);
  const words = ui.cut.split(/\s+/u).filter(Boolean).length;
  const all = ui.chosen().ids.length;
  const seen = ui.isVeiled() ? null : Math.min(all, ui.revealed ?? all);
  const isWhole = seen === all;
  const count = (/** @type {string} */ number, /** @type {string} */ of, name = "") =>
    make("span", name ? { class: name } : {}, make("b", {}, number), ` ${of}`);
  ui.counts.replaceChildren(
    count(whole([...ui.cut].length), labels.characters),
    count(whole(words), labels.words),
    count(seen === null ? "?" : whole(seen), labels.tokens, "main"),
    count(isWhole && words ? writeNumber(all / words, lang, 2) : "?", labels.perWord),
  );
}

/** @param {Picture} ui */
function showText(ui) {
  const { state, data } = ui;
  const up = ui.isVeiled() ? 0 : (ui.revealed ?? Number.POSITIVE_INFINITY);
  const name = ui.tokens.get(state.tokenizer) ? state.tokenizer : "characters";
  const drawn = JSON.stringify([ui.cut, name, state.ids, up, data.lang]);
  if (drawn === ui.drawn) return;
  ui.drawn = drawn;
  const shown = { text: ui.cut, tokens: ui.chosen(), isNumbers: state.ids, isWords: name === "words" };
  ui.chips.show({ ...shown, labels: data.labels }, up);
}

/** @param {Picture} ui */
function showBars(ui) {
  const { data, state } = ui;
  const counts = [...ui.tokens].map(([name, tokens]) => {
    const used = new Set(Array.from(tokens?.ids ?? []));
    used.delete(LOST);
    if (name === "words") used.delete(0);
    const vocabulary = data.vocabularies[name];
    return { name, tokens: tokens ? tokens.ids.length : null, touched: used.size, vocabulary };
  });
  ui.bars.show(counts, state.tokenizer, ui.isVeiled() || ui.revealed !== null, data.labels, data.lang);
}

/** @param {Picture} ui */
function showHands(ui) {
  const { data, state } = ui;
  const { labels, hidden, lang } = data;
  ui.more.textContent = labels.more;
  ui.fieldWords.textContent = labels.text;
  ui.numbersWords.textContent = labels.numbers;
  ui.numbers.checked = state.ids;
  ui.field.maxLength = data.longest;
  if (ui.field.value !== state.text && !ui.field.matches(":focus")) ui.field.value = state.text;
  const isCut = ui.field.value.length >= data.longest;
  ui.note.textContent = isCut ? labels.cut.replace("%n", writeNumber(data.longest, lang, 0)) : "";
  const shown = (/** @type {HTMLElement | null} */ part, /** @type {string} */ name) =>
    part?.classList.toggle("gone", hidden.includes(name));
  shown(ui.field.parentElement, "tok_text");
  shown(ui.bars.box, "tok_tokenizer");
  shown(ui.numbers.parentElement, "tok_ids");
}
