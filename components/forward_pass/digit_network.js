// A digit through the trained network: each layer as a strip, ten probabilities, and what one neuron looks for.
// All of the first layer's weights are here, so another neuron is shown without a server round trip.
import { base64Of, bytesOf } from "../in_browser/arrays.js";
import { clamp, make, pictureIn, writeNumber } from "../in_browser/base.js";
import { digitBars } from "../in_browser/charts.js";
import { meaningOf, patient } from "../in_browser/hand.js";
import { pad } from "../in_browser/pad.js";
import { asInk, bySign, paint, pixels, SIDE } from "../in_browser/pixels.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Data one digit in the network
 * @property {string} run
 * @property {string} weights the first layer's, 200 × 784 in base64: bytes from -127 to 127, times the neuron's scale
 * @property {number[]} scales
 * @property {number[]} biases
 * @property {number} digit its number in the validation set
 * @property {boolean} drawn whether the student drew it instead
 * @property {string} image 28 × 28 bytes in base64
 * @property {number[][]} layers what each hidden layer gave
 * @property {number[]} sums of the first layer, before its activation
 * @property {number[]} probabilities
 * @property {number} neuron the chosen one of the first layer
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const PIXELS = SIDE * SIDE;
/** How the first layer's 200 neurons stand. */
const COLUMNS = 10;
const ROWS = 20;
const LAST = COLUMNS * ROWS - 1;
/** A neuron's largest weight, as it travels. */
const BIGGEST = 127;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  if (ui.chosen !== data.neuron) ui.neuron = ui.chosen = data.neuron;
  if (ui.weightsOf !== data.run) {
    ui.weightsOf = data.run;
    ui.weights = new Int8Array(bytesOf(data.weights).buffer);
  }
  ui.data = data;
  ui.image = bytesOf(data.image);
  ui.tell = () => setStateValue("neuron", ui.neuron);
  ui.draw = (ink) => setStateValue("drawn", ink);
  ui.ask = (digit) => setStateValue("digit", digit);
  showLayers(ui);
  showNeuron(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const first = pixels(COLUMNS, ROWS, { role: "slider", tabindex: 0, "aria-valuemin": 1, "aria-valuemax": LAST + 1 });
  const marker = make("span", { class: "marker" });
  const parts = {
    first,
    marker,
    ...input(),
    hidden: [
      layer("h1", first, make("div", { class: "holder" }, first, marker)),
      layer("h2", pixels(5, 20)),
      layer("h3", pixels(5, 15)),
    ],
    output: make("figcaption"),
    bars: digitBars(),
    title: make("h4"),
    weighed: layer("detail", pixels()),
    product: layer("detail", pixels()),
    sum: make("p", { class: "sum" }),
    legend: make("p", { class: "legend" }),
  };
  const arrow = () => make("span", { class: "arrow", "aria-hidden": "true" }, "→");
  root.append(
    make(
      "div",
      { class: "flow" },
      ...[parts.input, ...parts.hidden].flatMap(({ box }) => [box, arrow()]),
      make("figure", { class: "layer out" }, parts.output, parts.bars.box),
    ),
    make(
      "div",
      { class: "neuron" },
      parts.title,
      make(
        "div",
        { class: "details" },
        parts.weighed.box,
        parts.product.box,
        make("div", { class: "told" }, parts.sum, parts.legend),
      ),
    ),
  );
  const ui = {
    ...parts,
    data,
    image: new Uint8Array(),
    weights: new Int8Array(),
    weightsOf: "",
    /** Under the finger, and in the address. */
    neuron: -1,
    chosen: -1,
    tell() {},
    draw(/** @type {string} */ _ink) {},
    ask(/** @type {number} */ _digit) {},
  };
  parts.hands.drawn = (ink) => ui.draw(base64Of(ink));
  listen(ui);
  return ui;
}

/** The input: a digit of the data, or what is drawn over it; then also what of the drawing the network sees. */
function input() {
  const hands = { drawn(/** @type {Uint8Array} */ _ink) {} };
  const paper = pad((ink) => hands.drawn(ink));
  const seen = pixels(SIDE, SIDE, { class: "pixels seen" });
  const [another, erase] = ["another", "erase"].map((kind) => make("button", { type: "button", class: kind }));
  const caption = make("figcaption");
  const hint = make("p", { class: "hint" });
  const under = make("div", { class: "under" }, another, erase, seen);
  return {
    hands,
    paper,
    seen,
    another,
    erase,
    hint,
    input: { caption, box: make("figure", { class: "layer input" }, caption, paper.box, hint, under) },
  };
}

/**
 * @param {string} name
 * @param {HTMLCanvasElement} drawing
 * @param {HTMLElement} holder what the drawing stands in
 */
