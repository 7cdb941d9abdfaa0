// What tips a prompt: a row for each strength of an effect, each prompt a dot on the share of words that it puts right,
// and where it put the words. Pointing at a row says its numbers.
import { make, pictureIn, svg, writePercent, writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { stacked } from "../in_browser/scales.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {"raw" | "calibrated" | "transfer" | "scratch" | "named"} Kind */
/**
 * @typedef {object} Row
 * @property {string} name
 * @property {Partial<Record<Kind, number[]>>} right share of the words put rightly, in each draw
 * @property {Partial<Record<Kind, number[]>> | null} put how many words went into each box, the mean over the draws
 * @property {number} tipped the box that the prompt speaks for; −1: none
 * @property {string} said what the row shows, in a sentence
 */
/** @typedef {{ kind: Kind, name: string }} Series */
/**
 * @typedef {object} Data
 * @property {Row[]} rows
 * @property {Series[]} series a lane of each row
 * @property {string[]} boxes their names
 * @property {number} words that were asked about, as many for each box
 * @property {string} said what is seen best, in a sentence
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Two dots nearer than this share stand one above the other. */
const NEAR = 0.0125;
/** Heights of a lane, in sizes of its type: of a few dots, and of many that stand one above the other. */
const LANES = { few: 1.15, many: 3.1 };
const MANY = 10;
/** How far the middles of dots that stand one above the other are apart at most, and the unit of the signs below. */
const [LAYER, UNIT] = [0.42, 1 / 15];
/** A sign for each kind, around its middle: never colour alone. */
const SIGNS = {
  raw: "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0",
  calibrated: "M0,-5.2L5.2,0L0,5.2L-5.2,0Z",
  transfer: "M-3.8,-3.8H3.8V3.8H-3.8Z",
  scratch: "M0,-4.8L4.8,3.8H-4.8Z",
  named: "M-3.8,-3.8H3.8V3.8H-3.8Z",
};

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  ui.at = -1;
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    /** The row that is pointed at; −1: none. */
    at: -1,
    key: make("p", { class: "key" }),
    table: make("div", { class: "table" }),
    rows: make("div", { class: "rows", role: "listbox" }),
    said: make("p", { class: "said" }),
    hint: make("p", { class: "hint" }),
  };
  const rowOf = (/** @type {Event} */ event) => {
    const row = /** @type {Element} */ (event.target).closest(".row");
    return row ? [...ui.rows.children].indexOf(row) : -1;
  };
  ui.rows.onmouseover = (event) => pointAt(ui, rowOf(event));
  ui.rows.onclick = (event) => pointAt(ui, rowOf(event));
  ui.rows.onfocus = () => pointAt(ui, Math.max(ui.at, 0));
  ui.rows.onmouseleave = () => pointAt(ui, ui.rows.matches(":focus-visible") ? ui.at : -1);
  ui.rows.onblur = () => pointAt(ui, -1);
  ui.rows.onkeydown = (event) => {
    const by = meaningOf(event, { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 });
    const count = ui.data.rows.length;
    if (by) pointAt(ui, (ui.at + by + count) % count);
  };
  ui.rows.tabIndex = 0;
  root.append(ui.key, ui.table, ui.said, ui.hint);
  return ui;
}

/** @param {Picture} ui */
function show(ui) {
  const { data, key, table, rows } = ui;
  const hasStrips = data.rows.some(({ put }) => put);
  key.replaceChildren(
    ...data.series.map(({ kind, name }) => make("span", { class: kind }, sample(SIGNS[kind]), name)),
    make("span", { class: "average" }, sample("M0,-7V7"), data.labels.mean),
  );
  table.classList.toggle("stripped", hasStrips);
  rows.setAttribute("aria-label", data.labels.title);
  const type = Number.parseFloat(getComputedStyle(table).fontSize) || 15;
  rows.replaceChildren(...data.rows.map((row, at) => rowFor(row, at, data, type)));
  table.replaceChildren(head(data, hasStrips), rows, foot(data));
  ui.hint.textContent = data.labels.hint;
  pointAt(ui, -1);
}

/**
 * @param {Picture} ui
 * @param {number} at
 */
function pointAt(ui, at) {
  ui.at = at;
  [...ui.rows.children].forEach((row, place) => {
    row.setAttribute("aria-selected", String(place === at));
  });
  if (at < 0) ui.rows.removeAttribute("aria-activedescendant");
  else ui.rows.setAttribute("aria-activedescendant", ui.rows.children[at].id);
  ui.said.textContent = at < 0 ? ui.data.said : ui.data.rows[at].said;
}

/** @param {string} path */
function sample(path) {
  const drawing = svg("svg", { class: "sample", viewBox: "-8 -8 16 16", "aria-hidden": "true" });
  drawing.append(svg("path", { class: "sign", d: path }));
  return drawing;
}

