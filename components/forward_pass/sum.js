// The sum of the chosen output, written out with its numbers.
import { make, writeNumber } from "../in_browser/base.js";
import { curve } from "./curve.js";
import { INPUTS, NEURONS } from "./forward.js";
import { low, put, tint } from "./marks.js";

/** @import { Results } from "./forward.js" */
/** @import { Part, Ui } from "./picture.js" */

/** A product whose tint is full. */
const LARGE = 6;

/**
 * @param {Ui} ui
 * @returns {Part}
 */
export function sum(ui) {
  const head = make("b", { class: "head" });
  const terms = [...Array(INPUTS + 1)].map(buildTerm);
  const total = make("b", { class: "total" });
  const after = make("span", { class: "after" });
  const boxes = terms.map(({ box }) => box);
  const bend = curve(ui);
  const element = make("div", { class: "sum", "aria-live": "off" }, head, ...boxes, total, after);
  if (bend) element.append(bend.element);
  return {
    element,
    show(found) {
      bend?.show(found);
      const { state, shape } = ui;
      const isFinal = state.output >= NEURONS;
      const row = isFinal ? state.output - NEURONS : state.output;
      const k = ui.example();
      const index = low(row + 1, shape.neurons === 1);
      const isPlain = isFinal || shape.activation === "identity";
      const at = row * shape.columns + k;
      put(head, `${isFinal ? "y" : isPlain ? "a" : "z"}${index} =`);
      const factors = isFinal ? finalFactors(ui, row, found) : firstFactors(ui, row, k);
      terms.forEach((term, i) => {
        term.box.hidden = i >= factors.length;
        if (!term.box.hidden) showTerm(term, factors[i], i === 0, isFinal ? 2 : 1, ui.data.lang);
      });
      put(total, `= ${writeNumber(isFinal ? found.y[row] : found.z[at], ui.data.lang)}`);
      put(after, isPlain ? "" : `a${low(row + 1)} = ${applied(ui, found, row, k)}`);
    },
  };
}

function buildTerm() {
  const symbol = make("small");
  const value = make("span", { class: "factors" });
  const product = make("span", { class: "share" });
  return { box: make("span", { class: "addend" }, symbol, value, product), symbol, value, product };
}

/** @typedef {{ symbol: string, weight: number, by?: number }} Factors a weight and what it multiplies; a bias stands alone */

/**
 * @param {Ui} ui
 * @param {number} row
 * @param {number} k
 * @returns {Factors[]}
 */
function firstFactors({ state, shape }, row, k) {
  const index = low(row + 1, shape.neurons === 1);
  const factors = [...Array(INPUTS).keys()].map((i) => ({
    symbol: `w${index}${low(i + 1)} × x${low(i + 1)}`,
    weight: state.w[row * INPUTS + i],
    by: state.x[k * INPUTS + i],
  }));
  return shape.bias ? [...factors, { symbol: `b${low(row + 1)}`, weight: state.b[row] }] : factors;
}

/**
 * @param {Ui} ui
 * @param {number} row
 * @param {Results} found
 * @returns {Factors[]}
 */
function finalFactors({ state }, row, { a }) {
  return [...Array(NEURONS).keys()].map((i) => ({
    symbol: `w${low(row + 1)}${low(i + 1)} × a${low(i + 1)}`,
    weight: state.v[row * NEURONS + i],
    by: a[i],
  }));
}

/**
 * @param {ReturnType<typeof buildTerm>} term
 * @param {Factors} factors
 * @param {boolean} isFirst
 * @param {number} decimals
 * @param {string} lang
 */
function showTerm(term, { symbol, weight, by }, isFirst, decimals, lang) {
  const product = weight * (by ?? 1);
  const sign = isFirst ? "" : product < 0 ? "− " : "+ ";
  const written = writeNumber(weight, lang, 1);
  put(term.symbol, symbol);
  put(term.value, by === undefined ? written : `${written} × ${writeNumber(by, lang, decimals)}`);
  put(term.product, sign + writeNumber(isFirst ? product : Math.abs(product), lang));
  tint(term.box, product, LARGE);
}

/**
 * @param {Ui} ui
 * @param {Results} found
 * @param {number} row
 * @param {number} k
 */
function applied({ shape, data }, found, row, k) {
  const write = (/** @type {number} */ value) => writeNumber(value, data.lang);
  const z = found.z[row * shape.columns + k];
  const a = write(found.a[row * shape.columns + k]);
  if (shape.activation !== "softmax") return `${data.labels.activations[shape.activation]}(${write(z)}) = ${a}`;
  const all = [...Array(NEURONS).keys()].map((o) => `e^${write(found.z[o * shape.columns + k])}`);
  return `${all[row]} / (${all.join(" + ")}) = ${a}`;
}
