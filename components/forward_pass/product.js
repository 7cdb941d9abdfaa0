// The matrices in Falk's layout: W bottom left, x top right, the result where row and column meet.
import { make, withTerms, writeNumber } from "../in_browser/base.js";
import { FINAL, INPUTS, LIMIT, NEURONS } from "./forward.js";
import { draggable, movable } from "./hand.js";
import { low, put, tint } from "./marks.js";

/** @import { List, Result } from "./forward.js" */
/** @import { Part, Ui } from "./picture.js" */
/**
 * @typedef {object} Matrix
 * @property {string} name
 * @property {number} rows
 * @property {number} columns
 * @property {"rows" | "columns" | "next" | "next-columns"} [meets] which of its sizes is that of another matrix
 * @property {List} [list] what the student moves in it, or
 * @property {Result} [result] what is computed in it
 * @property {number} [outputs] the output that its first row belongs to, if it has some
 */
/** @typedef {Part & { element: HTMLElement }} Cell */

/**
 * @param {Ui} ui
 * @returns {Part}
 */
export function product(ui) {
  const { shape, data } = ui;
  const { columns, neurons } = shape;
  const isActivated = shape.activation !== "identity";
  const [x, z, a] = columns > 1 ? ["X", "Z", "A"] : ["x", "z", "a"];
  const grid = make("div", { class: "product", role: "group", "aria-label": data.labels.product });
  /** @type {Cell[]} */
  const cells = [];
  /**
   * @param {number} row
   * @param {number | string} column
   * @param {Matrix} matrix
   */
  const place = (row, column, matrix) => {
    const { block, inside } = build(ui, matrix);
    block.style.gridRow = String(row);
    block.style.gridColumn = String(column);
    grid.append(block);
    cells.push(...inside);
    return block;
  };

  place(1, 3, { name: x, list: "x", rows: INPUTS, columns, meets: "rows" });
  const w = shape.second ? "W₁" : neurons > 1 ? "W" : "w";
  place(2, 1, { name: w, list: "w", rows: neurons, columns: INPUTS, meets: "columns" });
  if (shape.bias) place(2, 2, { name: "+ b", list: "b", rows: neurons, columns: 1 });
  /** @type {{ rows: number, columns: number, outputs: number }} */
  const ofNeurons = { rows: neurons, columns, outputs: 0 };
  const meets = shape.second ? "next" : undefined;
  if (isActivated) {
    const name = `${data.labels.activations[shape.activation]} → ${a}`;
    place(2, 3, { name: `= ${z}`, result: "z", ...ofNeurons });
    place(2, 4, { name, result: "a", ...ofNeurons, meets });
  } else place(2, 3, { name: `= ${a}`, result: "a", ...ofNeurons, meets });
  if (shape.second) {
    const end = isActivated ? 4 : 3;
    const v = place(3, `1 / ${end}`, { name: "W₂", list: "v", rows: FINAL, columns: NEURONS, meets: "next-columns" });
    v.classList.add("at-end");
    place(3, end, { name: "= y", result: "y", rows: FINAL, columns: 1, outputs: NEURONS });
  }
  if (shape.collapse) {
    place(4, 1, { name: "W₂ @ W₁", result: "m", rows: FINAL, columns: INPUTS });
    place(4, 2, { name: "+ W₂ @ b", result: "c", rows: FINAL, columns: 1 });
    place(4, 3, { name: "= y ?", result: "u", rows: FINAL, columns: 1 });
  }
  const corner = shape.collapse ? verdict(ui) : formula(ui);
  grid.append(corner.element);
  return {
    element: make("div", { class: "falk" }, grid),
    show(found) {
      for (const part of [...cells, corner]) part.show(found);
    },
  };
}

/**
 * @param {Ui} ui
 * @param {Matrix} matrix
 */
function build(ui, { name, rows, columns, meets, list, result, outputs }) {
  const inside = [...Array(rows * columns).keys()].map((i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    return list ? moved(ui, list, r, c, columns) : computed(ui, result ?? "a", r, c, columns, outputs);
  });
  const isRows = meets === "rows" || meets === "next";
  const size = (/** @type {number} */ count, /** @type {boolean} */ isMet) =>
    make("i", { class: isMet && meets ? `meet ${meets}` : "" }, String(count));
  const sizes = make("small", {}, size(rows, isRows), " × ", size(columns, !isRows));
  const body = make("div", { class: "body", style: `--columns: ${columns}` }, ...inside.map(({ element }) => element));
  const title = make("figcaption", {}, make("b", {}, ...withTerms(name, ui.data.terms)), sizes);
  return { block: make("figure", { class: `matrix of-${list ?? result}` }, title, body), inside };
}

/**
 * A cell that the student moves.
 * @param {Ui} ui
 * @param {List} list
 * @param {number} r
 * @param {number} c
 * @param {number} columns
 * @returns {Cell}
 */
