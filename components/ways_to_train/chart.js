// Share of the words put in the right box against the number of labelled ones: a curve a way, from the worst draw of
// examples to the best, and a ruler at the chosen number.
import { make, svg, writePercent } from "../in_browser/base.js";
import { apart } from "../in_browser/scales.js";
import { WAYS } from "./measured.js";

/** @import { Picture } from "./picture.js" */
/** @import { Way } from "./measured.js" */
/** @typedef {{ width: number, height: number, left: number, right: number, top: number, bottom: number }} Box */

/** Around the plot, in sizes of its type; the names stand on the right. */
const MARGIN = { left: 3.4, right: 7.2, top: 0.8, bottom: 2.8 };
const NARROW = { ...MARGIN, right: 0.8 };
/** Pixels of width below which the names of the curves are left to the table. */
const TIGHT = 430;
/** Half the thumb of the slider that nobody sees: its middle stands on the first and on the last number. */
const THUMB = 8;
const MARK = 4.5;
/** Pixels that the bar of each way stands beside its number, so that bars do not cover each other. */
const BESIDE = { scratch: -3, transfer: 3, few_shot: 0, zero_shot: 0 };
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];

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
  const { counts, labels } = ui.data;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 300];
  const margin = width < TIGHT ? NARROW : MARGIN;
  const [left, right] = [margin.left * type, width - margin.right * type];
  ui.box = { width, height, left, right, top: margin.top * type, bottom: height - margin.bottom * type };
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", labels.alt);
  const ways = WAYS.filter((way) => way !== "zero_shot").map((way) => curve(ui, way));
  drawing.replaceChildren(...axes(ui, type), zeroLine(ui), ...ways, ...veil(ui, type), ...ruler(ui, type));
  if (width >= TIGHT) drawing.append(...names(ui, type));
  range.max = String(counts.length - 1);
  range.value = String(counts.indexOf(ui.state.examples));
  range.setAttribute("aria-label", labels.examples);
  range.setAttribute("aria-valuetext", String(ui.state.examples));
  holder.style.setProperty("--left", `${left}px`);
  holder.style.setProperty("--right", `${width - right}px`);
}

/**
 * @param {Picture} ui
 * @param {number} type size of it in pixels
 */
function axes(ui, type) {
  const { box, data } = ui;
  const parts = SHARES.flatMap((share) => {
    const y = yOf(ui, share);
    const words = writePercent(share, data.lang, 0);
    return [
      svg("line", { class: "grid", x1: box.left, x2: box.right, y1: y, y2: y }),
      svg("text", { x: box.left - 0.5 * type, y: y + 0.35 * type, "text-anchor": "end" }, words),
    ];
  });
  for (const count of data.counts) {
    const x = xOf(ui, count);
    parts.push(svg("line", { class: "tick", x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4 }));
    parts.push(svg("text", { x, y: box.bottom + 1.3 * type, "text-anchor": "middle" }, String(count)));
  }
  const title = { x: (box.left + box.right) / 2, y: box.bottom + 2.5 * type, "text-anchor": "middle", class: "name" };
  parts.push(svg("text", title, data.labels.axis));
  const chance = yOf(ui, 1 / data.boxes.length);
  parts.push(svg("line", { class: "chance", x1: box.left, x2: box.right, y1: chance, y2: chance }));
  parts.push(
    svg("text", { class: "aside", x: box.right - 4, y: chance + 1.1 * type, "text-anchor": "end" }, data.labels.chance),
  );
  return parts;
}

/**
 * What the prompt without examples reaches, whatever the ruler says.
 * @param {Picture} ui
 */
function zeroLine(ui) {
  const { left, right } = ui.box;
  const spread = ui.spread("zero_shot", 0);
  const group = svg("g", { class: `way zero_shot${ui.state.way === "zero_shot" ? " chosen" : ""}` });
  if (!spread) return group;
  const [y, high, low] = [spread.mean, spread.high, spread.low].map((share) => yOf(ui, share));
  group.append(svg("rect", { class: "band", x: left, y: high, width: right - left, height: low - high }));
  group.append(svg("line", { class: "curve", x1: left, x2: right, y1: y, y2: y }));
  group.append(mark("zero_shot", left, y));
  return group;
}

/**
 * @param {Picture} ui
 * @param {Way} way
 */
