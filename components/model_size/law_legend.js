// What the marks of the chart are: small dots, large ones with their band, the law's, the student's.
import { make, svg } from "../in_browser/base.js";

const [WIDTH, HEIGHT] = [30, 16];

/** Make the legend; `fillLegend` writes its words. */
export function legend() {
  return make("div", { class: "legend" });
}

/**
 * @param {HTMLElement} box
 * @param {Record<string, any>} labels
 * @param {boolean} isPredicting whether the student's mark is on the chart
 */
export function fillLegend(box, labels, isPredicting) {
  const [middle, half] = [WIDTH / 2, HEIGHT / 2];
  const dot = svg("circle", { class: "seed", cx: middle, cy: half, r: 2.6 });
  const band = svg("line", { class: "interval", x1: middle - 10, x2: middle + 10, y1: half, y2: half });
  const mean = svg("circle", { class: "mean", cx: middle, cy: half, r: 5 });
  const law = svg("path", { class: "law lit", d: `M0,${half}H${WIDTH}` });
  const said = svg("circle", { class: "expected", cx: middle, cy: half, r: 5 });
  const mark = svg("path", { class: "mark", d: `M${middle},1l7,7l-7,7l-7,-7Z` });
  const entry = (/** @type {string} */ words, /** @type {Element[]} */ ...drawn) => {
    const line = svg("g", { class: "line lit" }, ...drawn);
    const sign = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, line);
    return make("span", { class: "entry" }, sign, words);
  };
  const entries = [entry(labels.seed, dot), entry(labels.mean, band, mean), entry(labels.law, law, said)];
  box.replaceChildren(...(isPredicting ? [entry(labels.you, mark)] : []), ...entries);
}
