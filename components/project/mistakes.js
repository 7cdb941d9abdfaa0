// What a shown row misreads: a few examples of validation, its answer under each, and the right one. A press on
// another row's name shows that row's.
import { make } from "../in_browser/base.js";

/** @import { Picture, Rung } from "./picture.js" */
/** @typedef {[example: number | string, truth: string, said: string]} Mistake example: its place in the task's sheet of
 *   images, or the letters that were read */

/** What stands for no letter before a word, and for its end, in what is recorded. */
const NONE = ".";

/** Make the strip, and the buttons that lie on the names of the rows; `drawMistakes` fills both. */
export function mistakes() {
  const [title, strip] = [make("p", { class: "name" }), make("ul")];
  return {
    box: make("div", { class: "mistakes" }, title, strip),
    title,
    strip,
    names: make("div", { class: "names" }),
    /** Which row is looked at, once one was pressed; the last shown one otherwise. */
    looked: /** @type {string | null} */ (null),
    drawn: "",
  };
}

/**
 * The row whose mistakes are shown.
 * @param {Picture} ui
 * @returns {Rung}
 */
export function lookedAt(ui) {
  const shown = ui.rungs().slice(0, ui.shown());
  return shown.find(({ model }) => model === ui.mistakes.looked) ?? shown[shown.length - 1];
}

/** @param {Picture} ui */
export function drawMistakes(ui) {
  const { mistakes: held, data } = ui;
  const rung = lookedAt(ui);
  const { labels } = data;
  const words = rung.wrong.length ? labels.mistakes : labels.noMistake;
  held.title.textContent = words.replace("%m", ui.nameOf(rung.model));
  const key = `${ui.key(rung.model)} ${data.lang}`;
  if (key === held.drawn) return;
  held.drawn = key;
  held.strip.replaceChildren(...rung.wrong.map((mistake) => item(ui, mistake)));
}

/**
 * Lay a button on the name of each shown row.
 * @param {Picture} ui
 * @param {{ top: number, step: number, width: number }} place of the rows, in pixels
 */
export function layNames(ui, { top, step, width }) {
  const { names } = ui.mistakes;
  const rungs = ui.rungs().slice(0, ui.shown());
  while (names.children.length > rungs.length) names.lastElementChild?.remove();
  rungs.forEach((rung, at) => {
    const button = /** @type {HTMLElement} */ (names.children[at] ?? names.appendChild(make("button")));
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", ui.data.labels.mistakesOf.replace("%m", ui.nameOf(rung.model)));
    button.setAttribute("aria-pressed", String(rung === lookedAt(ui)));
    Object.assign(button.style, { top: `${top + at * step}px`, height: `${step}px`, width: `${width}px` });
    button.onclick = () => {
      ui.mistakes.looked = rung.model;
      ui.show();
    };
  });
}

/**
 * @param {Picture} ui
 * @param {Mistake} mistake
 */
function item(ui, [example, truth, said]) {
  const { labels } = ui.data;
  const short = (/** @type {string} */ name) => (name === NONE ? labels.endShort : name);
  const long = (/** @type {string} */ name) => (name === NONE ? labels.end : name);
  const answer = make("span", { class: "answer" }, make("b", {}, short(said)), ` ≠ ${short(truth)}`);
  const told = labels.instead.replace("%a", long(said)).replace("%t", long(truth));
  answer.setAttribute("aria-hidden", "true");
  const shown = typeof example === "number" ? image(ui, example, told) : letters(ui, example, told);
  return make("li", { title: told }, shown, answer);
}

/**
 * @param {Picture} ui
 * @param {number} at
 * @param {string} told
 */
function image({ data, state }, at, told) {
  const picture = make("i", { role: "img", "aria-label": told });
  picture.style.setProperty("--x", String(at % data.columns));
  picture.style.setProperty("--y", String(Math.floor(at / data.columns)));
  picture.style.setProperty("--columns", String(data.columns));
  picture.style.backgroundImage = `url(${data.sheets[state.task]})`;
  return picture;
}

/**
 * @param {Picture} ui
 * @param {string} read
 * @param {string} told
 */
function letters({ data }, read, told) {
  const seen = read.replaceAll(NONE, "");
  const words = `${data.labels.afterLetters.replace("%l", seen)} ${told}`;
  return make("span", { class: "read", role: "img", "aria-label": words }, `${seen}_`);
}
