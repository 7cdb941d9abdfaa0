// What writing one token and reading a prompt take, for a machine's prediction: the twin of core/model_size/speed.py.
import { bytesOf, cacheBytes, leaves, operationsOf } from "./counts.js";

/** @import { Block, Precision } from "./counts.js" */
/** @import { Model } from "./model.js" */
/** @import { Work } from "./speed.js" */

/** Tables of which a token takes one row. */
const LOOKED_UP = ["embedding", "positions"];

/**
 * The work of one token that sees the whole context.
 * @param {Model} model
 * @param {Block} tree
 * @param {Precision} precision
 * @returns {Work}
 */
export function writingWork(model, tree, precision) {
  const cache = Number(cacheBytes(model, precision));
  return { ...met(tree, precision, true), cache, ...shapeOf(model), operations: Number(operationsOf(model, tree)) };
}

/**
 * The work of reading a prompt as long as the context, at once: the head works for the last token alone.
 * @param {Model} model
 * @param {Block} tree
 * @param {Precision} precision
 * @returns {Work}
 */
export function readingWork(model, tree, precision) {
  const head = 2 * model.width * model.vocabulary;
  const operations = model.context * (Number(operationsOf(model, tree)) - head) + head;
  return { ...met(tree, precision, false), cache: 0, ...shapeOf(model), operations };
}

/** @param {Model} model */
function shapeOf({ heads, kv_heads: few, layers, width }) {
  return { shared: Math.floor(heads / few), layers, width };
}

/**
 * The bytes and the rows that are read: of the tables one row, of a tied head all.
 * @param {Block} tree
 * @param {Precision} precision
 * @param {boolean} isUsed only the experts that work on one token
 */
function met(tree, precision, isUsed) {
  let [weights, rows] = [0, 0];
  for (const [leaf, copies, used] of leaves(tree)) {
    const shape = LOOKED_UP.includes(leaf.name) ? [1, leaf.shape[1]] : leaf.shape;
    const times = isUsed ? used : copies;
    weights += times * Number(bytesOf({ shape }, precision));
    rows += times * (shape.length === 2 ? shape[0] : 1);
  }
  return { weights, rows };
}
