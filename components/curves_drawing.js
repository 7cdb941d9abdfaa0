// The plot of learning curves: axes with round numbers, lines that break where there is no number, marks and levels.
import { clamp, dress, make, svg, writeShort } from "./in_browser/base.js";
import { isNumber } from "./in_browser/charts.js";
import { apart, heightOf, ticksOf } from "./in_browser/scales.js";

/** @import { Surroundings } from "./in_browser/base.js" */
/** @import { Axis } from "./in_browser/scales.js" */
/** @typedef {"train" | "validation" | "test"} Split */
/** @typedef {{ split: Split, name: string, x: number[], y: (number | null)[], faded: boolean }} Curve y: null where it is no number */
/** @typedef {{ title: string, low: number, high: number, scale: Axis["scale"] }} Titled */
/**
 * @typedef {object} Data
 * @property {Curve[]} curves back to front
 * @property {Titled} x
 * @property {Titled} y
 * @property {{ x: number, words: string }[]} marks
 * @property {{ y: number, words: string }[]} levels
 * @property {string} alt
 * @property {number} height of the plot, in pixels
 */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/**
 * @typedef {object} Picture
 * @property {HTMLElement} legend
 * @property {SVGElement} drawing
 * @property {SVGElement} title of the horizontal axis; where something is read, it says where
 * @property {SVGElement} ruler
 * @property {number | null} at where something is read
 * @property {Data & Surroundings} data
 * @property {Box} box the plot
 * @property {number} type its size, in pixels
 */

/** Times the type's size: above the plot, and below it for numbers and title. */
const MARGIN = { top: 2.1, bottom: 3.2, right: 0.8 };
/** Length of the line from a level to its words, times the type's size. */
const TIE = 1;
/** Height of a line of words, times the type's size. */
const LINE = 1.25;
/** Width of a letter, as a share of the type's size. */
const LETTER = 0.54;
/** Half the width of a mark, times the type's size. */
const MARK = 0.21;
/** With more points than this, a curve has no marks. */
const MARKED = 60;
/**
 * Draw everything but what is read.
 * @param {Picture} ui
 */
export function draw(ui) {
  const { drawing, data } = ui;
  ui.type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const { type } = ui;
  const [width, height] = [drawing.clientWidth || 600, data.height];
  const ticks = apartBy(1.2 * type, height - (MARGIN.top + MARGIN.bottom) * type, data.y);
  const widest = Math.max(1, ...ticks.map((tick) => writeShort(tick, data.lang).length));
  ui.box = {
    left: (widest * LETTER + 0.8) * type,
    right: width - rightOf(data.levels) * type,
    top: MARGIN.top * type,
    bottom: height - MARGIN.bottom * type,
  };
  const { box } = ui;
  dress(ui.title, { x: box.right, y: height - 0.5 * type });
  dress(drawing, { viewBox: `0 0 ${width} ${height}`, "aria-label": data.alt });
  drawing.replaceChildren(
    svg("clipPath", { id: "plot" }, svg("rect", { ...cornerOf(box), ...sizeOf(box) })),
    ...ticks.flatMap((tick) => row(ui, tick, type)),
    ...columns(ui, type),
    svg("text", { x: 0, y: type }, data.y.title),
    ui.title,
    ...levelsOf(ui, type),
    ...data.marks.flatMap((mark) => markOf(ui, mark, type)),
    ...data.curves.map((curve) => curveOf(ui, curve)),
    ui.ruler,
  );
  ui.legend.replaceChildren(...data.curves.map(entry));
}

/**
 * The round values of an axis, or the powers of ten alone where all of them would stand on each other.
 * @param {number} least pixels between two
 * @param {number} length of the axis
 * @param {Titled} axis
 */
function apartBy(least, length, axis) {
  const ticks = ticksOf(axis).filter((tick) => tick >= axis.low);
  const isClose =
    axis.scale === "log" &&
    ticks.some((tick, i) => i && (heightOf(axis, tick) - heightOf(axis, ticks[i - 1])) * length < least);
  return isClose ? ticks.filter((tick) => Number.isInteger(Math.log10(tick))) : ticks;
}

/** @param {Box} box */
const cornerOf = ({ left, top }) => ({ x: left, y: top - 4 });
/** @param {Box} box */
const sizeOf = ({ left, right, top, bottom }) => ({ width: Math.max(0, right - left + 6), height: bottom - top + 8 });

/**
 * @param {Picture} ui
 * @param {number} tick
 * @param {number} type size of it in pixels
 */
function row(ui, tick, type) {
  const at = yOf(ui, tick);
  return [
    svg("line", { class: "grid", x1: ui.box.left, x2: ui.box.right, y1: at, y2: at }),
    svg(
      "text",
      { x: ui.box.left - 0.45 * type, y: at + 0.35 * type, "text-anchor": "end" },
      writeWhole(tick, ui.data.lang),
    ),
  ];
}

