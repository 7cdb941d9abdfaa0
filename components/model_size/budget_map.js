// Tokens a parameter at the best split of every budget, by several fits of one law; known trainings as points.
import { clamp, make, svg, writeNumber } from "../in_browser/base.js";
import { apart, heightOf, ticksOf } from "../in_browser/scales.js";
import { diamond, NO_SIZE } from "./budget_chart.js";
import { ratioOf } from "./budget_law.js";
import { writePower } from "./budget_words.js";

/** @import { Picture } from "./budget.js" */

/** Tokens a parameter, at the two ends of the axis. */
const RATIOS = { low: 1, high: 10000, scale: /** @type {const} */ ("log") };
const MARGIN = { left: 3.4, right: 1.2, top: 0.8, bottom: 2.9 };

/** Make the drawing with its legend; `drawMap` fills it. */
export function map() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const title = make("div", { class: "part-title" });
  const legend = make("ul", { class: "answers" });
  const canvas = make("div", { class: "canvas" }, drawing);
  return {
    box: make("div", { class: "map" }, title, make("div", { class: "two" }, canvas, legend)),
    title,
    drawing,
    legend,
    size: NO_SIZE,
    /** The budget that is drawn; 0 where the drawing is out of date. */
    drawn: 0,
  };
}

/** Draw it, where the budget has changed. @param {Picture} ui */
export function drawMap(ui) {
  if (ui.map.drawn === ui.state.ops) return;
  ui.map.drawn = ui.state.ops;
  const { drawing, title, legend } = ui.map;
  const { state, data } = ui;
  const { labels, lang, limits } = data;
  const { type, width, height } = ui.map.size;
  const [left, right] = [MARGIN.left * type, width - MARGIN.right * type];
  const [top, bottom] = [MARGIN.top * type, height - MARGIN.bottom * type];
  const budgets = { low: limits.least, high: limits.most, scale: /** @type {const} */ ("log") };
  const x = (/** @type {number} */ ops) => left + heightOf(budgets, ops) * (right - left);
  const y = (/** @type {number} */ ratio) => bottom - clamp(heightOf(RATIOS, ratio), -0.02, 1.02) * (bottom - top);
  const tried = x(6 * limits.sizes[1] * limits.tokens[1]);
  title.textContent = labels.mapTitle;
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", labels.mapAlt);
  drawing.replaceChildren(
    svg("rect", { class: "tried", x: left, y: top, width: tried - left, height: bottom - top }),
    svg("text", { class: "said", x: left + 0.4 * type, y: top + 1.2 * type }, labels.tried),
    ...ticksOf(RATIOS).flatMap((ratio) => [
      svg("line", { class: "grid", x1: left, x2: right, y1: y(ratio), y2: y(ratio) }),
      svg(
        "text",
        { x: left - 0.5 * type, y: y(ratio) + 0.35 * type, "text-anchor": "end" },
        writeNumber(ratio, lang, 0),
      ),
    ]),
    ...ticksOf(budgets)
      .filter((_ops, at) => at % 2)
      .map((ops) =>
        svg("text", { x: x(ops), y: bottom + 1.25 * type, "text-anchor": "middle" }, writePower(ops, lang)),
      ),
    svg(
      "text",
      { x: (left + right) / 2, y: bottom + 2.5 * type, "text-anchor": "middle", class: "name" },
      labels.budgetAxis,
    ),
    ...Object.entries(data.laws).map(([name, law]) => {
      const [from, to] = [budgets.low, budgets.high].map((ops) => `${x(ops)},${y(ratioOf(law, ops))}`);
      return svg("path", { class: `opinion ${name}`, d: `M${from}L${to}` }); // a power law is straight here
    }),
    svg("path", { class: "opinion rule", d: `M${left},${y(limits.rule)}L${right},${y(limits.rule)}` }),
    ...(state.ops < limits.least
      ? []
      : [svg("line", { class: "ruler", x1: x(state.ops), x2: x(state.ops), y1: top, y2: bottom })]),
    ...trainings(ui, x, y, type),
  );
  showAnswers(ui, legend);
}

/**
 * The known trainings with their names, which part where they would meet.
 * @param {Picture} ui
 * @param {(ops: number) => number} x
 * @param {(ratio: number) => number} y
 * @param {number} type
 */
function trainings({ data }, x, y, type) {
  const shown = data.trainings.filter(({ operations }) => operations >= data.limits.least);
  const heights = shown.map(({ tokens, parameters }) => y(tokens / parameters));
  const names = apart(heights, 1.1 * type);
  return shown.flatMap(({ name, operations }, at) => [
    diamond(x(operations), heights[at], 0.36 * type),
    svg(
      "text",
      { class: "said known", x: x(operations) - 0.8 * type, y: names[at] - 0.5 * type, "text-anchor": "end" },
      name,
    ),
  ]);
}

/**
 * What each fit answers at this budget.
 * @param {Picture} ui
 * @param {HTMLElement} legend
 */
function showAnswers({ data, state }, legend) {
  const { labels, lang, limits, laws } = data;
  const ops = Math.max(state.ops, limits.least);
  const answers = [...Object.entries(laws).map(([name, law]) => ({ name, ratio: ratioOf(law, ops) }))];
  answers.push({ name: "rule", ratio: limits.rule });
  answers.sort((one, other) => other.ratio - one.ratio);
  const rows = answers.map(({ name, ratio }) =>
    make(
      "li",
      {},
      svg(
        "svg",
        { viewBox: "0 0 34 14", "aria-hidden": "true" },
        svg("path", { d: "M1,7H33", class: `opinion ${name}` }),
      ),
      make("b", {}, state.ops < limits.least ? "?" : writeNumber(ratio, lang, ratio < 30 && name !== "rule" ? 1 : 0)),
      make("span", {}, labels.opinions[name]),
    ),
  );
  legend.replaceChildren(...rows);
}
