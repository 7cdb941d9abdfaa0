// The descent on the bowl: the same computation as core/batch_learning_rate/bowl.py, with the same mini-batches.
// A test compares the two, point for point.
import { mulberry32 } from "../in_browser/chance.js";

/** @typedef {[number, number]} Weights both of them, or a step or a gradient of both */
/** @typedef {"regression" | "aligned" | "classification"} ProblemName */
/** @typedef {"sgd" | "momentum" | "rmsprop" | "adam"} Optimizer */
/**
 * @typedef {object} Problem
 * @property {ProblemName} name
 * @property {Weights[]} features of the 64 examples
 * @property {number[]} targets
 * @property {[Weights, Weights]} window lowest and highest of each weight on the map
 * @property {Weights} start
 * @property {Weights} minimum
 * @property {number} lowest the loss there
 * @property {number} curvature the largest one there
 */
/**
 * @typedef {object} Settings
 * @property {Optimizer} optimizer
 * @property {number} rate
 * @property {number} batch
 * @property {number} momentum β for momentum, β₁ for Adam
 * @property {number} seed
 * @property {Weights} start
 */
/** @typedef {{ alpha: number, beta2: number, epsilon: number }} Constants of RMSprop and Adam: core/training/constants.py */
/** @typedef {{ points: Weights[], visited: number[][], diverged: boolean }} Path */

export const STEPS = 200;
/** A weight beyond this has diverged: the path stops there. */
const TOO_FAR = 1e6;

/**
 * Return what gives the next mini-batch: every example once an epoch, reshuffled at each epoch (Fisher and Yates).
 * @param {number} examples
 * @param {number} batch
 * @param {number} seed
 */
function batches(examples, batch, seed) {
  const draw = mulberry32(seed);
  const order = [...Array(examples).keys()];
  let first = examples;
  return () => {
    if (first >= examples) {
      for (let last = examples - 1; last > 0; last--) swap(order, last, Math.floor(draw() * (last + 1)));
      first = 0;
    }
    first += batch;
    return order.slice(first - batch, first);
  };
}

/**
 * @param {number[]} list
 * @param {number} a
 * @param {number} b
 */
export function swap(list, a, b) {
  [list[a], list[b]] = [list[b], list[a]];
}

/**
 * The gradient of the mean loss over the examples `chosen`.
 * @param {Problem} problem
 * @param {Weights} w
 * @param {number[]} chosen
 * @returns {Weights}
 */
export function gradient({ name, features, targets }, w, chosen) {
  let [g0, g1] = [0, 0];
  for (const i of chosen) {
    const x = features[i];
    const z = x[0] * w[0] + x[1] * w[1];
    const slope = name === "classification" ? 1 / (1 + Math.exp(-z)) - targets[i] : 2 * (z - targets[i]);
    g0 += slope * x[0];
    g1 += slope * x[1];
  }
  return [g0 / chosen.length, g1 / chosen.length];
}

/**
 * The mean loss over all examples.
 * @param {Problem} problem
 * @param {Weights} w
 */
export function loss({ name, features, targets }, w) {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const z = features[i][0] * w[0] + features[i][1] * w[1];
    const y = targets[i];
    if (name === "classification") sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
    else sum += (z - y) * (z - y);
  }
  return sum / targets.length;
}

/**
 * Return an optimizer's memory: what turns each gradient into the step to subtract, by the formulas of torch.optim.
 * @param {Settings} settings
 * @param {Constants} constants
 * @returns {(gradient: Weights) => Weights}
 */
function updater({ optimizer, rate, momentum: beta }, { alpha, beta2, epsilon }) {
  const velocity = [0, 0];
  const squares = [0, 0];
  let step = 0;
  /** @type {Record<Optimizer, (g: number, k: number) => number>} */
  const rules = {
    sgd: (g) => rate * g,
    momentum: (g, k) => {
      velocity[k] = beta * velocity[k] + g;
      return rate * velocity[k];
    },
    rmsprop: (g, k) => {
      squares[k] = alpha * squares[k] + (1 - alpha) * g * g;
      return (rate * g) / (Math.sqrt(squares[k]) + epsilon);
    },
    adam: (g, k) => {
      velocity[k] = beta * velocity[k] + (1 - beta) * g;
      squares[k] = beta2 * squares[k] + (1 - beta2) * g * g;
      const mean = velocity[k] / (1 - beta ** step);
      return (rate * mean) / (Math.sqrt(squares[k] / (1 - beta2 ** step)) + epsilon);
    },
  };
  return ([g0, g1]) => {
    step += 1;
    return [rules[optimizer](g0, 0), rules[optimizer](g1, 1)];
  };
}

/**
 * The whole path: points (the start first), the mini-batch of each update, and whether it diverged.
 * @param {Problem} problem
 * @param {Settings} settings
 * @param {Constants} constants
 * @returns {Path}
 */
export function descend(problem, settings, constants) {
  const next = batches(problem.targets.length, settings.batch, settings.seed);
  const update = updater(settings, constants);
  const points = [settings.start];
  const visited = [];
  for (let t = 0; t < STEPS; t++) {
    const w = points[t];
    const chosen = next();
    const change = update(gradient(problem, w, chosen));
    /** @type {Weights} */
    const to = [w[0] - change[0], w[1] - change[1]];
    visited.push(chosen);
    if (!(Math.abs(to[0]) <= TOO_FAR && Math.abs(to[1]) <= TOO_FAR)) return { points, visited, diverged: true };
    points.push(to);
  }
  return { points, visited, diverged: false };
}

/**
 * The rate above which all examples together must diverge: 2 (1 + β) / λ; exact for SGD and momentum alone.
 * @param {Problem} problem
 * @param {Settings} settings
 */
export function largestStableRate({ curvature }, { optimizer, momentum }) {
  if (optimizer === "sgd") return 2 / curvature;
  return optimizer === "momentum" ? (2 * (1 + momentum)) / curvature : Number.POSITIVE_INFINITY;
}
