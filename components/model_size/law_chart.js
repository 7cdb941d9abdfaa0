// The excess over the floor, log–log: axes, every line that may be seen with its name, and what the finger holds.
import { make, svg, writeShort } from "../in_browser/base.js";
import { apart, ticksOf } from "../in_browser/scales.js";
import { aim, choose } from "./law_game.js";
import { drawLaws, drawLine, drawRuler } from "./law_lines.js";
import { columnOf, drawMark } from "./law_mark.js";
import { EXCESS, excessAt, isLit, paperOf, seen, xAt, xOf, yOf } from "./law_paper.js";
import { countOf, linesOf, nearest, stepOf, writeCount } from "./law_places.js";

/** @import { Picture } from "./law.js" */
/** @import { Paper } from "./law_paper.js" */
/** @import { Place } from "./law_places.js" */

const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** Room for a number under the axis, and between two names, in sizes of type. */
const [NUMBER, NAME] = [4.2, 1.12];

/** Make the drawing; `draw` fills it, `listen` gives it something to move. */
export function chart() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const [rail, column] = [make("div", { class: "rail" }), make("div", { class: "column" })];
  return { box: make("div", { class: "chart" }, drawing, rail, column), drawing, rail, column };
}

/** @param {Picture} ui */
export function draw(ui) {
  const { drawing, column } = ui.chart;
  const paper = paperOf(ui);
  const { box } = paper;
  drawing.setAttribute("viewBox", `0 0 ${paper.width} ${paper.height}`);
  drawing.setAttribute("aria-label", ui.data.labels.alt);
  const lines = linesOf(ui.along(), ui.data.study);
  const lit = lines.find((line) => isLit(ui, line)) ?? lines[0];
  const { under, over } = ui.isPredicting() ? drawMark(paper) : drawRuler(paper);
  const window = { x: box.left, y: 0, width: box.right - box.left + 8, height: box.bottom };
  drawing.replaceChildren(
    svg("clipPath", { id: "law-plot" }, svg("rect", window)),
    ...axes(paper),
    ...under,
    ...lines.filter((line) => line !== lit).map((line) => drawLine(paper, line, false)),
    ...drawLaws(paper, lines, lit),
    drawLine(paper, lit, true),
    ...over,
    ...names(paper, lines),
  );
  column.hidden = !ui.isPredicting() || ui.isShown();
  const { x, width } = columnOf(paper);
  Object.assign(column.style, { left: `${x - width / 4}px`, width: `${1.5 * width}px` });
}

/** @param {Paper} paper */
function axes(paper) {
  const { ui, box, axis, type } = paper;
  const { labels, lang, study } = ui.data;
  const along = ui.along();
  const parts = ticksOf(EXCESS).flatMap((tick) => {
    const y = yOf(paper, tick);
    const words = { x: box.left - 0.5 * type, y: y + 0.35 * type, "text-anchor": "end" };
    return [
      svg("line", { class: "grid", x1: box.left, x2: box.right, y1: y, y2: y }),
      svg("text", words, writeShort(tick, lang, 2)),
    ];
  });
  const stops = {
    operations: ticksOf(axis),
    tokens: study.budgets.map(({ tokens }) => tokens),
    parameters: study.sizes.map((size) => countOf(size, ui.state.embeddings)),
  }[along];
  const every = Math.ceil((NUMBER * type * stops.length) / (box.right - box.left));
  for (const [at, stop] of stops.entries()) {
    const x = xOf(paper, stop);
    parts.push(svg("line", { class: "tick", x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4 }));
    if (at % every) continue;
    const words = along === "operations" ? powerOf(stop) : writeCount(stop, lang);
    parts.push(svg("text", { x, y: box.bottom + 1.25 * type, "text-anchor": "middle" }, words));
  }
  const middle = { x: (box.left + box.right) / 2, y: box.bottom + 2.5 * type, "text-anchor": "middle", class: "name" };
  parts.push(svg("text", middle, labels.xNames[ui.state.embeddings ? `${along}With` : along]));
  return parts;
}

