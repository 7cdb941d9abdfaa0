// A set of digits with planted faults: look through it by class, by what looks unlike its class, by the nearest image in
// the other part, by brightness; mark what is suspect. Python alone knows what is planted, and tells how many are found.
import { make, writeWhole } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { chips, showChips } from "./faults_chips.js";
import { grid, showGrid } from "./faults_grid.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ set: number, part: string, label: number, order: string, turn: number }} State label: −1 for all */
/**
 * What Python found in the marks that were checked last.
 * @typedef {object} Score
 * @property {{ kind: string, found: number, planted: number }[]} kinds
 * @property {number} falseAlarms
 * @property {boolean} namesEmpty
 * @property {boolean} isEnough
 * @property {Record<string, string>} missed places of what was not marked, with their kind; empty until it is asked for
 * @property {boolean} isAsked whether it was
 */
/**
 * @typedef {object} Data
 * @property {string} sprite all images in one, as an address
 * @property {number} columns of images in the sprite
 * @property {number} train how many of the images, the first ones, are for training
 * @property {number[]} labels
 * @property {number[]} unlike
 * @property {number[]} twin distance to the nearest image of the other part
 * @property {number[]} nearest which that is
 * @property {number[]} brightness
 * @property {number[]} counts images of each label in training
 * @property {{ marks: number[], empty: number | null }} kept what was marked here before
 * @property {Score | null} score of the last check; null before
 * @property {State} state
 * @property {number} plays
 * @property {string[]} hidden
 * @property {Record<string, string>} words
 */
/** @typedef {ReturnType<typeof build>} Faults */

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, (ui) => ui.show());
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const plain = (/** @type {string} */ kind) => make("button", { type: "button", class: `plain ${kind}` });
  const ui = {
    root,
    data,
    plays: data.plays,
    state: data.state,
    stop() {},
    /** Of which set the marks are. */
    set: data.state.set,
    marks: new Set(data.kept.marks),
    empty: data.kept.empty,
    chips: chips(),
    grid: grid(),
    hint: make("p", { class: "hint" }),
    emptyWords: make("span"),
    emptyChoice: make("select"),
    check: plain("check"),
    ask: plain("ask"),
    other: plain("other"),
    score: make("ul", { class: "score", "aria-live": "polite" }),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    /** @param {Partial<State>} changed */
    choose(changed) {
      takeUp(ui, changed);
    },
    /** @param {number} at */
    mark(at) {
      if (!ui.marks.delete(at)) ui.marks.add(at);
      showHands(ui);
    },
    show() {
      if (ui.set !== ui.data.state.set) {
        ui.set = ui.data.state.set;
        ui.marks = new Set(ui.data.kept.marks);
        ui.empty = ui.data.kept.empty;
      }
      showChips(ui);
      showGrid(ui);
      showHands(ui);
      showScore(ui);
    },
  };
  ui.emptyChoice.onchange = () => {
    ui.empty = ui.emptyChoice.value === "" ? null : Number(ui.emptyChoice.value);
  };
  const message = () => ({ marks: [...ui.marks], empty: ui.empty, set: ui.set, number: Date.now() });
  ui.check.onclick = () => ui.send("check", message());
  ui.ask.onclick = () => ui.send("ask", message());
  ui.other.onclick = () => ui.choose({ set: (ui.state.set % 100) + 1, label: -1, order: "given" });
  const empty = make("label", { class: "empty" }, ui.emptyWords, ui.emptyChoice);
  root.append(
    ui.chips.box,
    ui.hint,
    ui.grid,
    make("div", { class: "foot" }, empty, ui.check, ui.ask, ui.other),
    ui.score,
  );
  return ui;
}

/** @param {Faults} ui */
function showHands(ui) {
  const { data } = ui;
  const { words } = data;
  ui.hint.textContent = words[`hint_${ui.state.order}`];
  ui.emptyWords.textContent = words.empty;
  if (ui.emptyChoice.dataset.lang !== data.lang) {
    const classes = [...Array(10).keys()].map((label) => make("option", { value: label }, String(label)));
    ui.emptyChoice.replaceChildren(make("option", { value: "" }, words.none), ...classes);
    ui.emptyChoice.dataset.lang = data.lang;
  }
  ui.emptyChoice.value = ui.empty === null ? "" : String(ui.empty);
  ui.check.textContent = words.check.replace("%n", writeWhole(ui.marks.size, data.lang));
  ui.ask.textContent = words.ask;
  ui.ask.hidden = !data.score || data.score.isAsked;
  ui.other.textContent = words.other;
  ui.other.hidden = data.hidden.includes("pj_set");
}

/** @param {Faults} ui */
function showScore(ui) {
  const { score, words, lang } = ui.data;
  if (!score) {
    ui.score.replaceChildren();
    return;
  }
  const lines = score.kinds.map(({ kind, found, planted }) =>
    words.found
      .replace("%k", words[`kind_${kind}`])
      .replace("%f", writeWhole(found, lang))
      .replace("%n", writeWhole(planted, lang)),
  );
  lines.push(score.namesEmpty ? words.emptyFound : words.emptyNot);
  lines.push(words.falseAlarms.replace("%n", writeWhole(score.falseAlarms, lang)));
  ui.score.replaceChildren(...lines.map((line) => make("li", {}, line)));
}
