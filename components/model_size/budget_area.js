// A budget as an area: as wide as the model, as high as its text; whatever the split, the area stays the same.
import { make, svg } from "../in_browser/base.js";
import { NO_SIZE } from "./budget_chart.js";
import { bestOf, tokensOf } from "./budget_law.js";
import { writeCount } from "./budget_words.js";

/** @import { Picture } from "./budget.js" */

/** The side of the square with `rule` tokens a parameter, as a part of the drawing's smaller side. */
const SIDE = 0.27;
/** Around the drawing, in times the size of the type: the letters of the two sides. */
const [BELOW, BESIDE] = [1.4, 1.2];

/** Make the drawing; `drawArea` fills it. */
export function area() {
  const drawing = svg("svg", { class: "plot", role: "img" });
  const title = make("div", { class: "part-title" });
  const words = make("div", { class: "sides" });
  const canvas = make("div", { class: "canvas" }, drawing);
  return { box: make("div", { class: "area" }, title, canvas, words), title, drawing, words, size: NO_SIZE };
}

/** @param {Picture} ui */
export function drawArea(ui) {
  const { drawing, title } = ui.area;
  const { state, data } = ui;
  const { labels, lang } = data;
  const { type, width, height } = ui.area.size;
  const [left, bottom] = [BESIDE * type, height - BELOW * type];
  const side = SIDE * Math.min(width - left, bottom);
  const square = Math.sqrt(state.ops / 6 / data.limits.rule); // parameters of the model whose area is a square
  /** @type {(size: number) => { x: number, y: number, width: number, height: number }} */
  const frame = (size) => {
    const [wide, high] = [side * (size / square), side * (square / size)];
    return { x: left, y: bottom - high, width: wide, height: high };
  };
  const known = ui.known();
  const isHidden = ui.isBetting || state.ops < data.limits.least;
  const mine = frame(state.size);
  const words = (/** @type {number} */ count) => writeCount(count, lang, labels.counts);
  const tokens = tokensOf(state.ops, state.size);
  title.textContent = labels.areaTitle;
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  drawing.setAttribute("aria-label", labels.areaAlt.replace("%n", words(state.size)).replace("%d", words(tokens)));
  ui.area.words.replaceChildren(
    make("b", { class: "wide" }, labels.wide.replace("%n", words(state.size))),
    " × ",
    make("b", { class: "high" }, labels.high.replace("%d", words(tokens))),
    make(
      "div",
      { class: "frames" },
      ...(isHidden ? [] : [make("i", { class: "best-key" }), labels.bestFrame]),
      ...(known ? [make("i", { class: "known-key" }), known.name] : []),
    ),
  );
  drawing.replaceChildren(
    svg("clipPath", { id: "paper" }, svg("rect", { x: left - 2, y: 0, width: width - left, height: bottom + 2 })),
    svg("line", { class: "grid", x1: left, x2: width, y1: bottom, y2: bottom }),
    svg("line", { class: "grid", x1: left, x2: left, y1: 0, y2: bottom }),
    svg(
      "g",
      { "clip-path": "url(#paper)" },
      svg("rect", { class: "mine", ...mine }),
      ...(known ? [svg("rect", { class: "known-frame", ...frame(known.parameters) })] : []),
      ...(isHidden ? [] : [svg("rect", { class: "best-frame", ...frame(bestOf(ui.law(), state.ops)) })]),
    ),
    svg("text", { x: width - 0.5 * type, y: height - 0.3 * type, "text-anchor": "end" }, "N →"),
    svg("text", { x: 0, y: type }, "D"),
    svg("text", { x: 0.1 * type, y: 2.1 * type }, "↑"),
  );
}
