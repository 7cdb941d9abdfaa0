// What the model weighs and costs, one figure beside the other; pressed, a figure shows its formula with the numbers in it.
import { make, writeBytes, writeCompact, writeShort, writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { cacheBytes, operationsOf, reach, treeOf, weightBytes } from "./counts.js";

/** @import { Picture } from "./picture.js" */
/** @import { Model } from "./model.js" */
/** @import { Precision } from "./counts.js" */
/** @typedef {"parameters" | "weights" | "cache" | "memory" | "operations"} Figure */

export const FIGURES = /** @type {Figure[]} */ (["parameters", "weights", "cache", "memory", "operations"]);

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
 * Every figure of a model; null where nothing was published.
 * @param {Model & { precision: Precision }} model
 */
export function figuresOf(model) {
  const tree = treeOf(model);
  if (!tree) return null;
  const [weights, cache] = [weightBytes(tree, model.precision), cacheBytes(model)];
  const operations = operationsOf(model, tree);
  return { parameters: tree.parameters, active: tree.active, weights, cache, memory: weights + cache, operations };
}

/** @param {Picture} ui */
export function showFigures(ui) {
  const { figures: held, data, state, pinned } = ui;
  const { labels, lang } = data;
  const found = figuresOf(state);
  const before = pinned && figuresOf(pinned);
  held.row.setAttribute("aria-label", labels.figures);
  for (const { name, button, label, value, beside } of held.tiles) {
    const isBytes = name !== "parameters" && name !== "operations";
    label.textContent = labels.figureNames[name].replace("%p", labels.precisionNames[state.precision]);
    const number = found?.[name];
    value.textContent = number === undefined ? "–" : isBytes ? writeBytes(number, lang) : writeCompact(number, lang);
    beside.textContent = besides(ui, name, number, before?.[name]);
    button.setAttribute("aria-expanded", String(ui.formula === name));
  }
  held.formula.classList.toggle("asked", ui.formula !== null);
  const words = ui.formula && found ? formulaOf(ui, ui.formula, found) : labels.hint;
  if (held.formula.textContent !== words) held.formula.textContent = words;
}

/**
 * Under a figure: how many times that of the pinned model it is; without a pin, what a token meets of the parameters.
 * @param {Picture} ui
 * @param {Figure} name
 * @param {bigint | undefined} number
 * @param {bigint | undefined} before
 */
function besides(ui, name, number, before) {
  const { labels, lang } = ui.data;
  if (number === undefined) return "";
  if (before !== undefined) return before ? `× ${writeShort(Number(number) / Number(before), lang, 4)}` : "";
  if (name !== "parameters" || !ui.tree || ui.tree.active === number) return "";
  return labels.active.replace("%n", writeCompact(ui.tree.active, lang));
}

/**
 * A figure's formula with the model's numbers in it.
 * @param {Picture} ui
 * @param {Figure} name
 * @param {NonNullable<ReturnType<typeof figuresOf>>} found
 */
function formulaOf(ui, name, found) {
  const { labels, lang } = ui.data;
  const { state, tree } = ui;
  const whole = (/** @type {number | bigint} */ value) => writeWhole(value, lang);
  const isLetters = state.family === "letters";
  if (name === "parameters" && tree) {
    const sum = tree.parts
      .filter(({ parameters }) => parameters)
      .map(
        ({ name: part, copies, each }) =>
          `${copies > 1 ? `${whole(copies)} × ` : ""}${whole(each)} (${ui.nameOf(part)})`,
      );
    return `${sum.join(" + ")} = ${whole(found.parameters)}`;
  }
  const words = isLetters ? (labels.lettersFormulas[name] ?? labels.formulas[name]) : labels.formulas[name];
  const values = /** @type {Record<string, string>} */ ({
    "%N": whole(found.parameters),
    "%w": whole(found.weights),
    "%c": whole(found.cache),
    "%m": whole(found.memory),
    "%o": whole(found.operations),
    "%l": whole(state.layers),
    "%k": whole(state.kv_heads),
    "%h": whole(state.width / state.heads),
    "%t": whole(reach(state)),
    "%d": whole(state.width),
    "%b": labels.bytesNames[state.precision],
    "%a": whole(
      (found.operations - 4n * BigInt(isLetters ? 0 : state.layers * state.width) * BigInt(reach(state))) / 2n,
    ),
  });
  const said = words.replace(/%[Nwcmolkhtdba]/g, (/** @type {string} */ sign) => values[sign]);
  return name === "cache" && reach(state) < state.context ? `${said} ${labels.windowStops}` : said;
}
