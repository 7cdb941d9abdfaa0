// The rows: each model's accuracy with its interval and its seeds on one axis, its time, its lines of code.
import { clamp, dress, make, svg, writePercent, writeTime, writeWhole } from "../in_browser/base.js";
import { layNames, lookedAt } from "./mistakes.js";

/** @import { Picture, Rung } from "./picture.js" */
/**
 * @typedef {object} Place
 * @property {number} left of the axis, in pixels
 * @property {number} right
 * @property {number} top of the rows
 * @property {number} step height of a row
 * @property {number} bottom
 * @property {number} width of the drawing
 * @property {boolean} isNarrow names stand above the rows
 * @property {number} type size of the letters, in pixels
 */

/** Under this many letters' widths, names stand above their rows. */
const NARROW = 44;
/** Letters' widths beside the axis: names on its left, time and lines on its right; on a phone, its last figures. */
const [NAMES, FIGURES, EDGE] = [12.4, 13, 1.7];
/** Share of the axis that the best rows alone have around them. */
const AROUND = 0.02;

/** Make the drawing; `drawLadder` fills it. */
export function ladder() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const range = make("input", { type: "range", min: 0, max: 1000, step: 1 });
  const rail = make("div", { class: "rail" }, range);
  return { box: make("div", { class: "chart ladder" }, drawing, rail), drawing, range, rail };
}

/**
 * From which share to which the axis goes: all, or what holds every shown row but the first.
 * @param {Picture} ui
 */
export function axisOf(ui) {
  const shown = ui.rungs().slice(1, ui.shown());
  if (!ui.state.close || !shown.length) return { low: 0, high: 1 };
  const values = shown.flatMap(({ validation, low, high, test }) => [...validation, low, high, test ?? low]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { low: Math.max(0, low - AROUND), high: Math.min(1, high + AROUND) };
}

/** @param {Picture} ui */
export function drawLadder(ui) {
  const { drawing, range, rail } = ui.ladder;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 700, drawing.clientHeight || 380];
  const isNarrow = width < NARROW * type;
  const rungs = ui.rungs();
  const [top, bottom] = [isNarrow ? 0.2 * type : 1.9 * type, height - 2.9 * type];
  /** @type {Place} */
  const place = {
    left: (isNarrow ? EDGE : NAMES) * type,
    right: width - (isNarrow ? EDGE : FIGURES) * type,
    top,
    step: (bottom - top) / rungs.length,
    bottom,
    width,
    isNarrow,
    type,
  };
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  dress(drawing, { "aria-label": ui.data.labels.alt });
  drawing.replaceChildren(...axes(ui, place), ...rungs.flatMap((rung, at) => row(ui, place, rung, at)));
  layNames(ui, isNarrow ? { ...place, step: 0.45 * place.step } : { ...place, width: place.left - type });
  const next = ui.next();
  rail.hidden = !next || ui.played !== null;
  if (!next) return;
  const axis = axisOf(ui);
  const y = place.top + (rungs.indexOf(next) + (isNarrow ? 0.62 : 0.5)) * place.step;
  range.value = String(Math.round(1000 * clamp((ui.bet() - axis.low) / (axis.high - axis.low), 0, 1)));
  range.setAttribute("aria-label", ui.data.labels.guess.replace("%m", ui.nameOf(next.model)));
  range.setAttribute("aria-valuetext", writePercent(ui.bet(), ui.data.lang));
  rail.style.left = `${place.left - 8}px`;
  rail.style.width = `${place.right - place.left + 16}px`;
  rail.style.top = `${y - 1.1 * type}px`;
  rail.style.height = `${2.2 * type}px`;
}

/**
 * @param {Picture} ui
 * @param {Place} place
 */
