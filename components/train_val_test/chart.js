// The curves of a run, and over them the ruler: a line at one epoch, with what each curve says there.
import { COLOURS, clamp, make, svg, writePercent, writeShort } from "../in_browser/base.js";
import { isNumber } from "../in_browser/charts.js";
import { heightOf, ticksOf } from "../in_browser/scales.js";
import { axisOf, epochTicks, valuesOf } from "./scales.js";

/** @import { Frame, Picture } from "./picture.js" */
/** @import { Measure } from "./scales.js" */
/** @typedef {{ width: number, height: number, left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ epoch: number, value: number | null }} Point */

const TEST = "#009e73";
const CURSOR = "#cc79a7";
/** Pixels beside the plot: for numbers at the left and below, for words above. */
const MARGIN = { left: 3.1, right: 0.9, top: 1.8, bottom: 1.7 };
/** Width of a letter, as a share of the type's size. */
const LETTER = 0.54;
/** With more points than this, a curve has no marks. */
const MARKED = 60;

/** Make the drawing; `draw` fills it, `point` moves the ruler. */
export function chart() {
  const drawing = svg("svg", { class: "curves", role: "img" });
  const ruler = svg("g", { class: "ruler" });
  const box = make("div", { class: "chart" }, drawing);
  return { box, drawing, ruler };
}

/**
 * Draw everything but the ruler.
 * @param {Picture} ui
 */
export function draw(ui) {
  const { drawing, ruler } = ui.chart;
  const { data } = ui;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 360];
  const margin = Object.fromEntries(Object.entries(MARGIN).map(([side, times]) => [side, times * type]));
  ui.box = {
    width,
    height,
    left: margin.left,
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
  };
  ui.axis = axisOf(ui.state.measure, ui.state.scale, allValues(ui));
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", data.labels.alt);
  drawing.replaceChildren(
    clip(ui.box),
    ...axes(ui, type),
    ...pinnedCurves(ui),
    ...marks(ui, type),
    ...ownCurves(ui),
    ...veil(ui, type),
    ruler,
  );
  ui.chart.box.style.setProperty("--left", `${margin.left}px`);
  ui.chart.box.style.setProperty("--right", `${margin.right}px`);
}

/** @param {Picture} ui */
function allValues({ data, state }) {
  const own = valuesOf(data.frames, state.measure, data.stage === "live");
  return [...own, ...valuesOf(data.pinned?.frames ?? [], state.measure, false)];
}

/** @param {Box} box */
function clip({ left, right, top, bottom }) {
  const inside = svg("rect", { x: left - 1, y: top - 5, width: right - left + 10, height: bottom - top + 10 });
  return svg("clipPath", { id: "plot" }, inside);
}

/**
 * @param {Picture} ui
 * @param {number} type size of it in pixels
 */
function axes(ui, type) {
  const { box, axis, data, state } = ui;
  const parts = ticksOf(axis).flatMap((value, i) => {
    const at = yOf(ui, value);
    const words = `${i === 0 && axis.scale === "log" ? "≤ " : ""}${writeValue(state.measure, value, data.lang, true)}`;
    return [
      svg("line", { class: "grid", x1: box.left, x2: box.right, y1: at, y2: at }),
      svg("text", { x: box.left - 0.45 * type, y: at + 0.35 * type, "text-anchor": "end" }, words),
    ];
  });
  const most = (box.right - box.left) / (3.4 * type);
  for (const epoch of epochTicks(data.epochs, most)) {
    const at = { x: xOf(ui, epoch), y: box.bottom + 1.25 * type, "text-anchor": "middle" };
    parts.push(svg("text", at, String(epoch)));
  }
  return parts;
}

/** @param {Picture} ui */
function ownCurves(ui) {
  const { data, state, shown } = ui;
  const frames = data.frames.slice(0, shown);
  const parts = [];
  if (state.measure === "loss" && data.batches.length && frames.length <= 2) {
    const points = data.batches.map(([epoch, value]) => ({ epoch, value }));
    parts.push(line(ui, points, "train", { class: "batches" }));
  }
  for (const kind of /** @type {const} */ (["train", "validation"])) {
    parts.push(...whole(ui, frames, kind));
  }
  if (data.test && shown >= data.frames.length) parts.push(...testMark(ui, data.test[state.measure]));
  return parts;
}

/** @param {Picture} ui */
function pinnedCurves(ui) {
  const { pinned } = ui.data;
  if (!pinned) return [];
  const group = svg("g", { class: "pinned" });
  for (const kind of /** @type {const} */ (["train", "validation"])) group.append(...whole(ui, pinned.frames, kind));
  return [group];
}

/**
 * A curve with its marks.
 * @param {Picture} ui
 * @param {Frame[]} frames
 * @param {"train" | "validation"} kind
 */
function whole(ui, frames, kind) {
  const points = frames.map((frame) => ({ epoch: frame.epoch, value: frame[kind][ui.state.measure] }));
  /** @type {SVGElement[]} */
  const parts = [line(ui, points, kind, {})];
  if (ui.data.frames.length <= MARKED)
    parts.push(...points.flatMap((point) => (isNumber(point.value) ? dot(ui, point, kind) : [])));
  return parts;
}

/**
 * @param {Picture} ui
 * @param {Point[]} points
 * @param {"train" | "validation"} kind
 * @param {Record<string, string>} attributes
 */
