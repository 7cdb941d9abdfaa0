// What was measured, and the law through it: lines with their means, seeds and intervals; the law dashed; the ruler.
import { svg } from "../in_browser/base.js";
import { seen, xAt, xOf, yOf } from "./law_paper.js";
import { lawAlong } from "./law_places.js";

/** @import { Paper } from "./law_paper.js" */
/** @import { Place } from "./law_places.js" */

/** Sizes of marks in pixels: of seeds and means, lit or not; of what the law says; of the ring around the lit point. */
const [SEED, MEAN, LIT_SEED, LIT_MEAN, EXPECTED, RING] = [1.6, 2.6, 2.6, 5, 5, 9];

/**
 * A line through its means; the seeds beside them, and, where it is lit, the interval of each mean.
 * @param {Paper} paper
 * @param {Place[]} line
 * @param {boolean} lit
 */
export function drawLine(paper, line, lit) {
  const { ui } = paper;
  const { points } = ui.data.study;
  const group = svg("g", { class: `line${lit ? " lit" : ""}`, "clip-path": "url(#law-plot)" });
  const places = seen(ui, line).map((place) => ({ x: xAt(paper, place), ...points[place.budget][place.size] }));
  const path = places.map(({ x, mean }) => `${x.toFixed(1)},${yOf(paper, mean).toFixed(1)}`);
  if (path.length) group.append(svg("path", { class: "through", d: `M${path.join("L")}` }));
  for (const { x, low, high, mean, seeds } of places) {
    if (lit) group.append(svg("line", { class: "interval", x1: x, x2: x, y1: yOf(paper, low), y2: yOf(paper, high) }));
    const dots = seeds.map((seed) =>
      svg("circle", { class: "seed", cx: x, cy: yOf(paper, seed), r: lit ? LIT_SEED : SEED }),
    );
    group.append(...dots, svg("circle", { class: "mean", cx: x, cy: yOf(paper, mean), r: lit ? LIT_MEAN : MEAN }));
  }
  return group;
}

/**
 * The law: of everything, along every line; while sizes are hidden, only beside a guess that was shown.
 * @param {Paper} paper
 * @param {Place[][]} lines
 * @param {Place[]} lit
 */
export function drawLaws(paper, lines, lit) {
  const { ui } = paper;
  const { study } = ui.data;
  const isPredicting = ui.isPredicting();
  if (isPredicting && !ui.isShown()) return [];
  const fitted = study.laws[isPredicting ? ui.state.known : study.sizes.length];
  const drawn = isPredicting ? [lit.slice(0, ui.state.known + 1)] : lines;
  return drawn.map((line) => {
    const path = lawAlong(fitted, ui.along(), line, study, ui.state.embeddings);
    const d = path.map(({ value, excess }) => `${xOf(paper, value).toFixed(1)},${yOf(paper, excess).toFixed(1)}`);
    const kind = isPredicting || line === lit ? "law lit" : "law";
    return svg("path", { class: kind, d: `M${d.join("L")}`, "clip-path": "url(#law-plot)" });
  });
}

/**
 * The ruler at the lit point, and from there to what the law says: that is how far it is off.
 * @param {Paper} paper
 */
export function drawRuler(paper) {
  const { ui, box } = paper;
  const x = xAt(paper, { budget: ui.budget(), size: ui.size() });
  const [truth, law] = [yOf(paper, ui.point().mean), yOf(paper, ui.law())];
  return {
    under: [svg("line", { class: "ruler", x1: x, x2: x, y1: box.top, y2: box.bottom })],
    over: [
      svg("line", { class: "off", x1: x, x2: x, y1: truth, y2: law }),
      svg("circle", { class: "expected", cx: x, cy: law, r: EXPECTED }),
      svg("circle", { class: "ring", cx: x, cy: truth, r: RING }),
    ],
  };
}
