// What each age of the agent brings, over the moves that it learned from; the ruler stands on an age.
import { make, svg, writeShort, writeWhole } from "../in_browser/base.js";
import { apart, stepsTo } from "../in_browser/scales.js";

/** @import { Picture } from "./picture.js" */
/**
 * What 100 moves bring at each moment at which an agent was judged.
 * @typedef {{ moves: number[], reward: number[], delivered: (number | null)[], crashed: (number | null)[],
 *   interval?: number[] }} Curve
 */
/** @typedef {{ left: number, right: number, top: number, bottom: number, low: number, high: number, most: number }} Plot */

const MARGIN = { left: 3.2, right: 6.2, top: 0.8, bottom: 2.7 };
/** Heights of the plot's ends, for 100 moves: the same for all trainings of a world, so that they compare. */
const ENDS = { small: [-23, 16], course: [-28, 4] };
/** Between two numbers beside the axis. */
const STEP = { small: 5, course: 4 };

/** Make the drawing; `drawChart` fills it. */
export function chart() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const range = make("input", { type: "range", min: 0, step: 1 });
  return { box: make("div", { class: "chart" }, drawing, make("div", { class: "rail" }, range)), drawing, range };
}

/** @param {Picture} ui */
export function drawChart(ui) {
  const { drawing, range, box } = ui.chart;
  const { data } = ui;
  const { labels, lang } = data;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 500, drawing.clientHeight || 300];
  const [low, high] = ENDS[data.world];
  const most = Math.max(data.steps, 1);
  const side = Object.fromEntries(Object.entries(MARGIN).map(([name, times]) => [name, times * type]));
  const plot = { left: side.left, right: width - side.right, top: side.top, bottom: height - side.bottom };
  const at = { ...plot, low, high, most };
  const shown = ui.ageShown();
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", labels.chartAlt);
  drawing.replaceChildren(
    svg(
      "clipPath",
      { id: "dqn-plot" },
      svg("rect", { x: at.left - 4, y: at.top, width: at.right - at.left + 8, height: at.bottom - at.top }),
    ),
    ...axes(ui, at, type),
    ...bounds(ui, at),
    ...data.pinned.map((curve) => line(curve, "pinned", at, most)),
    ...band(data.curve, at, ui.movesShown()),
    line(data.curve, "own", at, ui.movesShown()),
    ...below(data.curve, at, ui.movesShown(), type),
    ...ruler(ui, at, type),
    ...names(ui, at, type),
  );
  range.max = String(Math.max(data.ages.length - 1, 0));
  range.value = String(shown);
  range.disabled = data.ages.length < 2;
  range.setAttribute("aria-label", labels.age);
  range.setAttribute("aria-valuetext", labels.moves.replace("%n", writeWhole(data.ages[shown] ?? 0, lang)));
  box.style.setProperty("--left", `${side.left}px`);
  box.style.setProperty("--right", `${side.right}px`);
}

/**
 * @param {Plot} plot
 * @param {number} moves
 */
const xOf = ({ left, right, most }, moves) => left + (moves / most) * (right - left);

/**
 * @param {Plot} plot
 * @param {number} reward
 */
const yOf = ({ top, bottom, low, high }, reward) => bottom - ((reward - low) / (high - low)) * (bottom - top);

/**
 * @param {Picture} ui
 * @param {Plot} plot
 * @param {number} type size of it in pixels
 */
function axes({ data }, plot, type) {
  const { labels, lang, world } = data;
  const parts = [];
  for (let value = Math.ceil(plot.low / STEP[world]) * STEP[world]; value <= plot.high; value += STEP[world]) {
    const y = yOf(plot, value);
    parts.push(svg("line", { class: value ? "grid" : "grid zero", x1: plot.left, x2: plot.right, y1: y, y2: y }));
    const place = { x: plot.left - 0.5 * type, y: y + 0.35 * type, "text-anchor": "end" };
    parts.push(svg("text", place, writeWhole(value, lang)));
  }
  for (const moves of stepsTo(plot.most, (plot.right - plot.left) / (5 * type))) {
    const place = { x: xOf(plot, moves), y: plot.bottom + 1.2 * type, "text-anchor": "middle" };
    parts.push(svg("text", place, writeWhole(moves, lang)));
  }
  const middle = {
    x: (plot.left + plot.right) / 2,
    y: plot.bottom + 2.4 * type,
    "text-anchor": "middle",
    class: "name",
  };
  parts.push(svg("text", middle, labels.movesAxis));
  return parts;
}