/**
 * What stands above the columns; above the strips, how the words belong.
 * @param {Data & Surroundings} data
 */
function head({ labels, boxes, words, rows }, hasStrips = false) {
  const line = make("div", { class: "head" }, make("span"), make("b", {}, labels.share), make("span"));
  if (!hasStrips) return line;
  const tipped = rows.every((row) => row.tipped === rows[0].tipped) ? rows[0].tipped : -1;
  const legend = make(
    "div",
    { class: "strip legend" },
    ...boxes.map((name, at) => segment(name, words / boxes.length, words, at === tipped, name)),
  );
  line.append(make("div", { class: "belong" }, make("b", {}, labels.put), legend), make("small", {}, labels.tipped));
  return line;
}

/**
 * The numbers along the axis.
 * @param {Data & Surroundings} data
 */
function foot({ labels, boxes, lang }) {
  const axis = svg("svg", { class: "axis", "aria-hidden": "true" });
  axis.append(
    ...SHARES.map((share) =>
      svg("text", { x: `${100 * share}%`, y: "1em", "text-anchor": "middle" }, writePercent(share, lang, 0)),
    ),
    svg("text", { class: "aside", x: `${100 / boxes.length}%`, y: "2.1em", "text-anchor": "middle" }, labels.chance),
  );
  return make("div", { class: "foot" }, make("span"), axis);
}

/**
 * @param {Row} row
 * @param {number} at
 * @param {Data & Surroundings} data
 * @param {number} type size of it in pixels
 */
function rowFor(row, at, data, type) {
  const { series, boxes, words, lang } = data;
  const lanes = series.map(({ kind }) => lane(kind, row.right[kind] ?? [], type));
  const height = lanes.reduce((sum, each) => sum + each.height, 0);
  const plot = svg("svg", { class: "dots", style: `height: ${height}px` });
  for (const share of SHARES)
    plot.append(svg("line", { class: "grid", x1: `${100 * share}%`, x2: `${100 * share}%`, y1: 0, y2: "100%" }));
  const chance = `${100 / boxes.length}%`;
  plot.append(svg("line", { class: "chance", x1: chance, x2: chance, y1: 0, y2: "100%" }));
  const means = make("div", { class: "means" });
  const strips = make("div", { class: "strips" });
  const counts = make("div", { class: "counts" });
  let top = 0;
  for (const { kind, group, height: tall, mean } of lanes) {
    group.setAttribute("transform", `translate(0 ${top + tall / 2})`);
    plot.append(group);
    const size = { style: `height: ${tall}px` };
    means.append(make("span", { class: kind, ...size }, sample(SIGNS[kind]), writePercent(mean, lang, 0)));
    const put = row.put?.[kind];
    if (put) {
      strips.append(
        make(
          "div",
          { class: "strip", ...size },
          ...put.map((count, box) => segment("", count, words, box === row.tipped, `${boxes[box]} ${round(count)}`)),
        ),
      );
      counts.append(
        make("span", { class: kind, ...size }, sample(SIGNS[kind]), writeWhole(round(put[row.tipped]), lang)),
      );
    }
    top += tall;
  }
  const box = make(
    "div",
    { class: "row", role: "option", id: `effect-${at}`, "aria-label": row.said },
    make("span", { class: "name" }, row.name),
    plot,
    means,
  );
  if (row.put) box.append(strips, counts);
  return box;
}

/**
 * The dots of one kind, those that are near one above the other, and their mean.
 * @param {Kind} kind
 * @param {number[]} shares
 * @param {number} type size of it in pixels
 */
function lane(kind, shares, type) {
  const layers = stacked(shares, NEAR);
  const height = type * (shares.length > MANY ? LANES.many : LANES.few);
  const room = (0.5 * height - 4 * UNIT * type) / Math.max(1, ...layers.map(Math.abs));
  const step = Math.min(LAYER * type, room);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const group = svg("g", { class: kind });
  group.append(
    ...shares.map((share, at) => {
      const place = svg("svg", { x: `${100 * share}%`, y: layers[at] * step, overflow: "visible" });
      place.append(svg("path", { class: "sign", d: SIGNS[kind], transform: `scale(${UNIT * type})` }));
      return place;
    }),
    svg("line", { class: "mean", x1: `${100 * mean}%`, x2: `${100 * mean}%`, y1: 1 - height / 2, y2: height / 2 - 1 }),
  );
  return { kind, group, height, mean };
}

/**
 * A part of a strip.
 * @param {string} words in it
 * @param {number} count
 * @param {number} all
 * @param {boolean} isTipped
 * @param {string} title
 */
function segment(words, count, all, isTipped, title) {
  const style = `width: ${(100 * count) / all}%`;
  return make("span", { class: isTipped ? "part tipped" : "part", style, title }, words);
}

/** @param {number} count */
function round(count) {
  return Math.round(count);
}
