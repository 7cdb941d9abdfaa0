// How long two texts are, in tokens, for every size of the vocabulary; a ruler stands on the merge that is shown.
import { make, svg, writeNumber } from "../in_browser/base.js";
import { stepsTo } from "../in_browser/scales.js";
import { BYTES } from "./bpe_row.js";

/** @typedef {{ name: string, tokens: Uint32Array }} Curve */

/** Pixels around the curves, for 16-pixel type. */
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 12, 8, 38];

/** Make the chart; `draw` fills it, `at` moves the ruler. */
export function curveChart() {
  const plot = svg("svg", { class: "plot", role: "img" });
  const ruler = svg("line", { class: "ruler" });
  const dots = ["learned", "applied"].map((kind) => svg("circle", { class: `dot ${kind}`, r: 4.5 }));
  const box = make("div", { class: "chart" }, plot);
  const legend = make("div", { class: "legend" });
  /** @type {Curve[]} */
  let curves = [];
  let [labels, lang] = [/** @type {Record<string, string>} */ ({}), "fr"];
  let merges = 0;
  let size = { width: 0, height: 0, unit: 1 };
  let [most, high] = [1, 1];

  const x = (/** @type {number} */ merge) =>
    LEFT * size.unit + (merge / most) * (size.width - (LEFT + RIGHT) * size.unit);
  const y = (/** @type {number} */ tokens) =>
    size.height - BOTTOM * size.unit - (tokens / high) * (size.height - (TOP + BOTTOM) * size.unit);

  function measure() {
    const { clientWidth, clientHeight } = box;
    size = {
      width: clientWidth,
      height: clientHeight,
      unit: Number.parseFloat(getComputedStyle(box).fontSize) / 16 || 1,
    };
  }

  function draw() {
    measure();
    if (!size.width) return;
    most = Math.max(1, curves[0].tokens.length - 1);
    high = Math.max(10, ...curves.map(({ tokens }) => tokens[0]));
    const write = (/** @type {number} */ value) => writeNumber(value, lang, 0);
    const [bottom, right] = [size.height - BOTTOM * size.unit, size.width - RIGHT * size.unit];
    const rows = stepsTo(high, 4).flatMap((tick) => [
      svg("line", { class: "grid", x1: LEFT * size.unit, x2: right, y1: y(tick), y2: y(tick) }),
      svg("text", { x: (LEFT - 6) * size.unit, y: y(tick) + 4 * size.unit, "text-anchor": "end" }, write(tick)),
    ]);
    const columns = columnsOf(most).map((merge) =>
      svg(
        "text",
        { x: x(merge), y: bottom + 16 * size.unit, "text-anchor": merge === most ? "end" : "middle" },
        write(BYTES + merge),
      ),
    );
    const axis = svg(
      "text",
      { class: "axis", x: right, y: size.height - 3, "text-anchor": "end" },
      labels.vocabularyAxis,
    );
    const lines = curves.map(({ tokens }, at) => {
      const points = [...tokens].map((value, merge) => `${x(merge).toFixed(1)},${y(value).toFixed(1)}`);
      return svg("polyline", { class: at ? "applied" : "learned", points: points.join(" ") });
    });
    plot.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    plot.setAttribute("aria-label", labels.chart);
    plot.replaceChildren(...rows, ...columns, axis, ...lines, ruler, ...dots);
    ruler.setAttribute("y1", String(TOP * size.unit));
    ruler.setAttribute("y2", String(bottom));
    place();
  }

  function place() {
    if (!size.width) return;
    ruler.setAttribute("x1", String(x(merges)));
    ruler.setAttribute("x2", String(x(merges)));
    for (const [at, dot] of dots.entries()) {
      dot.setAttribute("cx", String(x(merges)));
      dot.setAttribute("cy", String(y(curves[at].tokens[merges])));
    }
  }

  new ResizeObserver(() => curves.length && draw()).observe(box);
  return {
    box: make("figure", {}, legend, box),
    /**
     * @param {Curve[]} next of the text that teaches, then of the other
     * @param {Record<string, string>} words
     * @param {string} language
     */
    draw(next, words, language) {
      [curves, labels, lang] = [next, words, language];
      merges = Math.min(merges, next[0].tokens.length - 1);
      const entries = next.map(({ name }, at) =>
        make("span", { class: "entry" }, make("i", { class: at ? "applied" : "learned" }), name),
      );
      legend.replaceChildren(make("b", {}, labels.tokensAxis), ...entries);
      draw();
    },
    /** Move the ruler. @param {number} merge */
    at(merge) {
      merges = merge;
      place();
    },
  };
}

/** Merges whose vocabulary is written under the axis: the first, the last, a few between. @param {number} most */
function columnsOf(most) {
  const between = stepsTo(most, 4).filter((merge) => merge && merge < 0.85 * most);
  return [0, ...between, most];
}
