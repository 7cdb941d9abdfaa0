// What a neuron does in space: with two inputs, its sum is zero along a line; the activation folds the sheet there.
import { clamp, make, pictureIn, svg, writeNumber } from "../in_browser/base.js";
import { noteMove, patient } from "../in_browser/hand.js";
import { segments } from "../in_browser/segments.js";
import { LIMIT, outputAt, UNIT } from "./forward.js";
import { sheet } from "./sheet.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Activation } from "./forward.js" */
/** @typedef {{ w1: number, w2: number, b: number, f: Activation }} Neuron */
/** @typedef {"w1" | "w2" | "b"} Knob */
/**
 * @typedef {object} Data
 * @property {string} version changes when a link moves the numbers from outside
 * @property {Neuron} neuron
 * @property {boolean} bare without sliders and words: a first touch
 * @property {Activation[]} activations
 * @property {Record<string, string> & { activations: Record<Activation, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** The inputs that are drawn: −EDGE to EDGE on both axes. */
const EDGE = 3;
const SIZE = 300;
/** Pixels of the plane for one unit of an input. */
const SCALE = SIZE / (2 * EDGE);
/** @type {Knob[]} */
const KNOBS = ["w1", "w2", "b"];

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.tell = () => setStateValue("neuron", { ...ui.neuron });
  if (ui.version !== data.version) {
    ui.version = data.version;
    ui.neuron = { ...data.neuron };
  }
  ui.root.classList.toggle("bare", data.bare);
  label(ui);
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const clip = "plane-square";
  const [positive, line, tip, shaft] = [
    svg("polygon", { class: "positive" }),
    svg("line", { class: "border" }),
    svg("circle", { class: "tip", r: 11 }),
    svg("line", { class: "shaft" }),
  ];
  const grip = svg("line", { class: "grip" });
  const plane = svg(
    "svg",
    { viewBox: `${-SIZE / 2 - 14} ${-SIZE / 2 - 14} ${SIZE + 28} ${SIZE + 28}`, class: "plane", role: "img" },
    svg("clipPath", { id: clip }, svg("rect", { x: -SIZE / 2, y: -SIZE / 2, width: SIZE, height: SIZE })),
    svg("rect", { class: "paper", x: -SIZE / 2, y: -SIZE / 2, width: SIZE, height: SIZE }),
    svg("g", { "clip-path": `url(#${clip})` }, positive, ...rulings(), line, grip),
    svg("text", { x: SIZE / 2 - 4, y: 16, class: "axis end" }, "x₁"),
    svg("text", { x: 8, y: -SIZE / 2 + 14, class: "axis" }, "x₂"),
    shaft,
    tip,
  );
  const canvas = make("canvas", { class: "sheet", width: 640, height: 520, role: "img" });
  const knobs = KNOBS.map((name) => knob(name));
  const choices = segments(data.activations, (f) => {
    ui.neuron.f = f;
    label(ui);
    show(ui);
    ui.told.now();
  });
  const said = make("output", { class: "said" });
  const captions = [make("figcaption"), make("figcaption")];
  root.append(
    make("div", { class: "pair" }, make("figure", {}, captions[0], plane), make("figure", {}, captions[1], canvas)),
    make("div", { class: "knobs" }, ...knobs.map(({ box }) => box), choices.box),
    said,
  );
  const ui = {
    root,
    data,
    version: "",
    neuron: data.neuron,
    ...{ plane, positive, line, grip, shaft, tip, canvas, knobs, choices, said, captions },
    /** Degrees that the sheet was turned by. */
    turn: 30,
    tell() {},
    told: patient(() => ui.tell()),
  };
  listen(ui);
  return ui;
}

/** Lines of the paper, one for each whole input. */
function rulings() {
  const marks = [...Array(2 * EDGE + 1).keys()].map((n) => (n - EDGE) * SCALE);
  return marks.flatMap((at) => {
    const kind = at === 0 ? "ruling zero" : "ruling";
    return [
      svg("line", { class: kind, x1: at, x2: at, y1: -SIZE / 2, y2: SIZE / 2 }),
      svg("line", { class: kind, y1: at, y2: at, x1: -SIZE / 2, x2: SIZE / 2 }),
    ];
  });
}

/** @param {Knob} name */
function knob(name) {
  const symbol = make("b", {}, { w1: "w₁", w2: "w₂", b: "b" }[name]);
  const range = make("input", { type: "range", min: -LIMIT, max: LIMIT, step: UNIT });
  const value = make("output");
  return { name, range, value, box: make("label", { class: "knob" }, symbol, range, value) };
}

/** @param {Picture} ui */
function label(ui) {
  const { labels } = ui.data;
  ui.captions[0].textContent = labels.plane;
  ui.captions[1].textContent = labels.sheet;
  ui.plane.setAttribute("aria-label", labels.planeAlt);
  ui.canvas.setAttribute("aria-label", labels.sheetAlt);
  ui.choices.show(ui.neuron.f, labels.activation, labels.activations);
}

