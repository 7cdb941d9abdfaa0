// How many votes a reward model needs: share of new pairs that it puts in order against the number of votes it has
// learned from. The chosen taste with its intervals, the others behind it; one's own votes as one point.
import { make, pictureIn, svg, writePercent } from "../in_browser/base.js";
import { apart } from "../in_browser/scales.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ votes: number, mean: number, low: number, high: number }} Point a share, and where nine draws of ten lie */
/** @typedef {{ name: string, chosen: boolean, points: Point[] }} Taste */
/**
 * @typedef {object} Data
 * @property {number[]} counts of votes, at equal distances
 * @property {Taste[]} tastes
 * @property {number | null} votes in how many pairs an answer is preferred; null: nobody knows yet
 * @property {Point | null} own what the student's votes foretell of each other
 * @property {string} said what the picture shows, in a sentence
 * @property {Record<string, string>} labels
 */

/** Around the plot, in sizes of its type; the names stand on the right. */
const MARGIN = { left: 3.2, right: 8.5, top: 0.8, bottom: 2.7 };
/** Pixels of width below which the names are left out: the chosen one stands above the picture. */
const TIGHT = 480;
const SHARES = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const CHANCE = 0.5;

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  ui.draw();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const said = make("p", { class: "said" });
  const ui = {
    data,
    draw() {
      said.textContent = ui.data.said;
      drawing.setAttribute("aria-label", `${ui.data.labels.title}. ${ui.data.said}`);
      draw(drawing, ui.data);
    },
  };
  root.append(drawing, said);
  new ResizeObserver(() => ui.draw()).observe(drawing);
  return ui;
}

/**
 * @param {SVGElement} drawing
 * @param {Data & Surroundings} data
 */
function draw(drawing, data) {
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 260];
  const isTight = width < TIGHT;
  const plot = {
    left: MARGIN.left * type,
    right: width - (isTight ? 1 : MARGIN.right) * type,
    top: MARGIN.top * type,
    bottom: height - MARGIN.bottom * type,
    type,
  };
  const x = (/** @type {number} */ votes) => plot.left + placeOf(data.counts, votes) * (plot.right - plot.left);
  const y = (/** @type {number} */ share) => plot.bottom - ((share - 0.4) / 0.6) * (plot.bottom - plot.top);
  const ordered = [...data.tastes].sort((one, other) => Number(one.chosen) - Number(other.chosen));
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.replaceChildren(
    ...axes(data, plot, x, y),
    ...ordered.map((taste) => curve(taste, x, y)),
    ...(data.own ? [pointOf(data.own, x, y)] : []),
    ...(isTight ? [] : names(data, plot, x, y)),
  );
}

/**
 * Where a number of votes stands, from 0 to 1: each listed number is as far from the next.
 * @param {number[]} counts
 * @param {number} votes
 */
function placeOf(counts, votes) {
  const after = counts.findIndex((count) => count >= votes);
  if (after <= 0) return after < 0 ? 1 : 0;
  const [low, high] = [counts[after - 1], counts[after]];
  return (after - 1 + Math.log(votes / low) / Math.log(high / low)) / (counts.length - 1);
}

/**
 * @param {Data & Surroundings} data
 * @param {{ left: number, right: number, top: number, bottom: number, type: number }} plot
 * @param {(votes: number) => number} x
 * @param {(share: number) => number} y
 */
function axes({ counts, votes, labels, lang }, { left, right, top, bottom, type }, x, y) {
  const middle = { "text-anchor": "middle" };
  return [
    ...SHARES.flatMap((share) => [
      svg("line", { class: share === CHANCE ? "chance" : "grid", x1: left, x2: right, y1: y(share), y2: y(share) }),
      svg(
        "text",
        { x: left - 0.4 * type, y: y(share) + 0.35 * type, "text-anchor": "end" },
        writePercent(share, lang, 0),
      ),
    ]),
    svg("text", { class: "aside", x: right - 4, y: y(CHANCE) + 1.1 * type, "text-anchor": "end" }, labels.chance),
    ...counts.map((count) => svg("text", { x: x(count), y: bottom + 1.2 * type, ...middle }, String(count))),
    svg("text", { class: "name", x: (left + right) / 2, y: bottom + 2.4 * type, ...middle }, labels.votes),
    ...(votes === null ? [] : [svg("line", { class: "ruler", x1: x(votes), x2: x(votes), y1: top, y2: bottom })]),
  ];
}

/**
 * @param {Taste} taste
 * @param {(votes: number) => number} x
 * @param {(share: number) => number} y
 */
function curve({ chosen, points }, x, y) {
  const line = points.map(({ votes, mean }) => `${x(votes).toFixed(1)},${y(mean).toFixed(1)}`);
  const group = svg("g", { class: chosen ? "taste chosen" : "taste" });
  group.append(svg("path", { class: "curve", d: `M${line.join("L")}` }));
  if (chosen) group.append(...points.map((point) => pointOf(point, x, y)));
  return group;
}

/**
 * @param {Point} point
 * @param {(votes: number) => number} x
 * @param {(share: number) => number} y
 */
function pointOf({ votes, mean, low, high }, x, y) {
  const at = x(votes);
  const group = svg("g", { class: "point" });
  group.append(
    svg("path", { class: "spread", d: `M${at},${y(high)}V${y(Math.max(0.4, low))}m-4,0h8M${at - 4},${y(high)}h8` }),
    svg("circle", { class: "mark", cx: at, cy: y(Math.max(0.4, mean)), r: 5 }),
  );
  return group;
}

/**
 * @param {Data & Surroundings} data
 * @param {{ right: number, type: number }} plot
 * @param {(votes: number) => number} x
 * @param {(share: number) => number} y
 */
function names({ tastes }, { type }, x, y) {
  const ends = tastes.map(({ points }) => points[points.length - 1]);
  const heights = apart(
    ends.map(({ mean }) => y(mean) + 0.35 * type),
    1.15 * type,
  );
  return tastes.map(({ name, chosen }, at) =>
    svg("text", { class: chosen ? "named chosen" : "named", x: x(ends[at].votes) + 0.9 * type, y: heights[at] }, name),
  );
}