function line(ui, points, kind, attributes) {
  let path = "";
  let isPenDown = false;
  for (const { epoch, value } of points) {
    if (isNumber(value)) path += `${isPenDown ? "L" : "M"}${xOf(ui, epoch).toFixed(1)},${yOf(ui, value).toFixed(1)}`;
    isPenDown = isNumber(value);
  }
  const stroke = { stroke: COLOURS[kind], "stroke-dasharray": kind === "validation" ? "7 4" : "" };
  return svg("path", { d: path, fill: "none", "clip-path": "url(#plot)", class: kind, ...stroke, ...attributes });
}

/**
 * A mark on a curve: a disc for train, a square for validation.
 * @param {Picture} ui
 * @param {Point} point
 * @param {"train" | "validation"} kind
 * @param {number} [size]
 * @returns {SVGElement[]}
 */
function dot(ui, { epoch, value }, kind, size = 2.6) {
  const [x, y] = [xOf(ui, epoch), yOf(ui, Number(value))];
  if (y < ui.box.top - 4) return [];
  const fill = COLOURS[kind];
  if (kind === "train") return [svg("circle", { cx: x, cy: y, r: size, fill })];
  return [svg("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, fill })];
}

/**
 * The one number of the test set, at the end of the run.
 * @param {Picture} ui
 * @param {number | null} value
 */
function testMark(ui, value) {
  if (!isNumber(value)) return [];
  const [x, y] = [
    xOf(ui, ui.data.frames[ui.data.frames.length - 1].epoch),
    clamp(yOf(ui, value), ui.box.top, ui.box.bottom),
  ];
  const d = `M${x},${y - 9}l9,9l-9,9l-9,-9Z`;
  return [svg("path", { d, fill: TEST, class: "test" })];
}

/**
 * Vertical lines with words above the plot, where no curve is.
 * @param {Picture} ui
 * @param {number} type
 */
function marks(ui, type) {
  const { box, data } = ui;
  if (!data.mark || ui.shown < data.frames.length) return [];
  const x = xOf(ui, data.mark.epoch);
  const half = (data.mark.words.length * type * LETTER) / 2;
  const at = clamp(x, Math.min(half, box.width / 2), Math.max(box.width - half, box.width / 2));
  return [
    svg("line", { class: "mark", x1: x, x2: x, y1: box.top - 4, y2: box.bottom }),
    svg("text", { class: "best", x: at, y: box.top - 0.7 * type, "text-anchor": "middle" }, data.mark.words),
  ];
}

/**
 * What comes after the last moment that is shown, while the question waits for an answer.
 * @param {Picture} ui
 * @param {number} type
 */
function veil(ui, type) {
  const { box, data } = ui;
  if (!data.veiled || ui.shown >= data.frames.length) return [];
  const from = xOf(ui, data.frames[ui.shown - 1].epoch);
  const middle = { x: (from + box.right) / 2, "text-anchor": "middle" };
  return [
    svg("rect", { class: "veil", x: from, y: box.top, width: box.right - from, height: box.bottom - box.top }),
    svg("text", { class: "ask", ...middle, y: (box.top + box.bottom) / 2 + type }, "?"),
    svg("text", { ...middle, y: (box.top + box.bottom) / 2 + 3.4 * type }, data.labels.next),
  ];
}

/**
 * Move the ruler to a moment.
 * @param {Picture} ui
 * @param {number} at
 */
export function point(ui, at) {
  const { box, data, state } = ui;
  const frame = data.frames[at];
  if (!frame) {
    ui.chart.ruler.replaceChildren();
    return;
  }
  const x = xOf(ui, frame.epoch);
  const dots = /** @type {const} */ (["train", "validation"]).flatMap((kind) => {
    const value = frame[kind][state.measure];
    return isNumber(value) ? dot(ui, { epoch: frame.epoch, value }, kind, 5) : [];
  });
  ui.chart.ruler.replaceChildren(
    svg("line", { x1: x, x2: x, y1: box.top - 2, y2: box.bottom + 3, stroke: CURSOR }),
    svg("path", { d: `M${x},${box.bottom + 1}l8,9h-16Z`, fill: CURSOR }),
    ...dots,
  );
}

/**
 * @param {Picture} ui
 * @param {number} epoch
 */
function xOf({ box, data }, epoch) {
  return box.left + (epoch / data.epochs) * (box.right - box.left);
}

/**
 * @param {Picture} ui
 * @param {number} value
 */
function yOf({ box, axis }, value) {
  return box.bottom - Math.min(heightOf(axis, value), 3) * (box.bottom - box.top);
}

/**
 * Write an error as a percentage, a loss as a number.
 * @param {Measure} measure
 * @param {number | null | undefined} value
 * @param {string} lang
 * @param {boolean} [isTick] without decimals that say nothing
 */
export function writeValue(measure, value, lang, isTick = false) {
  if (!isNumber(value)) return "NaN";
  if (measure === "loss") return writeShort(value, lang, 3);
  if (isTick)
    return writePercent(value, lang, value === 0 || value >= 0.00999 ? (Math.round(value * 1000) % 10 ? 1 : 0) : 1);
  return writePercent(value, lang, value < 0.1 ? 2 : 1);
}