function layer(name, drawing, holder = drawing) {
  const caption = make("figcaption");
  return { drawing, caption, box: make("figure", { class: `layer ${name}` }, caption, holder) };
}

/** @param {Picture} ui */
function listen(ui) {
  const { first } = ui;
  ui.erase.onclick = () => {
    ui.paper.clear();
    ui.draw("");
  };
  ui.another.onclick = () => {
    if (ui.paper.isDrawn()) ui.erase.click();
    ui.ask(ui.data.digit + 1);
  };
  /** @param {PointerEvent} event */
  const under = (event) => {
    const box = first.getBoundingClientRect();
    const column = clamp(Math.floor(((event.clientX - box.left) / box.width) * COLUMNS), 0, COLUMNS - 1);
    const row = clamp(Math.floor(((event.clientY - box.top) / box.height) * ROWS), 0, ROWS - 1);
    return row * COLUMNS + column;
  };
  /** @param {number} neuron */
  const look = (neuron) => {
    ui.neuron = neuron;
    showNeuron(ui);
  };
  const later = patient(() => ui.tell());
  first.onpointermove = first.onpointerdown = (event) => look(under(event));
  first.onpointerleave = () => look(ui.chosen);
  first.onclick = () => {
    ui.chosen = ui.neuron;
    ui.tell();
  };
  first.onkeydown = (event) => {
    const now = ui.neuron;
    const wanted = meaningOf(event, {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      ArrowDown: now + COLUMNS,
      ArrowUp: now - COLUMNS,
      Home: 0,
      End: LAST,
    });
    if (wanted === undefined) return;
    ui.chosen = clamp(wanted, 0, LAST);
    look(ui.chosen);
    later.soon();
  };
}

/** @param {Picture} ui */
function showLayers(ui) {
  const { labels, layers, probabilities, lang } = ui.data;
  ui.input.caption.textContent = `${labels.input} · 784`;
  ui.another.textContent = labels.another;
  ui.erase.textContent = labels.erase;
  ui.hint.textContent = labels.draw;
  ui.erase.hidden = ui.seen.hidden = !ui.data.drawn;
  ui.seen.setAttribute("aria-label", labels.seen);
  ui.seen.title = labels.seen;
  if (ui.data.drawn) paint(ui.seen, ui.image, asInk);
  else ui.paper.show(ui.image, labels.input);
  ui.hidden.forEach(({ drawing, caption }, index) => {
    const values = layers[index];
    const active = values.filter((value) => value > 0).length;
    caption.textContent = `${labels.hidden.replace("%n", String(index + 1))} · ${values.length}`;
    drawing.title = labels.active.replace("%a", String(active)).replace("%n", String(values.length));
    drawing.setAttribute("aria-label", index ? `${caption.textContent}. ${drawing.title}` : labels.choose);
    paint(drawing, values, bySign(Math.max(...values, 1e-9)));
  });
  ui.output.textContent = `${labels.output} · 10`;
  ui.bars.show(probabilities, lang);
}

/** @param {Picture} ui */
function showNeuron(ui) {
  const { data, neuron } = ui;
  const { labels, lang } = data;
  const weights = ui.weights.subarray(neuron * PIXELS, (neuron + 1) * PIXELS);
  const scale = data.scales[neuron] / BIGGEST / 255;
  const product = Float32Array.from(weights, (weight, i) => weight * scale * ui.image[i]);
  const name = labels.neuron.replace("%n", String(neuron + 1));
  const activation = writeNumber(data.layers[0][neuron], lang);
  ui.title.textContent = name;
  paint(ui.weighed.drawing, weights, bySign(BIGGEST));
  paint(ui.product.drawing, product, bySign(Math.max(...product.map(Math.abs), 1e-9)));
  ui.weighed.caption.textContent = labels.weights;
  ui.product.caption.textContent = labels.product;
  ui.weighed.drawing.setAttribute("aria-label", `${labels.weights}, ${name}`);
  ui.product.drawing.setAttribute("aria-label", `${labels.product}, ${name}`);
  ui.sum.textContent = labels.sum
    .replace("%z", writeNumber(data.sums[neuron], lang))
    .replace("%b", writeNumber(data.biases[neuron], lang))
    .replace("%a", activation);
  ui.legend.textContent = labels.legend;
  ui.first.setAttribute("aria-valuenow", String(neuron + 1));
  ui.first.setAttribute("aria-valuetext", `${name} : ${activation}`);
  ui.marker.style.left = `${(neuron % COLUMNS) * (100 / COLUMNS)}%`;
  ui.marker.style.top = `${Math.floor(neuron / COLUMNS) * (100 / ROWS)}%`;
}
