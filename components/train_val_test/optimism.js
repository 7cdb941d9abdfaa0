// Twenty networks on a small test set, the best of them chosen, then all measured again on fresh digits.
import { bytesOf } from "../in_browser/arrays.js";
import { clamp, make, pictureIn, svg, writeNumber, writePercent } from "../in_browser/base.js";
import { mulberry32 } from "../in_browser/chance.js";
import { stepsTo } from "../in_browser/scales.js";
import { choose, many, masksOf, summary, totalsOf } from "./draws.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Data
 * @property {string} wrong which digits each network reads wrongly, in bits
 * @property {number} networks
 * @property {number} digits
 * @property {number[]} sizes a small test set may have
 * @property {number} size of it, as the address says
 * @property {number} seed of the draw
 * @property {boolean} moves whether the size may be changed
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Draws of each size: enough that their mean moves by less than a tenth of a point. */
const TIMES = 1000;
const [WIDTH, HEIGHT] = [420, 300];
const [LEFT, RIGHT, TOP, BOTTOM] = [110, 330, 34, 282];
const [CHOSEN, OTHERS, PALE] = ["#cc79a7", "#7a8b99", "#8fb8d6"];
const BINS = 30;
/** Half the height of the drawing, in standard errors of the small test set. */
const ROOM = 3;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.tell = () => setStateValue("state", { size: ui.size, seed: ui.seed });
  if (ui.told !== `${data.size} ${data.seed}`) [ui.size, ui.seed] = [data.size, data.seed];
  ui.told = `${data.size} ${data.seed}`;
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const masks = masksOf(bytesOf(data.wrong), data.networks, data.digits);
  const range = make("input", { type: "range", min: 0, max: data.sizes.length - 1, step: 1 });
  const ui = {
    data,
    masks,
    totals: totalsOf(masks, data.networks),
    size: data.size,
    seed: data.seed,
    told: "",
    /** Of each size that was looked at. */
    flattery: /** @type {Map<number, ReturnType<typeof many>>} */ (new Map()),
    tell() {},
    range,
    sizeName: make("output", { class: "moment" }),
    sizeLabel: make("span"),
    again: make("button", { type: "button", class: "again" }),
    slopes: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }),
    heap: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }),
    once: make("p", { class: "said", role: "status" }),
    often: make("p", { class: "said" }),
  };
  range.oninput = () => {
    ui.size = data.sizes[Number(range.value)];
    show(ui);
  };
  range.onchange = () => ui.tell();
  ui.again.onclick = () => {
    ui.seed += 1;
    show(ui);
    ui.tell();
  };
  const size = make("label", { class: "size" }, ui.sizeLabel, range, ui.sizeName);
  root.append(
    make("div", { class: "hands" }, size, ui.again),
    make("div", { class: "two" }, make("div", {}, ui.slopes, ui.once), make("div", {}, ui.heap, ui.often)),
  );
  return ui;
}

/** @param {Picture} ui */
function show(ui) {
  const { data, size } = ui;
  const { labels, lang } = /** @type {Data & Surroundings} */ (data);
  ui.sizeLabel.textContent = labels.size;
  ui.again.textContent = labels.again;
  ui.range.value = String(data.sizes.indexOf(size));
  ui.range.disabled = !data.moves;
  ui.sizeName.textContent = labels.digits.replace("%n", writeNumber(size, lang, 0));
  ui.range.setAttribute("aria-valuetext", ui.sizeName.textContent);
  const drawn = choose(ui.masks, ui.totals, size, mulberry32(ui.seed));
  showSlopes(ui, drawn);
  const { best, small, fresh } = drawn;
  ui.once.textContent = (fresh[best] > small[best] ? labels.once : labels.not)
    .replace("%a", writePercent(small[best], lang, 1))
    .replace("%b", writePercent(fresh[best], lang, 1))
    .replace("%c", points(Math.abs(fresh[best] - small[best]), lang));
  showHeap(ui);
}

/**
 * Each network as a line: at the left its error on the small test set, at the right on the fresh digits.
 * @param {Picture} ui
 * @param {ReturnType<typeof choose>} drawn
 */
