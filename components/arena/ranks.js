// How the arena ranks: one more than the models whose lower bound lies above this one's upper bound. A slider chooses the
// model; a line stands at its upper bound, and those that are surely better light up. Beside it, what its votes foretell.
import { make, svg, writeNumber, writePercent, writeWhole } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { slider } from "../in_browser/slider.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Printed a row of the table
 * @property {string} name
 * @property {number} rank as printed
 * @property {number} rating
 * @property {number} low
 * @property {number} high
 * @property {number} votes
 */
/**
 * @typedef {object} Data
 * @property {Printed[]} rows
 * @property {{ row: number, ties: number, anchored: boolean, turn: number }} state ties: their percentage
 * @property {number} single half the width of the interval after one vote
 * @property {number} anchor votes of the model that all others are measured from
 * @property {number} plays
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Beside and under the plot, in sizes of its type; points beyond the outermost bounds; points between two marks. */
const MARGIN = { left: 15.5, right: 0.8, top: 0.2, bottom: 1.6 };
const NARROW = { ...MARGIN, left: 0.6 };
const [AROUND, STEP] = [4, 20];
/** Pixels of width below which names stand beside their intervals. */
const TIGHT = 480;
/** Beside an interval, and a letter's width, in sizes of the type. */
const [GAP, LETTER] = [1.6, 0.56];
/** Percent of ties that the slider ends at, and its step; points within which a formula is right. */
const [MOST_TIES, TIE_STEP, NEAR] = [60, 5, 1];

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, (ui, tell) => {
    ui.show();
    tell();
  });
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const chart = make("div", { class: "chart" }, drawing);
  const [rule, width, fits] = ["rule", "width", "fits"].map((name) =>
    make("p", { class: name, "aria-live": "polite" }),
  );
  const [model, ties] = [slider("model"), slider("ties")];
  const anchor = make("input", { type: "checkbox", role: "switch" });
  const anchorWords = make("span");
  const anchored = make("label", { class: "switch" }, anchor, anchorWords);
  const ui = {
    root,
    data,
    plays: data.plays,
    state: data.state,
    stop() {},
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    chart: { drawing, rule, width, fits, model, ties, anchor, anchorWords, anchored },
    /**
     * Half the width of a model's interval, as its votes foretell it.
     * @param {Printed} row
     */
    reachOf(row) {
      const { ties: percent, anchored: isAnchored } = ui.state;
      const variance = 1 / row.votes + (isAnchored ? 1 / ui.data.anchor : 0);
      return ui.data.single * Math.sqrt((1 - percent / 100) * variance);
    },
    /** @param {Partial<Data["state"]>} changed */
    choose(changed) {
      takeUp(ui, changed);
    },
    show() {
      draw(ui);
      say(ui);
    },
  };
  model.range.oninput = () => ui.choose({ row: Number(model.range.value) });
  ties.range.oninput = () => ui.choose({ ties: Number(ties.range.value) * TIE_STEP });
  anchor.onchange = () => ui.choose({ anchored: anchor.checked });
  root.append(chart, make("div", { class: "words" }, model.box, rule, width, ties.box, anchored, fits));
  new ResizeObserver(() => draw(ui)).observe(chart);
  return ui;
}

