// The forward pass under the finger: the network and its matrix product, the same numbers in the same colours.
// A drag changes only text and attributes of what is there; on release Python learns the values.
import { make, pictureIn } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { segments } from "../in_browser/segments.js";
import { count } from "./count.js";
import { compute, FINAL, NEURONS, shapeOf } from "./forward.js";
import { network } from "./network.js";
import { product } from "./product.js";
import { sum } from "./sum.js";

/** @import { Component, Surroundings, Term } from "../in_browser/base.js" */
/** @import { Activation, Results, State, Step } from "./forward.js" */
/**
 * @typedef {object} Data
 * @property {string} version changes when a preset or a link moves the numbers from outside
 * @property {State} state
 * @property {Step[]} steps
 * @property {number} furthest the last step that was opened
 * @property {number} plays how often the student asked to see the weights counted
 * @property {number} heard of how many of these a new picture is too late
 * @property {Activation[]} activations
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Term[]} terms that the page has not explained: the name of the activation
 * @property {Labels} labels
 */
/**
 * @typedef {Record<"activation" | "network" | "product" | "next" | "locked" | "example" | "equal" | "alike" | "different" |
 *   "weights" | "faceNetwork" | "faceProduct", string>
 *   & { steps: Record<Step, string>, words: Record<Step, string>, activations: Record<Activation, string> }} Labels
 */
/** @typedef {{ element: HTMLElement, show(found: Results): void }} Part of the picture: built once per step, shown at every move */
/** @typedef {ReturnType<typeof start>} Ui */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, start);
  ui.data = data;
  ui.tell = () => setStateValue("state", structuredClone(ui.state));
  if (ui.version !== data.version) {
    ui.version = data.version;
    ui.state = structuredClone(data.state);
    ui.furthest = 0;
  }
  ui.furthest = Math.max(ui.furthest, data.furthest, data.steps.indexOf(ui.state.step));
  build(ui);
  ui.show();
  if (data.plays > ui.plays) count(ui, () => setStateValue("counted", data.plays));
  ui.plays = data.plays;
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function start(root, data) {
  const ui = {
    root,
    data,
    version: "",
    state: data.state,
    shape: shapeOf(data.state),
    furthest: 0,
    plays: data.heard,
    /** Which picture a phone shows. */
    isMatrix: false,
    /** Said over the network until a number moves. */
    noted: make("output", { class: "noted" }),
    /** For which step, activation and language the parts were built. */
    built: "",
    parts: /** @type {Part[]} */ ([]),
    tell() {},
    /** Tells Python: now, or soon, when keys have paused. */
    told: patient(() => ui.tell()),
    /** The column of the batch that is looked at. */
    example: () => (ui.shape.columns > 1 ? ui.state.example : 0),
    /** What changes with every move: text and attributes only. */
    show() {
      const found = compute(ui.state, ui.shape);
      for (const part of ui.parts) part.show(found);
    },
    note(/** @type {string} */ text) {
      ui.noted.textContent = text;
    },
    choose(/** @type {number} */ output) {
      ui.state.output = output;
      ui.show();
    },
  };
  return ui;
}

/**
 * Build what stays for as long as step, activation and language do.
 * @param {Ui} ui
 */
function build(ui) {
  const { root, state, data } = ui;
  const shape = shapeOf(state);
  const { lang, projection, hidden, terms } = data;
  const wanted = JSON.stringify([state.step, shape.activation, lang, projection, ui.furthest, hidden, terms]);
  if (ui.built === wanted) return;
  const inside = /** @type {ShadowRoot} */ (root.getRootNode());
  const focused = /** @type {HTMLElement | null} */ (inside.activeElement)?.dataset.at;
  ui.built = wanted;
  ui.shape = shape;
  state.output = Math.min(state.output, shape.second ? NEURONS + FINAL - 1 : shape.neurons - 1);
  const [left, right, below] = [network(ui), product(ui), sum(ui)];
  ui.parts = [left, right, below];
  root.className = `root ${data.projection ? "projected" : ""} step-${state.step} ${ui.isMatrix ? "matrix-first" : ""}`;
  const pictures = make("div", { class: "pictures" }, left.element, right.element);
  root.replaceChildren(top(ui), pictures, faces(ui), below.element);
  ui.note("");
  left.element.append(ui.noted);
  if (focused) focus(ui, focused);
}