/** @param {Picture} ui */
function listen(ui) {
  for (const { name, range } of ui.knobs) {
    range.oninput = () => set(ui, { [name]: Number(range.value) });
    range.onchange = () => ui.told.now();
  }
  dragged(ui, ui.tip, ({ x, y }) => ({ w1: x, w2: y }));
  // The border follows the finger: the sum is zero where it is.
  dragged(ui, ui.grip, ({ x, y }) => ({ b: -(ui.neuron.w1 * x + ui.neuron.w2 * y) }));
  let from = 0;
  ui.canvas.onpointerdown = (event) => {
    from = event.clientX - ui.turn;
    ui.canvas.setPointerCapture(event.pointerId);
  };
  ui.canvas.onpointermove = (event) => {
    if (!event.buttons) return;
    ui.turn = event.clientX - from;
    show(ui);
  };
}

/**
 * Let a finger on an element move the neuron; on release Python learns of it.
 * @param {Picture} ui
 * @param {SVGElement} element
 * @param {(at: { x: number, y: number }) => Partial<Neuron>} meaning of a place, in units of the inputs
 */
function dragged(ui, element, meaning) {
  let isHeld = false;
  element.onpointerdown = (event) => {
    isHeld = true;
    element.setPointerCapture(event.pointerId);
  };
  element.onpointermove = (event) => {
    if (!isHeld) return;
    const begun = performance.now();
    const box = ui.plane.getBoundingClientRect();
    const unit = ((SIZE + 28) / box.width) * (1 / SCALE);
    const x = (event.clientX - box.left - box.width / 2) * unit;
    const y = (box.top + box.height / 2 - event.clientY) * unit;
    set(ui, meaning({ x, y }));
    noteMove(ui.root, begun);
  };
  element.onpointerup = element.onpointercancel = () => {
    if (isHeld) ui.told.now();
    isHeld = false;
  };
}

/**
 * @param {Picture} ui
 * @param {Partial<Neuron>} moved
 */
function set(ui, moved) {
  for (const name of KNOBS) {
    const value = moved[name];
    if (value !== undefined) ui.neuron[name] = Math.round(clamp(value, -LIMIT, LIMIT) * 10) / 10 + 0;
  }
  show(ui);
}

/** @param {Picture} ui */
function show(ui) {
  const { neuron, data } = ui;
  const { w1, w2, b } = neuron;
  for (const { name, range, value } of ui.knobs) {
    range.value = String(neuron[name]);
    value.textContent = writeNumber(neuron[name], data.lang, 1);
  }
  const tip = { x: w1 * SCALE, y: -w2 * SCALE };
  ui.tip.setAttribute("cx", String(tip.x));
  ui.tip.setAttribute("cy", String(tip.y));
  for (const [name, at] of Object.entries({ x1: 0, y1: 0, x2: tip.x, y2: tip.y }))
    ui.shaft.setAttribute(name, String(at));
  const length = Math.hypot(w1, w2);
  const isFlat = length < UNIT / 2;
  for (const element of [ui.line, ui.grip, ui.shaft]) element.toggleAttribute("hidden", isFlat);
  if (isFlat) ui.positive.setAttribute("points", b > 0 ? corners().map(String).join(" ") : "");
  else drawHalf(ui, w1 / length, w2 / length, b / length);
  ui.said.textContent = (isFlat ? data.labels.flat : data.labels.sides).replace(
    "%a",
    writeNumber(outputAt(neuron, 0, 0), data.lang),
  );
  sheet(ui.canvas, (x1, x2) => outputAt(neuron, x1, x2), EDGE, ui.turn);
}

/** The corners of the square, as points of the drawing. */
function corners() {
  const far = SIZE / 2;
  return [
    [-far, -far],
    [far, -far],
    [far, far],
    [-far, far],
  ];
}

/**
 * Draw the border and the half where the sum is positive.
 * @param {Picture} ui
 * @param {number} nx the weights' direction, of length 1
 * @param {number} ny
 * @param {number} offset the bias in the same measure
 */
function drawHalf(ui, nx, ny, offset) {
  const far = 3 * SIZE;
  const point = (/** @type {number} */ along, /** @type {number} */ across) => [
    -offset * nx * SCALE + across * nx - along * ny,
    offset * ny * SCALE - across * ny - along * nx,
  ];
  const [x1, y1] = point(-far, 0);
  const [x2, y2] = point(far, 0);
  for (const element of [ui.line, ui.grip])
    for (const [name, at] of Object.entries({ x1, y1, x2, y2 })) element.setAttribute(name, String(at));
  const half = [point(-far, 0), point(far, 0), point(far, far), point(-far, far)];
  ui.positive.setAttribute("points", half.map(String).join(" "));
}
