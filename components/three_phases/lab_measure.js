// One measure of a run as a small chart: its line so far, a level to compare it with, and its value at the moment.
import { dress, make, svg, writePercent, writeShort } from "../in_browser/base.js";
import { isNumber } from "../in_browser/charts.js";
import { stepsTo } from "../in_browser/scales.js";

/**
 * @typedef {object} Measure
 * @property {string} name
 * @property {string} about what it says, in a sentence
 * @property {"share" | "number"} unit
 * @property {(number | null)[]} values one a moment; null: not measured
 * @property {[number, number][]} behind another run to compare with: the share of its updates, and its value
 * @property {number} high where its axis ends; it begins at 0, or at `low`
 * @property {number} low
 * @property {{ value: number, words: string } | null} level
 */

/** Around the plot, in sizes of its type. */
const MARGIN = { left: 3.2, right: 0.6, top: 0.6, bottom: 0.7 };
/** Steps of the axis at most. */
const STEPS = 4;

/** Make the chart of a measure; `show` draws it. */
export function measure() {
  const [name, value] = [make("b", { class: "name" }), make("output", { class: "value" })];
  const drawing = svg("svg", { class: "small", role: "img" });
  const about = make("p", { class: "about" });
  return {
    box: make("div", { class: "measure" }, make("div", { class: "head" }, name, value), drawing, about),
    /**
     * @param {Measure} told
     * @param {number[]} places of the moments, along the picture
     * @param {number} at the moment
     * @param {string} lang
     */
    show(told, places, at, lang) {
      name.textContent = told.name;
      about.textContent = told.about;
      const now = told.values[at];
      value.textContent = isNumber(now) ? written(told, now, lang) : "–";
      drawing.setAttribute("aria-label", `${told.name}: ${value.textContent}`);
      draw(drawing, told, places, at, lang);
    },
  };
}

/**
 * @param {Measure} told
 * @param {number} value
 * @param {string} lang
 */
function written({ unit }, value, lang) {
  return unit === "share" ? writePercent(value, lang, 0) : writeShort(value, lang, 3);
}

/**
 * @param {SVGElement} drawing
 * @param {Measure} told
 * @param {number[]} places of the moments, along the picture
 * @param {number} at
 * @param {string} lang
 */
function draw(drawing, told, places, at, lang) {
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 13;
  const [width, height] = [drawing.clientWidth || 260, drawing.clientHeight || 120];
  const [left, right] = [MARGIN.left * type, width - MARGIN.right * type];
  const [top, bottom] = [MARGIN.top * type, height - MARGIN.bottom * type];
  const last = places[places.length - 1] || 1;
  const x = (/** @type {number} */ place) => left + (place / last) * (right - left);
  const { low, high } = told;
  const y = (/** @type {number} */ value) =>
    bottom - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (bottom - top);
  dress(drawing, { viewBox: `0 0 ${width} ${height}` });
  const grid = stepsTo(high - low, STEPS).flatMap((step) => [
    svg("line", { class: "grid", x1: left, x2: right, y1: y(low + step), y2: y(low + step) }),
    svg("text", { x: left - 5, y: y(low + step) + 0.35 * type, "text-anchor": "end" }, written(told, low + step, lang)),
  ]);
  const points = told.values.flatMap((value, place) => (isNumber(value) ? [`${x(places[place])},${y(value)}`] : []));
  const now = told.values[at];
  drawing.replaceChildren(
    ...grid,
    ...(told.level
      ? [
          svg("line", { class: "level", x1: left, x2: right, y1: y(told.level.value), y2: y(told.level.value) }),
          svg(
            "text",
            { class: "level-words", y: y(told.level.value) - 4, ...roomier(told, told.level.value, left, right) },
            told.level.words,
          ),
        ]
      : []),
    svg("polyline", {
      class: "behind",
      points: told.behind.map(([share, value]) => `${x(share * last)},${y(value)}`).join(" "),
    }),
    svg("polyline", { class: "line", points: points.join(" ") }),
    svg("line", { class: "ruler", x1: x(places[at] ?? 0), x2: x(places[at] ?? 0), y1: top, y2: bottom }),
    ...(isNumber(now) ? [svg("circle", { class: "point", cx: x(places[at]), cy: y(now), r: 4.5 })] : []),
  );
}

/**
 * Where words on a level meet the curve less: at the end that is farther from it.
 * @param {Measure} told
 * @param {number} level
 * @param {number} left
 * @param {number} right
 */
function roomier({ values }, level, left, right) {
  const [first, last] = [values[0] ?? level, values[values.length - 1] ?? level];
  return Math.abs(first - level) > Math.abs(last - level)
    ? { x: left + 4, "text-anchor": "start" }
    : { x: right, "text-anchor": "end" };
}
