// The network: inputs on the left, outputs on the right, one line for each weight, as thick as the weight is large.
import { make, svg, writeNumber } from "../in_browser/base.js";
import { FINAL, INPUTS, LIMIT, NEURONS } from "./forward.js";
import { draggable, movable } from "./hand.js";
import { low, put, signColour, tint } from "./marks.js";

/** @import { List, Results } from "./forward.js" */
/** @import { Part, Ui } from "./picture.js" */

const WIDTH = 460;
const HEIGHT = 340;
const RADIUS = 25;
const LEFT = 62;
const RIGHT = 72;
/** Between two neurons of a layer; those of the last layer stand further apart. */
const APART = 84;
/** Where on its line a weight's number stands. */
const ALONG = 0.36;

/**
 * @param {Ui} ui
 * @returns {Part}
 */
export function network(ui) {
  const { shape, data } = ui;
  const layers = [INPUTS, shape.neurons, ...(shape.second ? [FINAL] : [])];
  /**
   * @param {number} layer
   * @param {number} n
   */
  const place = (layer, n) => ({
    x: LEFT + (layer * (WIDTH - LEFT - RIGHT)) / (layers.length - 1),
    y: HEIGHT / 2 + (n - (layers[layer] - 1) / 2) * APART * (layer === 2 ? 1.2 : 1),
  });
  const edges = layers
    .slice(1)
    .flatMap((count, layer) =>
      [...Array(count).keys()].flatMap((to) =>
        [...Array(layers[layer]).keys()].map((from) =>
          edge(
            ui,
            layer ? "v" : "w",
            to * layers[layer] + from,
            layer * NEURONS + to,
            place(layer, from),
            place(layer + 1, to),
          ),
        ),
      ),
    );
  const nodes = layers.flatMap((count, layer) =>
    [...Array(count).keys()].map((n) => node(ui, layer, n, place(layer, n))),
  );
  const back = svg("g", {}, ...edges.flatMap(({ line, hit }) => [line, hit]));
  const front = svg("g", {}, ...edges.map(({ label }) => label), ...nodes.map(({ group }) => group));
  const attributes = {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "network",
    role: "img",
    "aria-label": data.labels.network,
  };
  return {
    element: make("div", { class: "drawing" }, svg("svg", attributes, back, front)),
    show(found) {
      for (const drawn of [...edges, ...nodes]) drawn.show(found);
    },
  };
}

/** @typedef {{ x: number, y: number }} Place */

/**
 * A weight: its line, a wide invisible one for the finger, its number.
 * @param {Ui} ui
 * @param {List} list
 * @param {number} index in its list
 * @param {number} owner the output that it belongs to
 * @param {Place} from
 * @param {Place} to
 */
function edge(ui, list, index, owner, from, to) {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  const line = svg("line", { ...ends, class: "edge" });
  // Not on the keyboard's way: the matrix holds the same number. Whoever points at it may go on with the arrows.
  const hit = svg("line", { ...ends, class: "hit", tabindex: -1 });
  const [x, y] = [from.x + ALONG * (to.x - from.x), from.y + ALONG * (to.y - from.y) + 5];
  const label = svg("text", { class: "weight", x, y });
  draggable(
    ui,
    hit,
    list,
    () => index,
    () => ui.choose(owner),
  );
  movable(ui, hit, list, () => index);
  const show = () => {
    const weight = ui.state[list][index];
    const isChosen = owner === ui.state.output;
    line.setAttribute("stroke", signColour(weight));
    line.setAttribute("stroke-width", String(weight === 0 ? 0.6 : 1 + 3 * Math.abs(weight)));
    line.setAttribute("stroke-dasharray", weight < 0 ? "9 6" : "none");
    line.setAttribute("opacity", String(isChosen ? 1 : 0.28));
    put(label, isChosen ? writeNumber(weight, ui.data.lang, 1) : "");
  };
  return { line, hit, label, show };
}

/**
 * An input, a neuron or an output of the second layer: its number in a circle, and its name.
 * @param {Ui} ui
 * @param {number} layer
 * @param {number} n
 * @param {Place} place
 */
function node(ui, layer, n, { x, y }) {
  const { shape } = ui;
  const circle = svg("circle", { cx: x, cy: y, r: RADIUS });
  const value = svg("text", { x, y: y + 5, class: "value" });
  const bias = svg("text", { x, y: y + RADIUS + 15, class: "bias" });
  const hasBias = layer === 1 && shape.bias;
  const isMiddle = layer === 1 && shape.second;
  const beside = isMiddle
    ? { x: x - RADIUS - 4, y: y - RADIUS + 4, "text-anchor": "end" }
    : { x: layer ? x + RADIUS + 8 : x - RADIUS - 8, y: y + 5, "text-anchor": layer ? "start" : "end" };
  const name = "xay"[layer] + low(n + 1, layer === 1 && shape.neurons === 1);
  const group = svg(
    "g",
    { class: `node ${layer ? "out" : "in"}` },
    circle,
    value,
    svg("text", { ...beside, class: "name" }, name),
  );
  if (hasBias) group.append(bias);
  const output = (layer - 1) * NEURONS + n;
  if (layer === 0) {
    const at = () => ui.example() * INPUTS + n;
    group.setAttribute("tabindex", "-1");
    draggable(ui, group, "x", at);
    movable(ui, group, "x", at);
  } else
    group.onclick = () => {
      ui.choose(output);
      ui.told.now();
    };
  /** @param {Results} found */
  const numberIn = ({ a, y }) => {
    if (layer === 0) return ui.state.x[ui.example() * INPUTS + n];
    return layer === 1 ? a[n * shape.columns + ui.example()] : y[n];
  };
  /** @param {Results} found */
  const show = (found) => {
    const number = numberIn(found);
    put(value, writeNumber(number, ui.data.lang, layer ? 2 : 1));
    tint(circle, number, LIMIT);
    circle.classList.toggle("chosen", layer > 0 && ui.state.output === output);
    if (hasBias) put(bias, `b ${writeNumber(ui.state.b[n], ui.data.lang, 1)}`);
  };
  return { group, show };
}
