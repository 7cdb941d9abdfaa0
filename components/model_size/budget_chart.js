// The loss that the law expects of every split of a budget: parameters below, tokens above, a ruler under the finger.
import { clamp, make, svg, writeNumber } from "../in_browser/base.js";
import { ticksOf } from "../in_browser/scales.js";
import { bestOf, lossOf, placeOf, reachOf, sizesOf, tokensOf, windowOf } from "./budget_law.js";
import { stepsBetween, writeCount, writePower } from "./budget_words.js";

/** @import { Picture } from "./budget.js" */
/** @typedef {{ left: number, right: number, top: number, bottom: number, type: number }} Box */

/** Around the plot, in times the size of the type. */
const MARGIN = { left: 3.6, right: 1.4, top: 3.1, bottom: 3 };
/** Of the height of the curve, what is left free above it and below it. */
const [ABOVE, BELOW] = [0.06, 0.14];

/** A drawing that was not measured yet. */
export const NO_SIZE = { type: 14, width: 600, height: 360 };

/**
 * Measure a drawing and its type. Not at each move of the hand: asking makes the browser lay out what has just changed.
 * @param {{ drawing: SVGElement, size: typeof NO_SIZE }} part
 */
export function measure(part) {
  const { drawing } = part;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || NO_SIZE.type;
  part.size = {
    type,
    width: drawing.clientWidth || NO_SIZE.width,
    height: drawing.clientHeight || NO_SIZE.height,
  };
}

/** Make the drawing; `draw` fills it. */
export function chart() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const size = NO_SIZE;
  const range = make("input", { type: "range", min: 0, step: 1 });
  const rail = make("div", { class: "rail" }, range);
  return { box: make("div", { class: "chart" }, drawing, rail), drawing, size, range, rail };
}

/** The sizes that the ruler stops on. @param {Picture} ui */
export function stopsOf({ state, data, known }) {
  return sizesOf(state.ops, data.limits, known());
}

/** @param {Picture} ui */
export function draw(ui) {
  const { drawing, range, box: holder } = ui.chart;
  const { state, data } = ui;
  const { type, width, height } = ui.chart.size;
  const box = {
    type,
    left: MARGIN.left * type,
    right: width - MARGIN.right * type,
    top: MARGIN.top * type,
    bottom: height - MARGIN.bottom * type,
  };
  const says = state.ops >= data.limits.least;
  const sizes = stopsOf(ui);
  const losses = sizes.map((size) => lossOf(ui.law(), state.ops, size));
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const [low, high] = [least - BELOW * (most - least), most + ABOVE * (most - least)];
  const axis = { ...windowOf(state.ops, data.limits), scale: /** @type {const} */ ("log") };
  const x = (/** @type {number} */ size) =>
    box.left + (Math.log(size / axis.low) / Math.log(axis.high / axis.low)) * (box.right - box.left);
  const y = (/** @type {number} */ loss) => box.bottom - ((loss - low) / (high - low)) * (box.bottom - box.top);
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", data.labels.chartAlt);
  drawing.replaceChildren(
    ...axes(ui, box, x),
    ...(says ? heights(ui, box, y, low, high) : []),
    ...(says && !ui.isBetting ? curve(ui, x, y, sizes) : []),
    ...ruler(ui, box, x, y, says),
    ...legend(ui, box, says, sizes),
    ...points(ui, box, x, y, says),
  );
  range.max = String(sizes.length - 1);
  range.value = String(placeOf(sizes, state.size));
  range.setAttribute("aria-label", data.labels.ruler);
  range.setAttribute("aria-valuetext", writeCount(state.size, data.lang, data.labels.counts));
  holder.style.setProperty("--left", `${box.left}px`);
  holder.style.setProperty("--right", `${MARGIN.right * type}px`);
}

/**
 * Parameters below, and above them the tokens that are left.
 * @param {Picture} ui
 * @param {Box} box
 * @param {(size: number) => number} x
 */
function axes({ state, data }, { left, right, top, bottom, type }, x) {
  const { labels, lang } = data;
  const axis = { ...windowOf(state.ops, data.limits), scale: /** @type {const} */ ("log") };
  const most = tokensOf(state.ops, axis.low);
  const tokens = ticksOf({ low: most * (axis.low / axis.high), high: most, scale: "log" });
  const middle = { x: (left + right) / 2, "text-anchor": "middle", class: "name" };
  return [
    ...ticksOf(axis).flatMap((size) => [
      svg("line", { class: "grid", x1: x(size), x2: x(size), y1: top, y2: bottom + 4 }),
      svg("text", { x: x(size), y: bottom + 1.25 * type, "text-anchor": "middle" }, writePower(size, lang)),
    ]),
    ...tokens.flatMap((count) => {
      const at = x(tokensOf(state.ops, count)); // the same division turns tokens into parameters
      return [
        svg("line", { class: "tick", x1: at, x2: at, y1: top, y2: top - 5 }),
        svg("text", { x: at, y: top - 0.6 * type, "text-anchor": "middle" }, writePower(count, lang)),
      ];
    }),
    svg("line", { class: "tick", x1: left, x2: right, y1: top, y2: top }),
    svg("text", { ...middle, y: bottom + 2.55 * type }, labels.sizeAxis),
    svg("text", { class: "name", x: right, y: top - 2.05 * type, "text-anchor": "end" }, labels.tokensAxis),
    svg("text", { class: "name", x: 0, y: top - 2.05 * type }, labels.lossAxis),
  ];
}