function moved(ui, list, r, c, columns) {
  const isX = list === "x";
  const owner = isX ? -1 : list === "v" ? NEURONS + r : r;
  const at = () => (isX ? c * INPUTS + r : r * columns + c);
  const select = () => {
    if (!isX) ui.choose(owner);
    else if (columns > 1) ui.state.example = c;
  };
  const element = make("div", {
    class: "cell input",
    role: "slider",
    tabindex: 0,
    "data-at": `${list}-${r}-${c}`,
    "aria-valuemin": -LIMIT,
    "aria-valuemax": LIMIT,
    "aria-label": nameOf(ui, list, r, c),
  });
  draggable(ui, element, list, at, select);
  movable(ui, element, list, at);
  element.onfocus = () => {
    select();
    ui.show();
  };
  const write = writer(ui, element, 1);
  return {
    element,
    show() {
      const value = ui.state[list][at()];
      const isRead = isX && ui.state.output < NEURONS && c === ui.example();
      element.classList.toggle("chosen", isRead || owner === ui.state.output);
      const text = write(value);
      if (text === null) return;
      element.setAttribute("aria-valuenow", String(value));
      element.setAttribute("aria-valuetext", text);
    },
  };
}

/**
 * A cell that is computed; those of an output are buttons that choose it.
 * @param {Ui} ui
 * @param {Result} result
 * @param {number} r
 * @param {number} c
 * @param {number} columns
 * @param {number} [outputs]
 * @returns {Cell}
 */
function computed(ui, result, r, c, columns, outputs) {
  const owner = outputs === undefined ? -1 : outputs + r;
  const attributes = { class: "cell result", "data-at": `${result}-${r}-${c}` };
  const element = outputs === undefined ? make("div", attributes) : make("button", { ...attributes, type: "button" });
  if (outputs !== undefined) {
    element.onclick = () => {
      if (columns > 1) ui.state.example = c;
      ui.choose(owner);
      ui.told.now();
    };
  }
  const write = writer(ui, element, 2);
  return {
    element,
    show(found) {
      const isRead = result === "a" && ui.state.output >= NEURONS;
      const isOutput = owner === ui.state.output && (ui.shape.columns === 1 || c === ui.example());
      element.classList.toggle("chosen", isRead || isOutput);
      const text = write(found[result][r * columns + c]);
      if (text === null || outputs === undefined) return;
      element.setAttribute("aria-label", `${owner >= NEURONS ? "y" : result}${low(r + 1)} = ${text}`);
    },
  };
}

/**
 * Return what writes a number into a cell, and returns its text; null where the same number stands there already.
 * @param {Ui} ui
 * @param {HTMLElement} element
 * @param {number} decimals
 */
function writer(ui, element, decimals) {
  /** @type {number | null} */
  let shown = null;
  return (/** @type {number} */ value) => {
    if (value === shown) return null;
    shown = value;
    const text = writeNumber(value, ui.data.lang, decimals);
    put(element, text);
    tint(element, value, LIMIT);
    return text;
  };
}

/**
 * @param {Ui} ui
 * @param {List} list
 * @param {number} r
 * @param {number} c
 */
function nameOf({ shape, data }, list, r, c) {
  if (list === "x") return `x${low(r + 1)}${shape.columns > 1 ? `, ${data.labels.example} ${c + 1}` : ""}`;
  if (list === "b") return `b${low(r + 1)}`;
  return shape.neurons === 1 ? `w${low(c + 1)}` : `${list === "v" ? "W₂ " : ""}w${low(r + 1)}${low(c + 1)}`;
}

/**
 * @param {Ui} ui
 * @returns {Part}
 */
function formula({ shape, data }) {
  const [x, a] = shape.columns > 1 ? ["X", "A"] : ["x", "a"];
  const inside = `${shape.second ? "W₁" : "W"} @ ${x}${shape.bias ? " + b" : ""}`;
  const f = data.labels.activations[shape.activation];
  const first = `${a} = ${shape.activation === "identity" ? inside : `${f}(${inside})`}`;
  const text = shape.neurons === 1 ? "a = w @ x" : shape.second ? `${first}\ny = W₂ @ a` : first;
  return { element: make("div", { class: "formula" }, text), show() {} };
}

/**
 * Whether the two layers give what one gives that is their product.
 * @param {Ui} ui
 * @returns {Part}
 */
function verdict({ shape, data: { labels, lang } }) {
  const element = make("output", { class: "verdict" });
  return {
    element,
    show({ y, u }) {
      const apart = Math.max(...y.map((value, j) => Math.abs(value - u[j])));
      const isEqual = apart < 1e-9;
      const same = shape.activation === "identity" ? labels.equal : labels.alike;
      put(element, isEqual ? same : labels.different.replace("%s", writeNumber(apart, lang)));
      element.className = `verdict ${isEqual ? "equal" : "different"}`;
    },
  };
}
