// Trainings over several seeds: each seed faint, their mean with its interval. A pointer or the arrows read a moment.
import { clamp, dress, make, pictureIn, svg, writeNumber, writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { stepsTo } from "../in_browser/scales.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ name: string, moves: number[], seeds: number[][], mean: number[], interval: number[] }} Side */
/**
 * @typedef {object} Data
 * @property {Side[]} sides at most four
 * @property {number | null} best the optimum, where it is known
 * @property {number} low end of the axis, for 100 moves; before their first moves agents get less
 * @property {number} high
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Chart */

const MARGIN = { left: 3.2, right: 2.2, top: 1.9, bottom: 2.8 };
/** Rewards from one number beside the axis to the next. */
const STEP = 5;
const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY };

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const legend = make("div", { class: "legend" });
  const drawing = svg("svg", { class: "plot", role: "slider", tabindex: 0 });
  const ui = { data, legend, drawing, at: /** @type {number | null} */ (null), from: 0, to: 1 };
  root.append(legend, make("div", { class: "holder" }, drawing));
  new ResizeObserver(() => draw(ui)).observe(drawing);
  const read = (/** @type {number | null} */ at) => {
    ui.at = at;
    draw(ui);
  };
  const follow = (/** @type {PointerEvent} */ { clientX }) => {
    const share = (clientX - drawing.getBoundingClientRect().left - ui.from) / (ui.to - ui.from);
    read(Math.round(clamp(share, 0, 1) * (momentsOf(ui).length - 1)));
  };
  drawing.addEventListener("pointermove", follow);
  drawing.addEventListener("pointerdown", follow);
  drawing.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && read(null));
  drawing.addEventListener("blur", () => read(null));
  drawing.addEventListener("keydown", (event) => {
    const move = meaningOf(event, KEYS);
    const last = momentsOf(ui).length - 1;
    if (move !== undefined) read(clamp((ui.at ?? (move > 0 ? -1 : last + 1)) + move, 0, last));
  });
  return ui;
}

/**
 * The moments at which agents were judged, the same for all sides.
 * @param {Chart} ui
 */
const momentsOf = ({ data }) =>
  data.sides.reduce((/** @type {number[]} */ all, { moves }) => (moves.length > all.length ? moves : all), []);

/** @param {Chart} ui */
function draw(ui) {
  const { drawing, data } = ui;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 400];
  const moves = momentsOf(ui);
  const at = {
    left: MARGIN.left * type,
    right: width - MARGIN.right * type,
    top: MARGIN.top * type,
    bottom: height - MARGIN.bottom * type,
    most: moves.at(-1) ?? 1,
    type,
  };
  [ui.from, ui.to] = [at.left, at.right];
  dress(drawing, { viewBox: `0 0 ${width} ${height}`, "aria-label": data.labels.alt });
  const clip = svg("rect", { x: at.left, y: at.top, width: at.right - at.left, height: at.bottom - at.top });
  const curves = data.sides.flatMap((side, place) => sideOf(ui, at, side, place));
  drawing.replaceChildren(
    svg("clipPath", { id: "dqn-seeds-plot" }, clip),
    ...axes(ui, at),
    ...optimum(ui, at),
    svg("g", { "clip-path": "url(#dqn-seeds-plot)" }, ...curves),
    ...ruler(ui, at, moves),
  );
  tell(ui, moves);
}
/** @typedef {{ left: number, right: number, top: number, bottom: number, most: number, type: number }} Plot */

/**
 * @param {Plot} plot
 * @param {number} moves
 */
const xOf = ({ left, right, most }, moves) => left + (moves / most) * (right - left);

/**
 * @param {Chart} ui
 * @param {Plot} plot
 * @param {number} reward
 */
function yOf({ data: { low, high } }, { top, bottom }, reward) {
  return bottom - ((reward - low) / (high - low)) * (bottom - top);
}

/**
 * @param {Chart} ui
 * @param {Plot} plot
 */