function axes(ui, place) {
  const { labels, lang } = ui.data;
  const { left, right, top, bottom, type, isNarrow } = place;
  const axis = axisOf(ui);
  const step = stepOf(axis.high - axis.low);
  const ticks = [];
  for (let tick = Math.ceil(axis.low / step - 1e-9) * step; tick <= axis.high + 1e-9; tick += step) ticks.push(tick);
  const parts = ticks.flatMap((tick) => {
    const x = xOf(ui, place, tick);
    return [
      svg("line", { class: "grid", x1: x, x2: x, y1: top, y2: bottom }),
      svg(
        "text",
        { x, y: bottom + 1.2 * type, "text-anchor": "middle" },
        writePercent(tick, lang, step < 0.01 ? 1 : 0),
      ),
    ];
  });
  const middle = { x: (left + right) / 2, y: bottom + 2.5 * type, "text-anchor": "middle" };
  parts.push(svg("text", middle, isNarrow ? labels.axis : `${labels.axis} (${labels.legend})`));
  if (!isNarrow) {
    const head = { y: top - 0.7 * type, "text-anchor": "end", class: "name" };
    parts.push(svg("text", { ...head, x: right + 7.4 * type }, labels.time));
    parts.push(svg("text", { ...head, x: place.width - 0.3 * type }, labels.lines));
  }
  return parts;
}

/** @param {number} span of the axis */
function stepOf(span) {
  return [0.01, 0.02, 0.05, 0.1].find((step) => span / step <= 8) ?? 0.2;
}

/**
 * @param {Picture} ui
 * @param {Place} place
 * @param {Rung} rung
 * @param {number} at which row
 */
function row(ui, place, rung, at) {
  const { labels } = ui.data;
  const { type, isNarrow } = place;
  const [isShown, isNext] = [at < ui.shown(), at === ui.shown()];
  const y = place.top + (at + (isNarrow ? 0.62 : 0.5)) * place.step;
  const group = svg("g", {
    class: `row-of ${isShown ? "shown" : isNext ? "next" : "later"}${rung === lookedAt(ui) ? " looked" : ""}`,
    "data-model": rung.model,
  });
  if (isNext) {
    const field = { x: 0, y: place.top + at * place.step, width: place.width, height: place.step, rx: 6 };
    group.append(svg("rect", { class: "field", ...field }));
  }
  const library = labels.libraries[rung.model];
  if (isNarrow) {
    const head = { x: place.left, y: y - 0.95 * type };
    group.append(svg("text", { class: "model", ...head }, ui.nameOf(rung.model)));
  } else {
    group.append(
      svg("text", { class: "model", x: 0.5 * type, y: y - 0.05 * type }, ui.nameOf(rung.model)),
      svg("text", { class: "library", x: 0.5 * type, y: y + 1.1 * type, translate: "no" }, library),
    );
  }
  group.append(svg("line", { class: "track", x1: place.left, x2: place.right, y1: y, y2: y }));
  if (isShown) group.append(...measured(ui, place, rung, y), ...figures(ui, place, rung, y));
  if (isNext) group.append(...guess(ui, place, y));
  return [group];
}

/**
 * What was measured of a row: its interval, its seeds, their mean in words, and the guess before it.
 * @param {Picture} ui
 * @param {Place} place
 * @param {Rung} rung
 * @param {number} y
 */
