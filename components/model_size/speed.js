// How fast a machine writes and reads with a model: the twin of core/model_size/speed.py, on plain numbers.

/**
 * What one token that is written takes, or one prompt that is read.
 * @typedef {object} Work
 * @property {number} weights bytes of the matrices and vectors that are met
 * @property {number} cache bytes of keys and values
 * @property {number} shared heads of queries for each head of keys and values
 * @property {number} rows of all matrices that are met
 * @property {number} operations
 * @property {number} layers
 * @property {number} width
 */
/** @typedef {{ bandwidth: number, row: number }} Memory bytes a second; seconds until a row comes */
/**
 * @typedef {object} Engine what computes a family, in seconds
 * @property {number} token of each token or prompt
 * @property {number} layer of each layer
 * @property {number} number of each number of the width, in every layer
 * @property {boolean} copies whether it copies the cache
 */
/**
 * @typedef {object} Machine
 * @property {Record<string, number>} rates operations a second by precision
 * @property {Memory} far
 * @property {Memory} near where models of at most `fits` bytes stay
 * @property {number} fits
 * @property {Record<string, Engine>} engines by family
 */

/**
 * Tokens a second of one text: overhead + max(bytes / bandwidth, operations / rate) for each.
 * @param {Work} work of one token
 * @param {Machine} machine
 * @param {string} family
 * @param {string} precision of the weights
 */
export function writingSpeed(work, machine, family, precision) {
  const { memory, orders, arithmetic } = partsOf(work, machine, family, precision);
  return 1 / (orders + Math.max(memory, arithmetic));
}

/**
 * Tokens a second of a prompt: overhead + bytes / bandwidth + operations / rate for all of it.
 * @param {Work} work of the prompt
 * @param {Machine} machine
 * @param {string} family
 * @param {string} precision
 * @param {number} tokens
 */
export function readingSpeed(work, machine, family, precision, tokens) {
  const { memory, orders, arithmetic } = partsOf(work, machine, family, precision);
  return tokens / (orders + memory + arithmetic);
}

/**
 * The bytes that move, and the seconds of memory, of orders and of arithmetic.
 * @param {Work} work
 * @param {Machine} machine
 * @param {string} family
 * @param {string} precision
 */
export function partsOf(work, machine, family, precision) {
  const { weights, cache, shared, rows, layers, width, operations } = work;
  const { token, layer, number, copies } = machine.engines[family];
  // Appended: read, written; repeated for the heads that share it: read, written for each; what came out is read.
  const passes = copies ? 2 + (shared > 1 ? 1 + shared : 0) + shared : 1;
  const moved = weights + cache * passes;
  const { bandwidth, row } = moved <= machine.fits ? machine.near : machine.far;
  const orders = token + layers * (layer + width * number);
  return {
    moved,
    passes,
    memory: moved / bandwidth + rows * row,
    orders,
    arithmetic: operations / machine.rates[precision],
  };
}