function axes(ui, plot) {
  const { labels, lang, low, high } = ui.data;
  const { left, right, bottom, type } = plot;
  /** @type {SVGElement[]} */
  const parts = [svg("text", { x: 0.3 * type, y: 0.9 * type, class: "name" }, labels.reward)];
  for (let value = Math.ceil(low / STEP) * STEP; value <= high; value += STEP) {
    const y = yOf(ui, plot, value);
    parts.push(svg("line", { class: "grid", x1: left, x2: right, y1: y, y2: y }));
    parts.push(
      svg("text", { x: left - 0.5 * type, y: y + 0.35 * type, "text-anchor": "end" }, writeWhole(value, lang)),
    );
  }
  for (const moves of stepsTo(plot.most, (right - left) / (5 * type))) {
    const place = { x: xOf(plot, moves), y: bottom + 1.2 * type, "text-anchor": "middle" };
    parts.push(svg("text", place, writeWhole(moves, lang)));
  }
  const middle = { x: (left + right) / 2, y: bottom + 2.5 * type, "text-anchor": "middle", class: "name" };
  parts.push(svg("text", middle, labels.moves));
  return parts;
}

/**
 * @param {Chart} ui
 * @param {Plot} plot
 */
function optimum(ui, plot) {
  const { best, labels } = ui.data;
  if (best === null) return [];
  const y = yOf(ui, plot, best);
  return [
    svg("line", { class: "best", x1: plot.left, x2: plot.right, y1: y, y2: y }),
    svg("text", { x: plot.right, y: y - 0.4 * plot.type, "text-anchor": "end" }, labels.optimum),
  ];
}

/**
 * @param {Chart} ui
 * @param {Plot} plot
 * @param {Side} side
 * @param {number} place
 */
function sideOf(ui, plot, { moves, seeds, mean, interval }, place) {
  const points = (/** @type {number[]} */ rewards) =>
    rewards.map((reward, at) => `${xOf(plot, moves[at]).toFixed(1)},${yOf(ui, plot, reward).toFixed(1)}`);
  const edge = (/** @type {number} */ sign) => points(mean.map((value, at) => value + sign * interval[at]));
  const parts = [];
  if (seeds.length > 1)
    parts.push(svg("polygon", { class: "interval", points: [...edge(1), ...edge(-1).reverse()].join(" ") }));
  parts.push(...seeds.map((rewards) => svg("polyline", { class: "seed", points: points(rewards).join(" ") })));
  parts.push(svg("polyline", { class: "mean", points: points(mean).join(" ") }));
  return [svg("g", { class: `side side-${place}` }, ...parts)];
}

/**
 * @param {Chart} ui
 * @param {Plot} plot
 * @param {number[]} moves
 */
function ruler({ at }, plot, moves) {
  if (at === null || moves[at] === undefined) return [];
  const x = xOf(plot, moves[at]);
  return [svg("line", { class: "ruler", x1: x, x2: x, y1: plot.top, y2: plot.bottom })];
}

/**
 * Say in the legend what each side came to: where the ruler stands, or at the end.
 * @param {Chart} ui
 * @param {number[]} moves
 */
function tell(ui, moves) {
  const { data, legend, drawing } = ui;
  const { labels, lang } = data;
  const place = Math.min(ui.at ?? moves.length - 1, moves.length - 1);
  const values = data.sides.map(({ mean }) => (place in mean ? writeNumber(mean[place], lang, 1) : ""));
  const entries = data.sides.map(({ name, mean }, at) => {
    const line = make("i", { class: `side-${at}` });
    return make("span", { class: "entry" }, line, `${name} `, make("b", {}, mean.length ? values[at] : labels.none));
  });
  const moment = moves.length ? labels.after.replace("%n", writeWhole(moves[place], lang)) : "";
  legend.replaceChildren(...entries, make("span", { class: "moment" }, moment));
  const said = data.sides.map(({ name }, at) => `${name} ${values[at] || labels.none}`);
  dress(drawing, {
    "aria-valuemin": 0,
    "aria-valuemax": moves.at(-1) ?? 0,
    "aria-valuenow": moves[place] ?? 0,
    "aria-valuetext": [moment, ...said].filter(Boolean).join("; "),
  });
}