function curve(ui, way) {
  const group = svg("g", { class: `way ${way}${ui.state.way === way ? " chosen" : ""}` });
  const points = ui.data.counts.flatMap((count) => {
    const spread = ui.isHidden(way, count) ? null : ui.spread(way, count);
    return spread ? [{ x: xOf(ui, count), spread }] : [];
  });
  if (!points.length) return group;
  const line = points.map(({ x, spread }) => `${x.toFixed(1)},${yOf(ui, spread.mean).toFixed(1)}`);
  group.append(svg("path", { class: "curve", d: `M${line.join("L")}` }));
  for (const { x, spread } of points) {
    const at = x + BESIDE[way];
    const [high, low] = [yOf(ui, spread.high), yOf(ui, spread.low)];
    group.append(svg("path", { class: "spread", d: `M${at},${high}V${low}M${at - 3},${high}h6M${at - 3},${low}h6` }));
    group.append(mark(way, x, yOf(ui, spread.mean)));
  }
  return group;
}

/**
 * A mark: a shape of its own for each way, so that colour is not all.
 * @param {Way} way
 * @param {number} x
 * @param {number} y
 */
export function mark(way, x, y) {
  const far = 1.35 * MARK;
  if (way === "scratch") return svg("circle", { class: "mark", cx: x, cy: y, r: MARK });
  if (way === "transfer")
    return svg("rect", { class: "mark", x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK });
  if (way === "few_shot")
    return svg("path", { class: "mark", d: `M${x},${y - far}l${far},${far}l${-far},${far}l${-far},${-far}Z` });
  return svg("path", { class: "mark", d: `M${x},${y - far}l${far},${1.8 * far}h${-2 * far}Z` });
}

/**
 * What is not shown yet, while the question waits.
 * @param {Picture} ui
 * @param {number} type
 */
function veil(ui, type) {
  if (!ui.isVeiled()) return [];
  const { box, data } = ui;
  const [x, y] = [(xOf(ui, 20) + box.right) / 2, (box.top + 2 * box.bottom) / 3];
  return [
    svg("text", { class: "ask", x, y, "text-anchor": "middle" }, "?"),
    svg("text", { class: "asked", x, y: y + 1.7 * type, "text-anchor": "middle" }, data.labels.where),
  ];
}

/**
 * The chosen number: a vertical line, and a ring around what each way reaches there.
 * @param {Picture} ui
 * @param {number} type
 */
function ruler(ui, type) {
  const { box, state } = ui;
  const x = xOf(ui, state.examples);
  const rings = WAYS.flatMap((way) => {
    const spread = way === "zero_shot" || ui.isHidden(way, state.examples) ? null : ui.spread(way, state.examples);
    if (!spread) return [];
    return [svg("circle", { class: `ring ${way}`, cx: x, cy: yOf(ui, spread.mean), r: 0.6 * type })];
  });
  return [
    svg("line", { class: "ruler", x1: x, x2: x, y1: box.top, y2: box.bottom }),
    svg("path", { class: "handle", d: `M${x},${box.bottom - 12}l9,12h-18Z` }),
    ...rings,
  ];
}

/**
 * The name of each way beside the end of its curve.
 * @param {Picture} ui
 * @param {number} type
 */
function names(ui, type) {
  const { box, data } = ui;
  const last = data.counts[data.counts.length - 1];
  const there = WAYS.flatMap((way) => {
    const shown = ui.isHidden(way, last) ? null : (lastOf(ui, way) ?? null);
    return shown === null ? [] : [{ way, y: yOf(ui, shown) + 0.35 * type }];
  });
  const heights = apart(
    there.map(({ y }) => y),
    1.15 * type,
  );
  return there.map(({ way }, at) =>
    svg("text", { class: `named ${way}`, x: box.right + 0.6 * type, y: heights[at] }, data.labels.short[way]),
  );
}

/**
 * @param {Picture} ui
 * @param {Way} way
 */
function lastOf(ui, way) {
  const known = ui.data.counts.map((count) => ui.spread(way, count)?.mean).filter((mean) => mean !== undefined);
  return known[known.length - 1];
}

/**
 * @param {Picture} ui
 * @param {number} count one of those along the axis
 */
function xOf({ box, data }, count) {
  const share = data.counts.indexOf(count) / (data.counts.length - 1);
  return box.left + THUMB + share * (box.right - box.left - 2 * THUMB);
}

/**
 * @param {Picture} ui
 * @param {number} share
 */
function yOf({ box }, share) {
  return box.bottom - share * (box.bottom - box.top);
}