/**
 * What random moves bring, and the most that there is to have.
 * @param {Picture} ui
 * @param {Plot} plot
 */
function bounds({ data }, plot) {
  return Object.entries(data.bounds).flatMap(([name, value]) =>
    value === null
      ? []
      : [
          svg("line", {
            class: `bound ${name}`,
            x1: plot.left,
            x2: plot.right,
            y1: yOf(plot, value),
            y2: yOf(plot, value),
          }),
        ],
  );
}

/**
 * @param {Curve} curve
 * @param {string} kind
 * @param {Plot} plot
 * @param {number} until moves
 */
function line({ moves, reward }, kind, plot, until) {
  const points = moves.flatMap((at, place) =>
    at <= until && Number.isFinite(reward[place])
      ? [`${xOf(plot, at).toFixed(1)},${yOf(plot, reward[place]).toFixed(1)}`]
      : [],
  );
  return svg("polyline", { class: `curve ${kind}`, points: points.join(" "), "clip-path": "url(#dqn-plot)" });
}

/**
 * The interval of a reward that was flown, not computed.
 * @param {Curve} curve
 * @param {Plot} plot
 * @param {number} until
 */
function band({ moves, reward, interval }, plot, until) {
  if (!interval) return [];
  const seen = moves.flatMap((at, place) => (at <= until ? [place] : []));
  const edge = (/** @type {number} */ sign) =>
    seen.map((place) => `${xOf(plot, moves[place])},${yOf(plot, reward[place] + sign * interval[place])}`);
  return [svg("polygon", { class: "band", points: [...edge(1), ...edge(-1).reverse()].join(" ") })];
}

/**
 * A mark at the foot of the plot for every point that lies below it.
 * @param {Curve} curve
 * @param {Plot} plot
 * @param {number} until
 * @param {number} type
 */
function below({ moves, reward }, plot, until, type) {
  return moves.flatMap((at, place) => {
    if (at > until || !(reward[place] < plot.low)) return [];
    const [x, y] = [xOf(plot, at), plot.bottom];
    return [svg("path", { class: "below", d: `M${x} ${y}l${-0.35 * type} ${-0.6 * type}h${0.7 * type}Z` })];
  });
}

/**
 * @param {Picture} ui
 * @param {Plot} plot
 * @param {number} type
 */
function ruler(ui, plot, type) {
  const moves = ui.data.ages[ui.ageShown()];
  if (moves === undefined) return [];
  const x = xOf(plot, moves);
  /** @type {SVGElement[]} */
  const parts = [svg("line", { class: "ruler", x1: x, x2: x, y1: plot.top, y2: plot.bottom })];
  const reward = ui.rewardShown();
  if (reward === null) return parts;
  const y = yOf(plot, Math.max(plot.low, reward));
  parts.push(svg("circle", { class: "dot", cx: x, cy: y, r: 0.38 * type }));
  const isLeft = x > (plot.left + plot.right) / 2;
  const place = { x: x + (isLeft ? -0.7 : 0.7) * type, y: y - 0.7 * type, "text-anchor": isLeft ? "end" : "start" };
  parts.push(svg("text", { ...place, class: "said" }, writeShort(reward, ui.data.lang, 3)));
  return parts;
}

/**
 * What each line is, at its end.
 * @param {Picture} ui
 * @param {Plot} plot
 * @param {number} type
 */
function names({ data }, plot, type) {
  const { labels } = data;
  const known = [
    ["best", data.bounds.best],
    ["random", data.bounds.random],
    ["pinned", data.pinned.length ? data.pinned[0].reward.at(-1) : null],
  ].flatMap(([name, value]) => (typeof value === "number" ? [{ name: String(name), value }] : []));
  const heights = apart(
    known.map(({ value }) => yOf(plot, Math.max(plot.low, value)) + 0.35 * type),
    1.15 * type,
  );
  return known.map(({ name }, at) =>
    svg("text", { class: `end ${name}`, x: plot.right + 0.5 * type, y: heights[at] }, labels[`line_${name}`]),
  );
}
