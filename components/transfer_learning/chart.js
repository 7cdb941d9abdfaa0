// Accuracy against photos of each sign: a curve for each way with its error bars, a ruler, and the student's own runs.
import { clamp, make, svg, writePercent, writeShort } from "../in_browser/base.js";

/** @import { Picture, Way } from "./picture.js" */
/** @typedef {{ width: number, height: number, left: number, right: number, top: number, bottom: number }} Box */

const MARGIN = { left: 3.6, right: 1, top: 0.8, bottom: 2.9 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const CHANCE = 0.1;
/** Size of a mark, and half the width of an error bar's ends, in pixels. */
const [MARK, END] = [4.5, 4];
/** How far the ways stand from each other at one stop, in pixels, so that their error bars do not hide each other. */
const ASIDE = 5;

/** Make the drawing; `draw` fills it. */
export function chart() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const range = make("input", { type: "range", min: 0, step: 1 });
  const rail = make("div", { class: "rail" }, range);
  return { box: make("div", { class: "chart" }, drawing, rail), drawing, range, rail };
}

/** @param {Picture} ui */
export function draw(ui) {
  const { drawing, range, box: holder } = ui.chart;
  const { labels, stops, hidden } = ui.data;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 380];
  const margin = Object.fromEntries(Object.entries(MARGIN).map(([side, times]) => [side, times * type]));
  ui.box = {
    width,
    height,
    left: margin.left,
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
  };
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", labels.alt);
  drawing.replaceChildren(
    ...axes(ui, type),
    ruler(ui),
    ...ui.data.ways.filter((way) => way !== ui.state.way).map((way) => curve(ui, way)),
    curve(ui, ui.state.way),
    ...veil(ui, type),
    ...own(ui, type),
  );
  range.max = String(stops.length - 1);
  range.value = String(stops.indexOf(ui.state.photos));
  range.disabled = hidden.includes("tl_photos");
  range.setAttribute("aria-label", labels.photos);
  range.setAttribute("aria-valuetext", ui.stopName(ui.state.photos));
  const inset = insetOf(ui.box);
  holder.style.setProperty("--left", `${margin.left + inset - 8}px`);
  holder.style.setProperty("--right", `${margin.right + inset - 8}px`);
}

/**
 * @param {Picture} ui
 * @param {number} type size of it in pixels
 */
function axes(ui, type) {
  const { box, data } = ui;
  const { labels, lang, stops } = data;
  const parts = TICKS.flatMap((tick) => [
    svg("line", { class: "grid", x1: box.left, x2: box.right, y1: yOf(ui, tick), y2: yOf(ui, tick) }),
    svg(
      "text",
      { x: box.left - 0.5 * type, y: yOf(ui, tick) + 0.35 * type, "text-anchor": "end" },
      writePercent(tick, lang, 0),
    ),
  ]);
  parts.push(svg("line", { class: "chance", x1: box.left, x2: box.right, y1: yOf(ui, CHANCE), y2: yOf(ui, CHANCE) }));
  const said = { x: box.right - 0.3 * type, y: yOf(ui, CHANCE) + 1.15 * type, "text-anchor": "end", class: "small" };
  parts.push(svg("text", said, labels.chance));
  stops.forEach((stop, at) => {
    const words = at === stops.length - 1 ? labels.all : writeShort(stop, lang, 3);
    parts.push(svg("text", { x: xOf(ui, stop), y: box.bottom + 1.3 * type, "text-anchor": "middle" }, words));
  });
  const title = { x: (box.left + box.right) / 2, y: box.bottom + 2.5 * type, "text-anchor": "middle", class: "name" };
  parts.push(svg("text", title, labels.photosAxis));
  return parts;
}

/**
 * @param {Picture} ui
 * @param {Way} way
 */
function curve(ui, way) {
  const shown = ui.data.curves[way].filter(({ photos }) => photos <= ui.shownTo());
  const aside = (ui.data.ways.indexOf(way) - (ui.data.ways.length - 1) / 2) * ASIDE;
  const isChosen = way === ui.state.way;
  const group = svg("g", { class: `line ${way}${isChosen ? " chosen" : ""}` });
  const path = shown.map(({ photos, mean }) => `${(xOf(ui, photos) + aside).toFixed(1)},${yOf(ui, mean).toFixed(1)}`);
  if (path.length > 1) group.append(svg("path", { class: "curve", d: `M${path.join("L")}` }));
  for (const { photos, mean, deviation } of shown) {
    const [x, low, high] = [xOf(ui, photos) + aside, yOf(ui, mean - deviation), yOf(ui, Math.min(1, mean + deviation))];
    group.append(
      svg("path", {
        class: "bar",
        d: `M${x},${low}V${high}M${x - END},${low}h${2 * END}M${x - END},${high}h${2 * END}`,
      }),
      mark(way, x, yOf(ui, mean)),
    );
  }
  return group;
}