/**
 * @param {Picture} ui
 * @param {number} type
 */
function columns({ box, data }, type) {
  const longest = writeWhole(data.x.high, data.lang).length;
  const most = Math.max(1, Math.floor((box.right - box.left) / ((longest * LETTER + 1.6) * type)));
  return ticksOf(data.x, most).map((tick) => {
    const x = box.left + heightOf(data.x, tick) * (box.right - box.left);
    return svg("text", { x, y: box.bottom + 1.25 * type, "text-anchor": "middle" }, writeWhole(tick, data.lang));
  });
}

/**
 * What is free to the right of the plot, times the type's size: the words of the levels stand there.
 * @param {Data["levels"]} levels
 */
function rightOf(levels) {
  const longest = Math.max(0, ...levels.map(({ words }) => words.length));
  return longest ? longest * LETTER + TIE + MARGIN.right : MARGIN.right;
}

/**
 * Horizontal lines, and the words of each beside the plot: at its height, or tied to it where others are close.
 * @param {Picture} ui
 * @param {number} type
 */
function levelsOf(ui, type) {
  const { left, right } = ui.box;
  const heights = ui.data.levels.map(({ y }) => yOf(ui, y));
  const places = apart(heights, LINE * type);
  return ui.data.levels.flatMap(({ words }, i) => {
    const [at, place] = [heights[i], places[i]];
    return [
      svg("line", { class: "mark", x1: left, x2: right, y1: at, y2: at }),
      svg("line", { class: "tie", x1: right, x2: right + TIE * type, y1: at, y2: place }),
      svg("text", { class: "level", x: right + (TIE + 0.3) * type, y: place + 0.35 * type }, words),
    ];
  });
}

/**
 * A vertical line, and its words above the plot, where no curve is.
 * @param {Picture} ui
 * @param {Data["marks"][number]} mark
 * @param {number} type
 */
function markOf({ box, data }, { x, words }, type) {
  const at = box.left + heightOf(data.x, x) * (box.right - box.left);
  const half = (words.length * type * LETTER) / 2;
  const place = clamp(at, box.left + half, Math.max(box.left + half, box.right - half));
  return [
    svg("line", { class: "mark", x1: at, x2: at, y1: box.top - 4, y2: box.bottom }),
    svg("text", { x: place, y: box.top - 0.5 * type, "text-anchor": "middle" }, words),
  ];
}

/**
 * @param {Picture} ui
 * @param {Curve} curve
 */
function curveOf(ui, { split, x, y, faded }) {
  let path = "";
  let isPenDown = false;
  y.forEach((value, i) => {
    if (isNumber(value)) path += `${isPenDown ? "L" : "M"}${xOf(ui, x[i]).toFixed(1)},${yOf(ui, value).toFixed(1)}`;
    isPenDown = isNumber(value);
  });
  const group = svg("g", { class: `curve ${split}`, "clip-path": "url(#plot)" }, svg("path", { d: path }));
  group.classList.toggle("faded", faded);
  if (x.length <= MARKED) group.append(...y.flatMap((at, i) => (isNumber(at) ? dot(ui, split, x[i], at, MARK) : [])));
  return group;
}

/**
 * A mark on a curve: a disc for train, a square for validation, a diamond for test.
 * @param {Picture} ui
 * @param {Split} split
 * @param {number} x
 * @param {number} y
 * @param {number} times half its width, times the type's size
 */
export function dot(ui, split, x, y, times) {
  const [at, height, size] = [xOf(ui, x), yOf(ui, y), times * ui.type];
  if (split === "train") return svg("circle", { cx: at, cy: height, r: size });
  const square = { x: at - size, y: height - size, width: 2 * size, height: 2 * size };
  return svg("rect", split === "test" ? { ...square, transform: `rotate(45 ${at} ${height})` } : square);
}

/** @param {Curve} curve */
function entry({ split, name, faded }) {
  const box = make("span", { class: `entry ${split}` }, make("i"), name, " ", make("b"));
  box.classList.toggle("faded", faded);
  return box;
}

/**
 * @param {Picture} ui
 * @param {number} value
 */
export function xOf({ box, data }, value) {
  return box.left + heightOf(data.x, value) * (box.right - box.left);
}

/**
 * @param {Picture} ui
 * @param {number} value
 */
function yOf({ box, data }, value) {
  return box.bottom - clamp(heightOf(data.y, value), -1, 2) * (box.bottom - box.top);
}

/**
 * Write a place on the horizontal axis, or a tick: 1 200 and 0,5, without powers.
 * @param {number} value
 * @param {string} lang
 */
export const writeWhole = (value, lang) => writeShort(value, lang, 6);
