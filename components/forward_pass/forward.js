// The forward pass: the same computation as core/forward_pass/network.py; a test compares the two.
import { softmax } from "../in_browser/arrays.js";

export const INPUTS = 4;
export const NEURONS = 3;
export const FINAL = 2;
const EXAMPLES = 3;
/** Every number lies between -3 and 3, in steps of 0.1. */
export const LIMIT = 3;
export const UNIT = 0.1;

/** @typedef {"neuron" | "neurons" | "bias" | "activation" | "batch" | "second" | "collapse"} Step */
/** @typedef {"identity" | "relu" | "tanh" | "sigmoid" | "softmax"} Activation */
/** @typedef {"x" | "w" | "b" | "v"} List the numbers that a student moves: inputs, W₁, biases, W₂, row by row */
/** @typedef {"z" | "a" | "y" | "m" | "c" | "u"} Result what is computed from them, row by row */
/** @typedef {Record<Result, number[]>} Results */
/**
 * @typedef {Record<List, number[]> & {
 *   step: Step, activation: Activation, between: Activation, output: number, example: number
 * }} State
 */
/** @typedef {ReturnType<typeof shapeOf>} Shape */

/** @type {Step[]} */
const STEPS = ["neuron", "neurons", "bias", "activation", "batch", "second", "collapse"];

/**
 * What the current step shows: how many neurons, examples and layers, and which activation.
 * @param {State} state
 */
export function shapeOf({ step, activation, between }) {
  const at = STEPS.indexOf(step);
  const choosesActivation = at >= STEPS.indexOf("activation");
  /** @type {Activation} */
  const applied = step === "collapse" ? between : choosesActivation ? activation : "identity";
  return {
    neurons: step === "neuron" ? 1 : NEURONS,
    columns: step === "batch" ? EXAMPLES : 1,
    bias: at >= STEPS.indexOf("bias"),
    activation: applied,
    choosesActivation,
    second: at >= STEPS.indexOf("second"),
    collapse: step === "collapse",
  };
}

/**
 * Return z and a; with a second layer y, and the two layers made one: m = W₂W₁, c = W₂b and u = m @ x + c.
 * @param {State} state
 * @param {Shape} shape
 * @returns {Results}
 */
export function compute({ x, w, b, v }, shape) {
  const { neurons, columns } = shape;
  const z = zeros(neurons * columns);
  const a = zeros(neurons * columns);
  for (let k = 0; k < columns; k++) {
    const input = x.slice(k * INPUTS, (k + 1) * INPUTS);
    const sums = multiply(w, input, neurons, INPUTS, 1).map((sum, o) => sum + (shape.bias ? b[o] : 0));
    const applied = activate(shape.activation, sums);
    for (let o = 0; o < neurons; o++) {
      z[o * columns + k] = sums[o];
      a[o * columns + k] = applied[o];
    }
  }
  if (!shape.second) return { z, a, y: [], m: [], c: [], u: [] };
  const m = multiply(v, w, FINAL, NEURONS, INPUTS);
  const c = multiply(v, b, FINAL, NEURONS, 1);
  const u = multiply(m, x, FINAL, INPUTS, 1).map((sum, j) => sum + c[j]);
  return { z, a, y: multiply(v, a, FINAL, NEURONS, 1), m, c, u };
}

/**
 * Multiply two matrices stored row by row: (rows, inner) @ (inner, columns).
 * @param {number[]} left
 * @param {number[]} right
 * @param {number} rows
 * @param {number} inner
 * @param {number} columns
 */
function multiply(left, right, rows, inner, columns) {
  const result = zeros(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < inner; i++)
      for (let c = 0; c < columns; c++) result[r * columns + c] += left[r * inner + i] * right[i * columns + c];
  return result;
}

/**
 * @param {Activation} name
 * @param {number[]} z of one example
 */
function activate(name, z) {
  if (name === "relu") return z.map((value) => Math.max(value, 0));
  if (name === "tanh") return z.map(Math.tanh);
  if (name === "sigmoid") return z.map((value) => 1 / (1 + Math.exp(-value)));
  return name === "softmax" ? softmax(z) : z;
}

/**
 * Return what a neuron of two inputs gives. Softmax needs all sums of a layer: it is none of its activations.
 * @param {{ w1: number, w2: number, b: number, f: Activation }} neuron
 * @param {number} x1
 * @param {number} x2
 */
export function outputAt({ w1, w2, b, f }, x1, x2) {
  return activate(f, [w1 * x1 + w2 * x2 + b])[0];
}

/** @param {number} count */
function zeros(count) {
  return /** @type {number[]} */ (Array(count).fill(0));
}