function measured(ui, place, rung, y) {
  const { type } = place;
  const axis = axisOf(ui);
  const [low, high, mean] = [rung.low, rung.high, rung.accuracy].map((share) => xOf(ui, place, share));
  if (rung.accuracy < axis.low) {
    const tip = { d: `M${place.left},${y}l${0.7 * type},${-0.5 * type}v${type}Z`, class: "beyond" };
    return [
      svg("path", tip),
      svg("text", { x: place.left + type, y: y + 0.35 * type, class: "value" }, said(ui, rung)),
    ];
  }
  /** @type {SVGElement[]} */
  const parts = [
    svg("rect", { class: "interval", x: low, y: y - 0.42 * type, width: high - low, height: 0.84 * type }),
  ];
  parts.push(
    ...rung.validation.map((share) => svg("circle", { class: "seed", cx: xOf(ui, place, share), cy: y, r: 3 })),
  );
  parts.push(svg("line", { class: "mean", x1: mean, x2: mean, y1: y - 0.75 * type, y2: y + 0.75 * type }));
  const here = ui.data.here[rung.model];
  if (here && ui.played === null)
    parts.push(svg("circle", { class: "here", cx: xOf(ui, place, here.accuracy), cy: y, r: 0.62 * type }));
  const bet = ui.bets.get(ui.key(rung.model));
  if (bet !== undefined) parts.push(marker(xOf(ui, place, bet), y, type));
  const beyond = Math.max(high, ...rung.validation.map((share) => xOf(ui, place, share) + 4)) + 0.5 * type;
  const isFull = beyond + 3.6 * type > place.right;
  const least = Math.min(low, ...rung.validation.map((share) => xOf(ui, place, share) - 4)) - 0.5 * type;
  const words = { x: isFull ? least : beyond, y: y + 0.35 * type, "text-anchor": isFull ? "end" : "start" };
  parts.push(svg("text", { class: "value", ...words }, said(ui, rung)));
  if (ui.state.test && rung.test !== null && rung === ui.words.best(ui))
    parts.push(svg("circle", { class: "test", cx: xOf(ui, place, rung.test), cy: y, r: 0.55 * type }));
  return parts;
}

/**
 * @param {Picture} ui
 * @param {Rung} rung
 */
function said(ui, rung) {
  return writePercent(rung.accuracy, ui.data.lang);
}

/**
 * The time that a row takes to learn, and its lines of code.
 * @param {Picture} ui
 * @param {Place} place
 * @param {Rung} rung
 * @param {number} y
 */
function figures(ui, place, rung, y) {
  const { labels, lang } = ui.data;
  const { type, isNarrow, right, width } = place;
  const took = ui.data.here[rung.model] ?? rung;
  const time = writeTime(took.learned, lang);
  if (isNarrow) {
    const words = `${time} · ${labels.linesOf.replace("%n", writeWhole(rung.lines, lang))}`;
    return [svg("text", { x: right, y: y - 0.95 * type, "text-anchor": "end", class: "figure" }, words)];
  }
  const answers = labels.answers.replace("%t", writeTime(took.answered, lang));
  return [
    svg("text", { x: right + 7.4 * type, y: y - 0.05 * type, "text-anchor": "end", class: "figure" }, time),
    svg("text", { x: right + 7.4 * type, y: y + 1.1 * type, "text-anchor": "end", class: "library" }, answers),
    svg(
      "text",
      { x: width - 0.3 * type, y: y + 0.35 * type, "text-anchor": "end", class: "figure" },
      writeWhole(rung.lines, lang),
    ),
  ];
}

/**
 * The marker of the row that is guessed now.
 * @param {Picture} ui
 * @param {Place} place
 * @param {number} y
 */
function guess(ui, place, y) {
  const { type } = place;
  if (ui.played !== null)
    return [
      svg("text", { class: "ask", x: (place.left + place.right) / 2, y: y + 0.6 * type, "text-anchor": "middle" }, "?"),
    ];
  const x = xOf(ui, place, ui.bet());
  const isFull = x + 5 * type > place.right;
  const words = { x: x + (isFull ? -1 : 1) * 0.9 * type, y: y + 0.35 * type, "text-anchor": isFull ? "end" : "start" };
  return [
    marker(x, y, type),
    svg("text", { class: "value guessed", ...words }, `${writePercent(ui.bet(), ui.data.lang, 0)} ?`),
  ];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} type
 */
function marker(x, y, type) {
  const far = 0.6 * type;
  return svg("path", { class: "marker", d: `M${x},${y - far}l${far},${far}l${-far},${far}l${-far},${-far}Z` });
}

/**
 * @param {Picture} ui
 * @param {Place} place
 * @param {number} share
 */
function xOf(ui, { left, right }, share) {
  const { low, high } = axisOf(ui);
  return left + clamp((share - low) / (high - low), 0, 1) * (right - left);
}
