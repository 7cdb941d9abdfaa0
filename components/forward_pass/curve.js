// The curve of the activation, and where on it the chosen neuron stands.
import { clamp, make, svg } from "../in_browser/base.js";
import { NEURONS, outputAt } from "./forward.js";

/** @import { Part, Ui } from "./picture.js" */

const WIDTH = 150;
const HEIGHT = 84;
/** Sums from −REACH to REACH are drawn; a sum beyond stands at the edge. */
const REACH = 6;
/** Lowest and highest output that is drawn. */
const RANGE = { identity: [-6, 6], relu: [-1, 6], tanh: [-1.3, 1.3], sigmoid: [-0.15, 1.15] };

/**
 * @param {Ui} ui
 * @returns {Part | null} nothing for softmax, which is no function of one sum
 */
export function curve(ui) {
  const f = ui.shape.activation;
  if (f === "softmax" || f === "identity") return null;
  const [low, high] = RANGE[f];
  const x = (/** @type {number} */ z) => ((clamp(z, -REACH, REACH) + REACH) / (2 * REACH)) * WIDTH;
  const y = (/** @type {number} */ a) => HEIGHT - ((clamp(a, low, high) - low) / (high - low)) * HEIGHT;
  const output = (/** @type {number} */ z) => outputAt({ w1: 1, w2: 0, b: 0, f }, z, 0);
  const sums = [...Array(61).keys()].map((i) => -REACH + (i * REACH) / 30);
  const dot = svg("circle", { r: 5, class: "here" });
  const drawing = svg(
    "svg",
    {
      viewBox: `-6 -6 ${WIDTH + 12} ${HEIGHT + 12}`,
      class: "curve",
      role: "img",
      "aria-label": ui.data.labels.activations[f],
    },
    svg("line", { x1: 0, x2: WIDTH, y1: y(0), y2: y(0), class: "zero" }),
    svg("line", { x1: x(0), x2: x(0), y1: 0, y2: HEIGHT, class: "zero" }),
    svg("polyline", { points: sums.map((z) => `${x(z).toFixed(1)},${y(output(z)).toFixed(1)}`).join(" ") }),
    dot,
  );
  return {
    element: make("span", { class: "curve-box" }, drawing),
    show(found) {
      const neuron = Math.min(ui.state.output, NEURONS - 1);
      const at = neuron * ui.shape.columns + ui.example();
      dot.setAttribute("cx", String(x(found.z[at])));
      dot.setAttribute("cy", String(y(found.a[at])));
    },
  };
}