/**
 * On a phone there is room for one of the two pictures: the network, or the matrices and the sum.
 * @param {Ui} ui
 */
function faces(ui) {
  const { labels } = ui.data;
  const names = [labels.faceNetwork, labels.faceProduct];
  const buttons = names.map((name, index) => {
    const button = make("button", { type: "button", "aria-pressed": String(ui.isMatrix === Boolean(index)) }, name);
    button.onclick = () => {
      ui.isMatrix = Boolean(index);
      ui.root.classList.toggle("matrix-first", ui.isMatrix);
      buttons.forEach((other, at) => {
        other.setAttribute("aria-pressed", String(at === index));
      });
    };
    return button;
  });
  return make("div", { class: "faces" }, ...buttons);
}

/**
 * The steps, what the current one says, and the way to the next.
 * @param {Ui} ui
 */
function top(ui) {
  const { data, state } = ui;
  const here = data.steps.indexOf(state.step);
  const steps = data.steps.map((step, index) => make("li", {}, stepButton(ui, step, index, here)));
  const row = make("div", { class: "say" }, make("p", { class: "words" }, data.labels.words[state.step]));
  if (ui.shape.choosesActivation && !data.hidden.includes("fp_activation")) row.append(activations(ui));
  if (data.hidden.includes("fp_step")) return make("div", { class: "top" }, row);
  const next = data.steps[here + 1];
  if (next) {
    const button = make("button", { type: "button", class: "forward", "data-at": "forward" }, `${data.labels.next} →`);
    button.onclick = () => goTo(ui, next);
    row.append(button);
  }
  return make("div", { class: "top" }, make("ol", { class: "steps" }, ...steps), row);
}

/**
 * @param {Ui} ui
 * @param {Step} step
 * @param {number} index
 * @param {number} here the index of the current step
 */
function stepButton(ui, step, index, here) {
  const { labels } = ui.data;
  const isLocked = index > ui.furthest + 1;
  const kind = index === here ? "here" : index <= ui.furthest ? "seen" : isLocked ? "locked" : "next";
  const number = make("b", {}, String(index + 1));
  const attributes = { type: "button", class: kind, "data-at": `step-${step}` };
  const button = make("button", attributes, number, make("span", {}, labels.steps[step]));
  if (isLocked) {
    button.disabled = true;
    button.title = labels.locked;
  }
  if (index === here) button.setAttribute("aria-current", "step");
  button.onclick = () => goTo(ui, step);
  return button;
}

/** @param {Ui} ui */
function activations(ui) {
  const { data, shape } = ui;
  const { box, show } = segments(data.activations, (name) => {
    ui.state[ui.state.step === "collapse" ? "between" : "activation"] = name;
    redraw(ui, name);
  });
  show(shape.activation, data.labels.activation, data.labels.activations);
  return box;
}

/**
 * @param {Ui} ui
 * @param {Step} step
 */
function goTo(ui, step) {
  ui.state.step = step;
  ui.furthest = Math.max(ui.furthest, ui.data.steps.indexOf(step));
  redraw(ui, `step-${step}`);
}

/**
 * @param {Ui} ui
 * @param {string} at what has the keyboard afterwards
 */
function redraw(ui, at) {
  build(ui);
  ui.show();
  focus(ui, at);
  ui.told.now();
}

/**
 * @param {Ui} ui
 * @param {string} at
 */
function focus({ root }, at) {
  /** @type {HTMLElement | null} */ (root.querySelector(`[data-at="${at}"]`))?.focus({ preventScroll: true });
}