/** @param {Picture} ui */
function draw(ui) {
  const { data, state } = ui;
  const { drawing } = ui.chart;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 11;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 480];
  const margin = width < TIGHT ? NARROW : MARGIN;
  const [left, right, bottom] = [margin.left * type, width - margin.right * type, height - margin.bottom * type];
  const low = Math.min(...data.rows.map((row) => row.low)) - AROUND;
  const high = Math.max(...data.rows.map((row) => row.high)) + AROUND;
  const x = (/** @type {number} */ points) => left + ((points - low) / (high - low)) * (right - left);
  const step = (bottom - margin.top * type) / data.rows.length;
  const chosen = data.rows[state.row];
  const marks = [...Array(Math.floor((high - low) / STEP) + 1).keys()].map((at) => (Math.ceil(low / STEP) + at) * STEP);
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", data.labels.alt);
  drawing.replaceChildren(
    ...marks
      .filter((points) => points < high)
      .map((points) =>
        svg("text", { x: x(points), y: bottom + 1.3 * type, "text-anchor": "middle" }, writeWhole(points, data.lang)),
      ),
    svg("line", { class: "bound", x1: x(chosen.high), x2: x(chosen.high), y1: 0, y2: bottom }),
    ...data.rows.map((row, at) => {
      const y = margin.top * type + (at + 0.5) * step;
      const kind = at === state.row ? "chosen" : row.low > chosen.high ? "better" : "open";
      const line = svg(
        "g",
        { class: `model ${kind}` },
        svg("rect", { class: "hit", x: 0, y: y - step / 2, width, height: step }),
        svg("line", {
          class: "foretold",
          x1: x(row.rating - ui.reachOf(row)),
          x2: x(row.rating + ui.reachOf(row)),
          y1: y,
          y2: y,
        }),
        svg("line", { class: "interval", x1: x(row.low), x2: x(row.high), y1: y, y2: y }),
        svg("circle", { cx: x(row.rating), cy: y, r: Math.min(3, step / 3.2) }),
      );
      const base = y + 0.35 * type;
      if (margin.left > 1) line.append(svg("text", { x: left - type, y: base, "text-anchor": "end" }, row.name));
      else line.append(beside(row, base, { left: x(row.low), right: x(row.high), width, type }));
      line.onclick = () => ui.choose({ row: at });
      return line;
    }),
  );
}

/**
 * A name on the side of its interval that has more room, cut where there is too little.
 * @param {Printed} row
 * @param {number} y
 * @param {{ left: number, right: number, width: number, type: number }} room the interval's ends and the plot's width
 */
function beside({ name }, y, { left, right, width, type }) {
  const isBefore = left > width - right;
  const most = Math.floor((Math.max(left, width - right) - GAP * type) / (LETTER * type));
  const words = name.length > most ? `${name.slice(0, most - 1)}…` : name;
  const x = isBefore ? left - (GAP / 2) * type : right + (GAP / 2) * type;
  return svg("text", { x, y, "text-anchor": isBefore ? "end" : "start" }, words);
}

/** @param {Picture} ui */
function say(ui) {
  const { data, state, chart } = ui;
  const { labels, lang, rows, hidden } = data;
  const row = rows[state.row];
  const above = rows.filter((other) => other.low > row.high).length;
  chart.model.show(labels.model, state.row, row.name, rows.length - 1);
  chart.ties.show(labels.ties, state.ties / TIE_STEP, writePercent(state.ties / 100, lang, 0), MOST_TIES / TIE_STEP);
  chart.anchor.checked = state.anchored;
  chart.anchorWords.textContent = labels.anchored;
  chart.model.box.hidden = hidden.includes("ar_row");
  chart.ties.box.hidden = hidden.includes("ar_ties");
  chart.anchored.hidden = hidden.includes("ar_anchored");
  const near = rows.filter((other) => Math.abs(ui.reachOf(other) - (other.high - other.low) / 2) <= NEAR).length;
  write(
    chart.rule,
    labels[above + 1 === row.rank ? "agrees" : "differs"]
      .replace("%n", writeWhole(above, lang))
      .replace("%u", writeWhole(row.high, lang))
      .replace("%r", writeWhole(above + 1, lang))
      .replace("%p", writeWhole(row.rank, lang)),
  );
  write(
    chart.width,
    labels.width
      .replace("%v", writeWhole(row.votes, lang))
      .replace("%f", writeNumber(ui.reachOf(row), lang, 1))
      .replace("%a", writeWhole(row.high - row.rating, lang))
      .replace("%b", writeWhole(row.rating - row.low, lang)),
  );
  write(chart.fits, labels.fits.replace("%k", writeWhole(near, lang)).replace("%n", writeWhole(rows.length, lang)));
}

/**
 * @param {HTMLElement} element
 * @param {string} words
 */
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