/**
 * A way's mark: a square from scratch, a cross for the random base, a disc for the frozen one, a diamond fine-tuned.
 * @param {Way} way
 * @param {number} x
 * @param {number} y
 * @param {number} [size]
 */
export function mark(way, x, y, size = MARK) {
  if (way === "imagenet") return svg("circle", { class: "mark", cx: x, cy: y, r: size });
  if (way === "scratch")
    return svg("rect", { class: "mark", x: x - size, y: y - size, width: 2 * size, height: 2 * size });
  if (way === "random")
    return svg("path", {
      class: "mark cross",
      d: `M${x - size},${y - size}l${2 * size},${2 * size}m${-2 * size},0l${2 * size},${-2 * size}`,
    });
  const far = 1.35 * size;
  return svg("path", { class: "mark", d: `M${x},${y - far}l${far},${far}l${-far},${far}l${-far},${-far}Z` });
}

/**
 * What is not shown yet, while the question waits.
 * @param {Picture} ui
 * @param {number} type
 */
function veil(ui, type) {
  const { box, data } = ui;
  if (!data.veiled || ui.revealed !== null) return [];
  const from = (xOf(ui, data.known) + xOf(ui, data.stops[data.stops.indexOf(data.known) + 1])) / 2;
  const middle = { x: (from + box.right) / 2, "text-anchor": "middle" };
  const height = box.bottom - box.top;
  return [
    svg("rect", { class: "veil", x: from, y: box.top, width: box.right - from, height }),
    svg("text", { class: "ask", ...middle, y: box.top + height * 0.42 }, "?"),
    svg("text", { class: "asked", ...middle, y: box.top + height * 0.42 + 1.9 * type }, data.labels.asked),
  ];
}

/** @param {Picture} ui */
function ruler(ui) {
  const { box, state } = ui;
  const x = xOf(ui, state.photos);
  return svg(
    "g",
    {},
    svg("line", { class: "ruler", x1: x, x2: x, y1: box.top, y2: box.bottom }),
    svg("path", { class: "handle", d: `M${x},${box.bottom - 12}l9,12h-18Z` }),
  );
}

/**
 * The runs of this session, hollow, and the one at the ruler as a star: while it learns, it climbs.
 * @param {Picture} ui
 * @param {number} type
 */
function own(ui, type) {
  const { data, state } = ui;
  const parts = data.own.map(({ way, photos, reached }) => {
    const group = svg("g", { class: `own ${way}` });
    group.append(mark(way, xOf(ui, photos), yOf(ui, reached), MARK + 2));
    return group;
  });
  const { run } = data;
  const reached = run.reached.at(-1);
  if (!ui.isHere() || reached === undefined || run.stage === "empty") return parts;
  const [x, y] = [xOf(ui, state.photos), yOf(ui, reached)];
  if (run.stage === "live")
    parts.push(
      svg("g", {}, ...run.reached.map((share) => svg("circle", { class: "trail", cx: x, cy: yOf(ui, share), r: 3 }))),
    );
  return [...parts, star(x, y, 0.62 * type)];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function star(x, y, size) {
  const points = [...Array(10).keys()].map((at) => {
    const [far, angle] = [at % 2 ? 0.45 * size : size, (Math.PI * at) / 5];
    return `${(x + far * Math.sin(angle)).toFixed(1)},${(y - far * Math.cos(angle)).toFixed(1)}`;
  });
  return svg("path", { class: "star", d: `M${points.join("L")}Z` });
}

/** @param {Box} box */
function insetOf({ left, right }) {
  return 0.06 * (right - left);
}

/**
 * @param {Picture} ui
 * @param {number} photos
 */
function xOf({ box, data }, photos) {
  const { stops } = data;
  const inset = insetOf(box);
  const share = stops.indexOf(photos) / (stops.length - 1);
  return box.left + inset + share * (box.right - box.left - 2 * inset);
}

/**
 * @param {Picture} ui
 * @param {number} share 0 to 1
 */
function yOf({ box }, share) {
  return box.bottom - clamp(share, 0, 1) * (box.bottom - box.top);
}
