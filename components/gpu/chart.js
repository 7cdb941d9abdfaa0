// The times of a step, log–log: dots that were measured, the model through them, and a ruler at the chosen point.
import { clamp, make, svg, writeShort, writeTime } from "../in_browser/base.js";
import { ticksOf } from "../in_browser/scales.js";
import { COURSE, partsOf, ratioOf, STOPS, timeOf, totalOf, transferOf, WIDTHS, weightsOf } from "./times.js";

/** @import { Picture } from "./picture.js" */
/** @import { Line } from "./times.js" */
/** @typedef {{ width: number, height: number, left: number, right: number, top: number, bottom: number }} Box */

/** Seconds, at the two ends of the axis: the same for all networks, so that they compare. */
const SECONDS = { low: 3e-5, high: 40, scale: /** @type {const} */ ("log") };
const MARGIN = { left: 4.2, right: 1, top: 2.1, bottom: 2.9 };
/** Size of a mark, in pixels. */
const MARK = 4.5;
/** The network that has nearly as many weights as the course's. */
const BESIDE = 256;

/** Make the drawing; `draw` fills it. */
export function chart() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const range = make("input", { type: "range", min: 0, step: 1 });
  const rail = make("div", { class: "rail" }, range);
  return { box: make("div", { class: "chart" }, drawing, rail), drawing, range, rail };
}

/** @param {Picture} ui the stops of the axis that the ruler moves along */
export function stopsOf({ state }) {
  return state.axis === "batch" ? STOPS : WIDTHS;
}

/** @param {Picture} ui */
export function draw(ui) {
  const { drawing, range, box: holder } = ui.chart;
  const { labels } = ui.data;
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
    svg("clipPath", { id: "plot" }, svg("rect", frame(ui.box, 5))),
    ...axes(ui, type),
    ...strip(ui, type),
    ...ui.lines().flatMap((line) => drawLine(ui, line)),
    ...veil(ui, type),
    ...ruler(ui, type),
  );
  const stops = stopsOf(ui);
  range.max = String(stops.length - 1);
  range.value = String(stops.indexOf(ui.state[ui.state.axis]));
  range.setAttribute("aria-label", labels.ruler);
  range.setAttribute("aria-valuetext", ui.stopName(ui.state.axis));
  holder.style.setProperty("--left", `${margin.left}px`);
  holder.style.setProperty("--right", `${margin.right}px`);
}

/**
 * @param {Box} box
 * @param {number} more
 */
function frame({ left, right, top, bottom }, more) {
  return { x: left - more, y: top, width: right - left + 2 * more, height: bottom - top };
}

/**
 * @param {Picture} ui
 * @param {number} type size of it in pixels
 */
function axes(ui, type) {
  const { box, data, state } = ui;
  const { labels, lang } = data;
  const parts = ticksOf(SECONDS).flatMap((value) => [
    svg("line", { class: "grid", x1: box.left, x2: box.right, y1: yOf(ui, value), y2: yOf(ui, value) }),
    svg(
      "text",
      { x: box.left - 0.5 * type, y: yOf(ui, value) + 0.35 * type, "text-anchor": "end" },
      writeTime(value, lang),
    ),
  ]);
  const stops = stopsOf(ui);
  const every = Math.ceil(stops.length / ((box.right - box.left) / (4.4 * type)));
  stops.forEach((stop, at) => {
    const x = xOf(ui, stop);
    parts.push(svg("line", { class: "tick", x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4 }));
    if (state.axis === "batch" && at % every) return;
    const words = state.axis === "batch" ? writeShort(stop, lang, 5) : ui.widthName(stop);
    // Two networks have nearly as many weights: their names part.
    const anchor = state.axis === "batch" ? "middle" : stop === COURSE ? "end" : stop === BESIDE ? "start" : "middle";
    const place = x + (anchor === "end" ? 0.6 : anchor === "start" ? -0.6 : 0) * type;
    parts.push(svg("text", { x: place, y: box.bottom + 1.3 * type, "text-anchor": anchor }, words));
  });
  const title = { x: (box.left + box.right) / 2, y: box.bottom + 2.5 * type, "text-anchor": "middle", class: "name" };
  parts.push(svg("text", title, state.axis === "batch" ? labels.batchAxis : labels.widthAxis));
  return parts;
}

/**
 * The band above the plot: where the processor wins, and where the card does.
 * @param {Picture} ui
 * @param {number} type
 */
function strip(ui, type) {
  const { box, state } = ui;
  if (ui.isHiding() || (ui.revealed ?? 1) > 1) return [];
  const stops = stopsOf(ui);
  const won = stops.map((stop) => {
    const ratio = ratioOf(ui.lines(), ui.card(), { ...state, [state.axis]: stop });
    return ratio === null ? "" : ratio > 1 ? "card" : "processor";
  });
  const edges = stops.map((stop, at) => (at ? (xOf(ui, stops[at - 1]) + xOf(ui, stop)) / 2 : box.left));
  const parts = [];
  for (let from = 0, to = 1; from < stops.length; from = to, to += 1) {
    while (to < stops.length && won[to] === won[from]) to += 1;
    if (!won[from]) continue;
    const [left, right] = [edges[from], edges[to] ?? box.right];
    const at = { x: left, y: box.top - 1.7 * type, width: right - left, height: 1.5 * type };
    parts.push(svg("rect", { class: `won ${won[from]}`, ...at }));
    const back = { x: left, y: box.top, width: right - left, height: box.bottom - box.top };
    parts.push(svg("rect", { class: `field ${won[from]}`, ...back }));
    const words = ui.data.labels[won[from] === "card" ? "cardWins" : "processorWins"].replace("%s", ui.cardName());
    if (words.length * 0.54 * type > right - left) continue;
    const middle = { x: (left + right) / 2, y: box.top - 0.62 * type, "text-anchor": "middle", class: "said" };
    parts.push(svg("text", middle, words));
  }
  return parts;
}

