// What the model weighs, costs and how fast it is, one figure beside the other; pressed, a figure shows its formula.
import { make, writeBytes, writeCompact, writeShort } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { cacheBytes, numberBytes, operationsOf, treeOf, weightBytes } from "./counts.js";
import { formulaOf } from "./formulas.js";
import { readingSpeed, writingSpeed } from "./speed.js";
import { readingWork, writingWork } from "./work.js";

/** @import { Block, Precision } from "./counts.js" */
/** @import { Model } from "./model.js" */
/** @import { Picture } from "./picture.js" */
/** @import { Machine } from "./speed.js" */
/** @typedef {NonNullable<ReturnType<typeof figuresOf>>} Figures */
/** @typedef {"parameters" | "weights" | "cache" | "memory" | "operations" | "writing" | "reading"} Figure */

const FIGURES = /** @type {Figure[]} */ ([
  "parameters",
  "weights",
  "cache",
  "memory",
  "operations",
  "writing",
  "reading",
]);
const BYTES = ["weights", "cache", "memory"];
const UNITS = { second: 1, minute: 60, hour: 3_600, day: 86_400 };
const SPEEDS = ["writing", "reading"];

const NO_SPEED = { writing: undefined, reading: undefined };

/** Make the figures; `showFigures` fills them. */
export function figures() {
  const tiles = FIGURES.map((name) => {
    const [label, value, beside] = [make("span", { class: "what" }), make("b"), make("span", { class: "times" })];
    const button = make("button", { type: "button", class: "figure", "data-figure": name }, label, value, beside);
    return { name, button, label, value, beside };
  });
  const formula = make("p", { class: "formula", "aria-live": "polite" });
  const row = make("div", { class: "figures", role: "group" }, ...tiles.map(({ button }) => button));
  return { box: make("div", { class: "told" }, row, formula), row, tiles, formula };
}

/** @param {Picture} ui */
export function listenFigures(ui) {
  ui.figures.tiles.forEach(({ name, button }, at) => {
    button.onclick = () => {
      ui.formula = ui.formula === name ? null : name;
      ui.show();
    };
    button.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowLeft: -1 });
      if (by) ui.figures.tiles[(at + by + FIGURES.length) % FIGURES.length].button.focus();
    };
  });
}

/**
 * Every figure of a model on a machine; null where nothing was published. A network without attention has no speed: what
 * predicts it knows decoders.
 * @param {Model & { precision: Precision }} model
 * @param {Machine & { memory: number | null }} machine a card that cannot hold the model has no speed
 */
function figuresOf(model, machine) {
  const tree = treeOf(model);
  if (!tree) return null;
  const [weights, cache] = [weightBytes(tree, model.precision), cacheBytes(model, model.precision)];
  const operations = operationsOf(model, tree);
  const memory = weights + cache;
  const counts = { parameters: tree.parameters, weights, cache, memory, operations };
  const isTooLarge = machine.memory !== null && Number(memory) > machine.memory;
  return { ...counts, ...(isTooLarge ? NO_SPEED : speedsOf(model, tree, machine)) };
}

/**
 * @param {Model & { precision: Precision }} model
 * @param {Block} tree
 * @param {Machine} machine
 */
function speedsOf(model, tree, machine) {
  const { family, precision, context } = model;
  if (family === "letters") return NO_SPEED;
  return {
    writing: writingSpeed(writingWork(model, tree, precision), machine, family, precision),
    reading: readingSpeed(readingWork(model, tree, precision), machine, family, precision, context),
  };
}

/** @param {Picture} ui */
export function showFigures(ui) {
  const { figures: held, data, state, pinned } = ui;
  const { labels } = data;
  const machine = ui.machine();
  const found = figuresOf(state, machine);
  const before = pinned && figuresOf(pinned, machine);
  held.row.setAttribute("aria-label", labels.figures);
  const isLetters = state.family === "letters";
  for (const { name, button, label, value, beside } of held.tiles) {
    const own = (isLetters && labels.lettersFigures[name]) || labels.figureNames[name];
    const bits = String(8 * numberBytes(state.precision));
    label.textContent = own.replace("%p", labels.precisionNames[state.precision]).replace("%b", bits);
    value.textContent = written(ui, name, found?.[name]);
    beside.textContent = besides(ui, name, found?.[name], before?.[name]);
    button.setAttribute("aria-expanded", String(ui.formula === name));
    button.disabled = !found;
  }
  held.formula.classList.toggle("asked", ui.formula !== null);
  const words = !found ? "" : ui.formula ? formulaOf(ui, ui.formula, found) : labels.hint;
  if (held.formula.textContent !== words) held.formula.textContent = words;
}

/**
 * @param {Picture} ui
 * @param {Figure} name
 * @param {number | bigint | undefined} number
 */
function written(ui, name, number) {
  const { lang } = ui.data;
  if (number === undefined || (name === "cache" && !number)) return "–";
  if (SPEEDS.includes(name))
    return ui.machine().kind === "sheet" ? `≤ ${speedOf(Number(number), ui)}` : speedOf(Number(number), ui);
  return BYTES.includes(name) ? writeBytes(number, lang) : writeCompact(number, lang);
}

/**
 * Write a speed as far as a prediction is worth, two digits; below one token a second, how long a token takes.
 * @param {number} speed
 * @param {Picture} ui
 */
function speedOf(speed, { data: { labels, lang } }) {
  if (speed >= 0.95)
    return labels.speed.replace("%n", speed < 10_000 ? writeShort(speed, lang, 2) : writeCompact(speed, lang, 2));
  const seconds = 1 / speed;
  const unit = /** @type {const} */ (["day", "hour", "minute", "second"]).find((name) => seconds >= UNITS[name]);
  return labels.slow[unit ?? "second"].replace("%n", writeShort(seconds / UNITS[unit ?? "second"], lang, 2));
}

/**
 * Write how many times as much one number is as another: what is much less is divided.
 * @param {number} ratio
 * @param {string} lang
 */
function writeTimes(ratio, lang) {
  return ratio < 0.0995 ? `÷ ${writeShort(1 / ratio, lang, 3)}` : `× ${writeShort(ratio, lang, 4)}`;
}

/**
 * Under a figure: how many times that of the pinned model it is; without a pin, what a token meets of the parameters,
 * and whether a card holds the model.
 * @param {Picture} ui
 * @param {Figure} name
 * @param {bigint | number | undefined} number
 * @param {bigint | number | undefined} before
 */
function besides(ui, name, number, before) {
  const { labels, lang } = ui.data;
  if (number === undefined || !ui.tree) return "";
  if (before !== undefined) return before ? writeTimes(Number(number) / Number(before), lang) : "";
  const { memory } = ui.machine();
  if (name === "memory" && memory && Number(number) > memory)
    return labels.tooLarge.replace("%n", writeBytes(memory, lang));
  if (name !== "parameters" || ui.tree.active === number) return "";
  return labels.active.replace("%n", writeCompact(ui.tree.active, lang));
}