function showSlopes({ slopes, data, size }, { small, fresh, best }) {
  const { labels, lang } = /** @type {Data & Surroundings} */ (data);
  const middle = fresh.reduce((sum, error) => sum + error, 0) / fresh.length;
  const half = ROOM * Math.sqrt((middle * (1 - middle)) / size) + 0.012;
  const y = (/** @type {number} */ error) => (TOP + BOTTOM) / 2 - ((error - middle) / half) * ((BOTTOM - TOP) / 2);
  const lines = small.map((error, network) => {
    const colour = network === best ? CHOSEN : OTHERS;
    const ends = { x1: LEFT, x2: RIGHT, y1: y(error), y2: y(fresh[network]) };
    return svg(
      "g",
      { class: network === best ? "chosen" : "other", stroke: colour, fill: colour },
      svg("line", ends),
      svg("circle", { cx: LEFT, cy: ends.y1, r: 4 }),
      svg("circle", { cx: RIGHT, cy: ends.y2, r: 4 }),
    );
  });
  lines.push(...lines.splice(best, 1)); // on top
  const inside = stepsTo(middle + half, 8).filter((value) => value >= middle - half);
  const ticks = inside.flatMap((value) => [
    svg("line", { class: "grid", x1: 50, x2: WIDTH - 10, y1: y(value), y2: y(value) }),
    svg("text", { x: 44, y: y(value) + 4, "text-anchor": "end" }, writePercent(value, lang, 1)),
  ]);
  slopes.setAttribute("aria-label", labels.slopes);
  slopes.replaceChildren(
    ...ticks,
    svg("text", { class: "title", x: LEFT, y: 14, "text-anchor": "middle" }, labels.small),
    svg("text", { class: "title", x: RIGHT, y: 14, "text-anchor": "middle" }, labels.fresh),
    ...lines,
    svg(
      "text",
      { class: "value", x: LEFT - 9, y: y(small[best]) + 4, "text-anchor": "end" },
      writePercent(small[best], lang, 1),
    ),
    svg("text", { class: "value", x: RIGHT + 9, y: y(fresh[best]) + 4 }, writePercent(fresh[best], lang, 1)),
  );
}

/**
 * How much the chosen network was flattered, over many draws; in pale, a network that was named beforehand.
 * @param {Picture} ui
 */
function showHeap(ui) {
  const { heap, data, size } = ui;
  const { labels, lang } = /** @type {Data & Surroundings} */ (data);
  const flattery = ui.flattery.get(size) ?? many(ui.masks, ui.totals, size, TIMES);
  ui.flattery.set(size, flattery);
  const [low, high] = [-0.09, 0.11];
  const x = (/** @type {number} */ value) => 14 + ((clamp(value, low, high) - low) / (high - low)) * (WIDTH - 28);
  const count = (/** @type {number[]} */ values) => {
    const bins = new Array(BINS).fill(0);
    for (const value of values) bins[Math.floor(clamp((value - low) / (high - low), 0, 0.9999) * BINS)] += 1;
    return bins;
  };
  const [chosen, named] = [count(flattery.chosen), count(flattery.named)];
  const most = Math.max(...chosen, ...named);
  const bars = (/** @type {number[]} */ bins, /** @type {string} */ fill) =>
    bins.map((times, at) => {
      const height = (times / most) * (BOTTOM - 60);
      return svg("rect", {
        x: x(low + ((high - low) * at) / BINS) + 0.5,
        y: BOTTOM - 14 - height,
        width: (WIDTH - 28) / BINS - 1,
        height,
        fill,
      });
    });
  const found = summary(flattery.chosen);
  const ticks = [-0.05, 0, 0.05, 0.1].map((value) =>
    svg("text", { x: x(value), y: BOTTOM + 4, "text-anchor": "middle" }, points(value, lang, 0)),
  );
  heap.setAttribute("aria-label", labels.heap);
  heap.replaceChildren(
    svg("text", { class: "title", x: WIDTH / 2, y: 14, "text-anchor": "middle" }, labels.heap),
    svg("g", { class: "named" }, ...bars(named, PALE)),
    svg("g", { class: "picked" }, ...bars(chosen, CHOSEN)),
    svg("line", { class: "zero", x1: x(0), x2: x(0), y1: 24, y2: BOTTOM - 12 }),
    svg("line", { class: "range", x1: x(found.low), x2: x(found.high), y1: 30, y2: 30, stroke: CHOSEN }),
    svg("circle", { cx: x(found.mean), cy: 30, r: 6, fill: CHOSEN }),
    ...ticks,
  );
  ui.often.textContent = labels.often
    .replace("%n", writeNumber(TIMES, lang, 0))
    .replace("%a", points(found.mean, lang))
    .replace("%b", points(found.low, lang))
    .replace("%c", points(found.high, lang))
    .replace("%d", writePercent(found.above, lang, 0))
    .replace("%e", points(summary(flattery.named).mean, lang));
}

/**
 * Write a difference of two shares in points of percentage.
 * @param {number} difference
 * @param {string} lang
 */
function points(difference, lang, decimals = 1) {
  return writeNumber(100 * difference, lang, decimals);
}
