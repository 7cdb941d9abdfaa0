// The small network: what the drone's radar says (core/dqn/view.py), and what each action is worth by the weights.

import { TOWER } from "./ground.js";

/** @import { City, Situation } from "./city.js" */
/** @typedef {{ rows: number, columns: number, weight: Float32Array, bias: Float32Array }} Layer */

/** A number of 16 bits: sign, exponent, and what is behind the point. */
const [EXPONENT, FRACTION] = [5, 10];

/**
 * Read numbers of 16 bits.
 * @param {Uint8Array} bytes the first of each the smaller
 */
export function halvesOf(bytes) {
  const given = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return Float32Array.from(given, (bits) => {
    const sign = bits >> 15 ? -1 : 1;
    const exponent = (bits >> FRACTION) & (2 ** EXPONENT - 1);
    const fraction = (bits & (2 ** FRACTION - 1)) / 2 ** FRACTION;
    if (exponent === 0) return sign * fraction * 2 ** -14;
    if (exponent === 2 ** EXPONENT - 1) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (1 + fraction) * 2 ** (exponent - 15);
  });
}

/**
 * Cut weights into layers: each layer's matrix (neurons × inputs), then its biases.
 * @param {Float32Array} numbers
 * @param {number[]} sizes of the inputs and of each layer
 * @returns {Layer[]}
 */
export function layersOf(numbers, sizes) {
  let from = 0;
  const take = (/** @type {number} */ count) => {
    from += count;
    return numbers.subarray(from - count, from);
  };
  return sizes.slice(1).map((rows, at) => {
    const columns = sizes[at];
    return { rows, columns, weight: take(rows * columns), bias: take(rows) };
  });
}

/**
 * What each action is worth, by the network.
 * @param {Layer[]} layers
 * @param {Float32Array} inputs
 */
export function valuesOf(layers, inputs) {
  let before = inputs;
  layers.forEach(({ rows, columns, weight, bias }, at) => {
    const after = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = bias[row];
      for (let column = 0; column < columns; column++) sum += weight[row * columns + column] * before[column];
      after[row] = at < layers.length - 1 ? Math.max(sum, 0) : sum;
    }
    before = after;
  });
  return before;
}

/**
 * What the drone's radar says: how far the parcel and the zone are, in rows and columns, and what bars its moves.
 * @param {City} city
 * @param {Situation} situation
 */
export function radarOf({ side, reaches, ground }, { drone, zone, parcel }) {
  const span = 2 * side - 1;
  const found = new Float32Array(4 * span + 5);
  const light = (/** @type {number} */ from, /** @type {number} */ cell) => {
    found[from + Math.floor(cell / side) - Math.floor(drone / side) + side - 1] = 1;
    found[from + span + (cell % side) - (drone % side) + side - 1] = 1;
  };
  light(2 * span, zone);
  if (parcel < 0) found[4 * span + 4] = 1;
  else light(0, parcel);
  for (let action = 0; action < 4; action++) {
    const cell = reaches[drone][action];
    found[4 * span + action] = cell < 0 || ground[cell] === TOWER ? 1 : 0;
  }
  return found;
}