/**
 * @param {Picture} ui
 * @param {Line} line
 */
function drawLine(ui, line) {
  const { state } = ui;
  if (line.kind !== "processor" && ui.isHiding()) return [];
  const kind = line.kind === "processor" ? line.id : line.kind;
  const sent = (/** @type {number} */ batch) => (line.kind === "card" && state.transfer ? transferOf(line, batch) : 0);
  const group = svg("g", { class: `line ${kind}`, "clip-path": "url(#plot)" });
  const path = stopsOf(ui).flatMap((stop) => {
    const [width, batch] = state.axis === "batch" ? [state.width, stop] : [stop, state.batch];
    const parts = partsOf(line, width, batch, sent(batch));
    return parts ? [`${xOf(ui, stop).toFixed(1)},${yOf(ui, totalOf(parts)).toFixed(1)}`] : [];
  });
  if (path.length && (ui.revealed === null || ui.revealed === 1 || line.kind === "processor"))
    group.append(svg("path", { d: `M${path.join("L")}`, class: "model" }));
  for (const [width, batch, seconds] of line.points) {
    const isOn = state.axis === "batch" ? width === state.width : batch === state.batch;
    const isShown = ui.revealed === null || line.kind !== "card" || batch >= ui.revealed;
    if (!isOn || !isShown) continue;
    group.append(mark(kind, xOf(ui, state.axis === "batch" ? batch : width), yOf(ui, seconds + sent(batch))));
  }
  return [group];
}

/**
 * A measured point: a disc for one thread, a square for all, a diamond for a card.
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 * @param {number} [size]
 */
export function mark(kind, x, y, size = MARK) {
  if (kind === "one") return svg("circle", { class: "mark", cx: x, cy: y, r: size });
  if (kind === "all")
    return svg("rect", { class: "mark", x: x - size, y: y - size, width: 2 * size, height: 2 * size });
  const far = 1.35 * size;
  return svg("path", { class: "mark", d: `M${x},${y - far}l${far},${far}l${-far},${far}l${-far},${-far}Z` });
}

/**
 * What is not shown yet: the card, while the question or a bet waits.
 * @param {Picture} ui
 * @param {number} type
 */
function veil(ui, type) {
  const { box } = ui;
  if (!ui.isHiding()) return [];
  const middle = { x: (box.left + box.right) / 2, "text-anchor": "middle" };
  return [
    svg("text", { class: "ask", ...middle, y: box.top + (box.bottom - box.top) * 0.3 }, "?"),
    svg(
      "text",
      { class: "asked", ...middle, y: box.top + (box.bottom - box.top) * 0.3 + 1.8 * type },
      ui.data.labels.where.replace("%s", ui.cardName()),
    ),
  ];
}

/**
 * The chosen point: a vertical line, and a ring around what each line says there.
 * @param {Picture} ui
 * @param {number} type
 */
function ruler(ui, type) {
  const { box, state } = ui;
  const x = xOf(ui, state[state.axis]);
  const rings = ui.lines().flatMap((line) => {
    if (line.kind !== "processor" && ui.isWaiting()) return [];
    const told = timeOf(line, state.width, state.batch);
    if (!told) return [];
    const sent = line.kind === "card" && state.transfer ? transferOf(line, state.batch) : 0;
    const y = yOf(ui, told.seconds + sent);
    if (y > box.bottom || y < box.top) return [];
    return [
      svg("circle", {
        class: `ring ${line.kind === "processor" ? line.id : line.kind}`,
        cx: x,
        cy: y,
        r: 0.55 * type,
      }),
    ];
  });
  return [
    svg("line", { class: "ruler", x1: x, x2: x, y1: box.top, y2: box.bottom }),
    svg("path", { class: "handle", d: `M${x},${box.bottom - 12}l9,12h-18Z` }),
    ...rings,
  ];
}

/**
 * @param {Picture} ui
 * @param {number} stop a batch or a width
 */
function xOf({ box, state }, stop) {
  const place = (/** @type {number} */ value) => Math.log(state.axis === "batch" ? value : weightsOf(value));
  const stops = state.axis === "batch" ? STOPS : WIDTHS;
  const [low, high] = [place(stops[0]), place(stops[stops.length - 1])];
  const inset = 0.04 * (box.right - box.left);
  return box.left + inset + ((place(stop) - low) / (high - low)) * (box.right - box.left - 2 * inset);
}

/**
 * @param {Picture} ui
 * @param {number} seconds what is too short for the axis goes out of the picture
 */
function yOf({ box }, seconds) {
  const share = Math.log(seconds / SECONDS.low) / Math.log(SECONDS.high / SECONDS.low);
  return box.bottom - clamp(share, -1, 2) * (box.bottom - box.top);
}
