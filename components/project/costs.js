// What each fault costs: for each variant of the set, right answers on fresh digits and on its own validation images.
import { make, pictureIn, svg, writePercent } from "../in_browser/base.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ name: string, fresh: [number, number], own: [number, number], said: string[] }} Row mean, half interval; the gap, its p */
/** @typedef {{ rows: Row[], labels: Record<string, string> }} Data */
/** @typedef {ReturnType<typeof build>} Costs */

/** From which share to which the axis goes, whatever is drawn: rows compare. */
const [LOW, HIGH] = [0.65, 1];
const TICKS = [0.7, 0.8, 0.9, 1];
/** Under this many letters' widths, what is said stands in the name's line, and its p under the marks if both are long. */
const NARROW = 46;

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
  const drawing = svg("svg", { class: "plot", role: "img" });
  const ui = { data, drawing, box: make("div", { class: "chart" }, drawing), legend: make("p", { class: "legend" }) };
  root.append(ui.box, ui.legend);
  new ResizeObserver(() => draw(ui)).observe(ui.box);
  return ui;
}

/** @param {Costs} ui */
function draw({ drawing, data, legend }) {
  const { labels, rows, lang } = data;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 700, drawing.clientHeight || 300];
  const isNarrow = width < NARROW * type;
  const [left, right] = isNarrow ? [type, width - 1.6 * type] : [9.5 * type, width - 18 * type];
  const [top, bottom] = [0.3 * type, height - 2.8 * type];
  const xOf = (/** @type {number} */ share) => left + ((Math.max(share, LOW) - LOW) / (HIGH - LOW)) * (right - left);
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", labels.alt);
  const middle = { x: (left + right) / 2, y: bottom + 2.5 * type, "text-anchor": "middle" };
  /** @type {SVGElement[]} */
  const parts = [svg("text", middle, labels.axis)];
  for (const tick of TICKS) {
    const x = xOf(tick);
    parts.push(svg("line", { class: "grid", x1: x, x2: x, y1: top, y2: bottom }));
    parts.push(svg("text", { x, y: bottom + 1.2 * type, "text-anchor": "middle" }, writePercent(tick, lang, 0)));
  }
  const step = (bottom - top) / rows.length;
  rows.forEach((row, at) => {
    const y = top + (at + (isNarrow ? 0.66 : 0.5)) * step;
    const group = svg("g", { class: "cost", "data-row": row.name });
    const head = isNarrow ? { x: left, y: y - 1.1 * type } : { x: 0, y: y + 0.35 * type };
    group.append(svg("text", { class: "name", ...head }, row.name));
    const said = row.said.join(" ");
    const isLong = isNarrow && (row.name.length + said.length) * 0.52 * type > width - left;
    const beside = { x: width, y: y + (isNarrow ? -1.1 : 0.35) * type, "text-anchor": "end" };
    group.append(svg("text", beside, isLong ? row.said[0] : said));
    if (isLong) group.append(svg("text", { ...beside, y: y + 1.6 * type }, row.said[1]));
    for (const [kind, off] of /** @type {const} */ ([
      ["fresh", -0.28],
      ["own", 0.28],
    ])) {
      const [mean, reach] = row[kind];
      const line = {
        x1: xOf(mean - reach),
        x2: xOf(Math.min(HIGH, mean + reach)),
        y1: y + off * type,
        y2: y + off * type,
      };
      group.append(svg("line", { class: `reach ${kind}`, ...line }), mark(kind, xOf(mean), y + off * type));
    }
    parts.push(group);
  });
  drawing.replaceChildren(...parts);
  legend.replaceChildren(
    ...[
      ["fresh", labels.fresh],
      ["own", labels.own],
    ].map(([kind, words]) => make("span", {}, swatch(kind), ` ${words}`)),
  );
}

/**
 * A disc for fresh digits, a square for the set's own validation images.
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 */
function mark(kind, x, y) {
  if (kind === "fresh") return svg("circle", { class: `dot ${kind}`, cx: x, cy: y, r: 4.5 });
  return svg("rect", { class: `dot ${kind}`, x: x - 4, y: y - 4, width: 8, height: 8 });
}

/** @param {string} kind */
function swatch(kind) {
  return svg("svg", { class: "swatch", viewBox: "0 0 14 14", "aria-hidden": "true" }, mark(kind, 7, 7));
}