/** Write a power of ten: 10⁹. @param {number} value */
function powerOf(value) {
  return `10${[...String(Math.round(Math.log10(value)))].map((sign) => POWERS[Number(sign)]).join("")}`;
}

/**
 * Each line's name, behind its end; over them what they count.
 * @param {Paper} paper
 * @param {Place[][]} lines
 */
function names(paper, lines) {
  const { ui, box, type } = paper;
  const { study, labels, lang } = ui.data;
  const isBudget = ui.along() === "parameters";
  const ends = lines.map((line) => seen(ui, line)[seen(ui, line).length - 1]);
  const behind = ui.isPredicting() ? [{ budget: 0, size: ui.state.known }] : ends;
  const x = Math.max(...behind.map((place) => xAt(paper, place))) + 1.5 * type;
  if (ui.along() === "operations") return namesAtEnds(paper, ends);
  const heights = ends.map(({ budget, size }) => yOf(paper, study.points[budget][size].mean));
  const moved = apart(heights, NAME * type);
  const lift = Math.max(0, Math.max(...moved) - box.bottom);
  const heading = { class: "heading", x, y: Math.min(...moved) - lift - 0.85 * type };
  const words = (/** @type {Place} */ { budget, size }) =>
    isBudget
      ? writeShort(study.budgets[budget].stories, lang, 6)
      : writeCount(countOf(study.sizes[size], ui.state.embeddings), lang);
  return [
    svg("text", heading, isBudget ? labels.stories_ : labels.parameters_),
    ...lines.map((line, at) => {
      const place = { x, y: moved[at] - lift + 0.35 * type };
      return svg("text", { class: isLit(ui, line) ? "label lit" : "label", ...place }, words(line[0]));
    }),
  ];
}

/**
 * The names of sizes whose lines end at different places: each at its own end.
 * @param {Paper} paper
 * @param {Place[]} ends
 */
function namesAtEnds(paper, ends) {
  const { ui, type } = paper;
  const { study, labels, lang } = ui.data;
  return ends.map((end, at) => {
    const count = writeCount(countOf(study.sizes[end.size], ui.state.embeddings), lang);
    const place = {
      x: xAt(paper, end) + 0.7 * type,
      y: yOf(paper, study.points[end.budget][end.size].mean) + 0.35 * type,
    };
    const words = at ? count : labels.parameters.replace("%n", count);
    return svg("text", { class: end.size === ui.size() ? "label lit" : "label", ...place }, words);
  });
}

/**
 * A finger on the chart lights the nearest point; in the column of the next size it moves the mark.
 * @param {Picture} ui
 */
export function listenToChart(ui) {
  const { rail, column, drawing } = ui.chart;
  const follow = (/** @type {HTMLElement} */ held, /** @type {(x: number, y: number) => void} */ move) => {
    const moved = (/** @type {PointerEvent} */ event) => {
      const { left, top } = drawing.getBoundingClientRect();
      move(event.clientX - left, event.clientY - top);
    };
    held.onpointerdown = (event) => {
      held.setPointerCapture(event.pointerId);
      moved(event);
    };
    held.onpointermove = (event) => {
      if (held.hasPointerCapture(event.pointerId)) moved(event);
    };
  };
  follow(column, (_x, y) => aim(ui, stepOf(ui.data.study.range, excessAt(paperOf(ui), y))));
  follow(rail, (x, y) => {
    const paper = paperOf(ui);
    const { study } = ui.data;
    const places = linesOf(ui.along(), study).flatMap((line) => seen(ui, line));
    const standing = places.map(({ budget, size }) => {
      const place = { budget, size };
      return { ...place, x: xAt(paper, place), y: yOf(paper, study.points[budget][size].mean) };
    });
    const found = nearest(standing, x, y);
    const [budget, size] = [study.budgets[found.budget].stories, study.sizes[found.size].width];
    if (ui.isPredicting() ? budget !== ui.state.budget : budget !== ui.state.budget || size !== ui.state.size)
      choose(ui, ui.isPredicting() ? { budget } : { budget, size });
  });
}