/**
 * @param {Picture} ui
 * @param {Box} box
 * @param {(loss: number) => number} y
 * @param {number} low
 * @param {number} high
 */
function heights({ data, isBetting }, { left, right, type }, y, low, high) {
  if (isBetting) return []; // the numbers of the axis would tell how low the curve goes
  const { steps, decimals } = stepsBetween(low, high, 5);
  return steps.flatMap((loss) => [
    svg("line", { class: "grid", x1: left, x2: right, y1: y(loss), y2: y(loss) }),
    svg(
      "text",
      { x: left - 0.5 * type, y: y(loss) + 0.35 * type, "text-anchor": "end" },
      writeNumber(loss, data.lang, decimals),
    ),
  ]);
}

/**
 * The law, whole where models were tried, dashed beyond.
 * @param {Picture} ui
 * @param {(size: number) => number} x
 * @param {(loss: number) => number} y
 * @param {number[]} sizes
 */
function curve(ui, x, y, sizes) {
  const { state, data } = ui;
  const parts = [];
  const reach = (/** @type {number} */ size) => reachOf(state.ops, size, data.limits);
  for (let from = 0, to = 1; from < sizes.length - 1; from = to, to += 1) {
    const middle = (/** @type {number} */ at) => reach(Math.sqrt(sizes[at] * sizes[at + 1]));
    while (to < sizes.length - 1 && middle(to) === middle(from)) to += 1;
    const path = sizes
      .slice(from, to + 1)
      .map((size) => `${x(size).toFixed(1)},${y(lossOf(ui.law(), state.ops, size)).toFixed(1)}`);
    parts.push(svg("path", { class: `law ${middle(from)}`, d: `M${path.join("L")}` }));
  }
  return [svg("g", { class: ui.isFresh ? "fresh" : "" }, ...parts)];
}

/**
 * What is written over the chart: how to read the curve, or why there is none: a bet waits, or the law says nothing.
 * @param {Picture} ui
 * @param {Box} box
 * @param {boolean} says
 * @param {number[]} sizes
 */
function legend({ state, data, isBetting }, { left, right, top, bottom, type }, says, sizes) {
  const { labels, limits } = data;
  if (says && !isBetting) {
    const key = { class: "key", x: right - 0.6 * type, y: top + 1.4 * type, "text-anchor": "end" };
    const isBeyond = sizes.some((size) => reachOf(state.ops, size, limits) === "beyond");
    return isBeyond ? [svg("text", key, labels.dashed)] : [];
  }
  const middle = { x: (left + right) / 2, "text-anchor": "middle" };
  const y = top + (bottom - top) * 0.45;
  return [
    svg("text", { class: says ? "ask" : "ask silent", ...middle, y }, says ? "?" : "…"),
    svg("text", { class: "asked", ...middle, y: y + 1.9 * type }, says ? labels.where : labels.silent),
  ];
}

/**
 * The known training's own split, and the best one.
 * @param {Picture} ui
 * @param {Box} box
 * @param {(size: number) => number} x
 * @param {(loss: number) => number} y
 * @param {boolean} says
 */
function points(ui, { left, right, bottom, type }, x, y, says) {
  const { state, data, isBetting } = ui;
  const [parts, known] = [/** @type {SVGElement[]} */ ([]), ui.known()];
  const isHidden = isBetting || !says;
  const place = (/** @type {number} */ at, /** @type {number} */ room) => clamp(at, left + room, right - room);
  if (!isHidden) {
    const best = bestOf(ui.law(), state.ops);
    const at = { cx: x(best), cy: y(lossOf(ui.law(), state.ops, best)) };
    const words = data.labels.best.replace("%n", writeCount(best, data.lang, data.labels.counts, 2));
    parts.push(svg("circle", { class: "best", ...at, r: 0.42 * type }));
    const under = { x: place(at.cx, 5 * type), y: at.cy + 1.55 * type, "text-anchor": "middle", class: "said best" };
    parts.push(svg("text", under, words));
  }
  if (known) {
    const at = x(known.parameters);
    const height = isHidden ? bottom - 0.55 * type : y(lossOf(ui.law(), state.ops, known.parameters));
    parts.push(diamond(at, height, 0.42 * type));
    const above = { x: place(at, 4 * type), y: height - 0.85 * type, "text-anchor": "middle", class: "said known" };
    parts.push(svg("text", above, known.name));
  }
  return parts;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function diamond(x, y, size) {
  const far = 1.35 * size;
  return svg("path", { class: "known", d: `M${x},${y - far}l${far},${far}l${-far},${far}l${-far},${-far}Z` });
}

/**
 * @param {Picture} ui
 * @param {Box} box
 * @param {(size: number) => number} x
 * @param {(loss: number) => number} y
 * @param {boolean} says
 */
function ruler(ui, { top, bottom, type }, x, y, says) {
  const at = x(ui.state.size);
  const parts = [
    svg("line", { class: "ruler", x1: at, x2: at, y1: top, y2: bottom }),
    svg("path", { class: "handle", d: `M${at},${bottom - 12}l9,12h-18Z` }),
  ];
  if (says && !ui.isBetting) {
    const loss = lossOf(ui.law(), ui.state.ops, ui.state.size);
    parts.push(svg("circle", { class: "ring", cx: at, cy: y(loss), r: 0.6 * type }));
  }
  return parts;
}
