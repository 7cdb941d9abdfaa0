// The parameters of a model as a tree of blocks, what they weigh and what they cost: the twin of core/model_size/blocks.py
// and costs.py. Counts are BigInt: a thousand layers of a hundred thousand numbers are past what a double counts.

/** @import { Model } from "./model.js" */
/**
 * A part of a model: a matrix or a vector, or a group of parts.
 * @typedef {object} Block
 * @property {string} name
 * @property {string} kind what it is part of, for its colour
 * @property {number[]} shape (outputs, inputs), (length) or none
 * @property {Block[]} parts
 * @property {number} copies
 * @property {number} used of the copies, by one token
 * @property {boolean} tied another block's matrix, used again
 * @property {bigint} each parameters of one copy
 * @property {bigint} parameters of all copies
 * @property {bigint} active those that a token meets
 */
/** @typedef {"fp32" | "fp16" | "8 bits" | "4 bits"} Precision */

export const PRECISIONS = /** @type {const} */ (["fp32", "fp16", "8 bits", "4 bits"]);
/** Bytes of a number, or of a group of numbers of a row that share a scale. */
const BYTES = { fp32: 4n, fp16: 2n, "8 bits": 34n, "4 bits": 18n };
const GROUP = 32;
/** Signs that the network on letters knows. */
const LETTERS = 37;

/**
 * @param {string} name
 * @param {string} kind
 * @param {{ shape?: number[], parts?: Block[], copies?: number, used?: number, tied?: boolean }} more
 * @returns {Block}
 */
function block(name, kind, { shape = [], parts = [], copies = 1, used = copies, tied = false }) {
  const own = shape.reduce((product, size) => product * BigInt(size), 1n);
  const sum = (/** @type {"parameters" | "active"} */ what) => parts.reduce((all, part) => all + part[what], 0n);
  const each = tied ? 0n : shape.length ? own : sum("parameters");
  const met = tied ? 0n : shape.length ? own : sum("active");
  const [parameters, active] = [BigInt(copies) * each, BigInt(used) * met];
  return { name, kind, shape, parts, copies, used, tied, each, parameters, active };
}

/**
 * @param {string} name
 * @param {string} kind
 * @param {number} outputs
 * @param {number} inputs
 * @param {boolean} biases
 */
function matrix(name, kind, outputs, inputs, biases) {
  const made = block(name, kind, { shape: [outputs, inputs] });
  return biases ? [made, block(`${name}_bias`, kind, { shape: [outputs] })] : [made];
}

/**
 * Return a model's tree; null where nothing of it was published.
 * @param {Model} model
 * @returns {Block | null}
 */
export function treeOf(model) {
  if (model.family === "gpt4") return null;
  if (model.family === "letters") return treeOfLetters(model);
  const { family, layers, width, vocabulary, context, tied } = model;
  const parts = [block("embedding", "embedding", { shape: [vocabulary, width] })];
  if (family === "gpt2") parts.push(block("positions", "embedding", { shape: [context, width] }));
  if (layers) {
    const [before, behind] = [norm(model, "norm_before_attention"), norm(model, "norm_before_feed_forward")];
    const inside = [before, attention(model), behind, ...feedForward(model)];
    parts.push(block("layer", "group", { parts: inside, copies: layers }));
  }
  parts.push(norm(model, "norm_at_the_end"), block("head", "head", { shape: [vocabulary, width], tied }));
  return block("model", "group", { parts });
}

/** @param {Model} model */
function treeOfLetters({ width, feed_forward: wide, context }) {
  const hidden = matrix("hidden", "feed_forward", wide, context * width, true);
  const output = matrix("output", "head", LETTERS, wide, true);
  const parts = [
    block("embedding", "embedding", { shape: [LETTERS, width] }),
    block("hidden", "feed_forward", { parts: hidden }),
    block("output", "head", { parts: output }),
  ];
  return block("model", "group", { parts });
}

/**
 * @param {Model} model
 * @param {string} name
 */
function norm({ family, width }, name) {
  const names = family === "gpt2" ? ["scale", "shift"] : ["scale"];
  return block(name, "norm", { parts: names.map((each) => block(each, "norm", { shape: [width] })) });
}

/** @param {Model} model */
function attention({ family, width, heads, kv_heads: few }) {
  const keys = (width / heads) * few;
  const shapes = /** @type {[string, number, number][]} */ ([
    ["q", width, width],
    ["k", keys, width],
    ["v", keys, width],
    ["o", width, width],
  ]);
  const parts = shapes.flatMap(([name, outputs, inputs]) =>
    matrix(name, "attention", outputs, inputs, family === "gpt2"),
  );
  return block("attention", "attention", { parts });
}

/** @param {Model} model */
function feedForward({ family, width, feed_forward: wide, experts, experts_used: used }) {
  const gpt2 = family === "gpt2";
  const gate = gpt2 ? [] : matrix("gate", "feed_forward", wide, width, false);
  const both = [
    ...matrix("up", "feed_forward", wide, width, gpt2),
    ...matrix("down", "feed_forward", width, wide, gpt2),
  ];
  const parts = [...gate, ...both];
  if (family !== "mixtral") return [block("feed_forward", "feed_forward", { parts })];
  const router = block("router", "router", { shape: [experts, width] });
  return [router, block("expert", "feed_forward", { parts, copies: experts, used })];
}

/**
 * Return every matrix and vector, how many of it there are, and how many of them a token meets.
 * @param {Block} tree
 * @returns {[Block, number, number][]}
 */
export function leaves(tree, copies = 1, used = 1) {
  const [all, met] = [copies * tree.copies, used * tree.used];
  if (tree.shape.length) return [[tree, all, met]];
  return tree.parts.flatMap((part) => leaves(part, all, met));
}

/**
 * Return the bytes of all weights; the scales of 8 and 4 bits are counted, vectors stay in fp32 there.
 * @param {Block} tree
 * @param {Precision} precision
 */
export function weightBytes(tree, precision) {
  let total = 0n;
  for (const [leaf, copies] of leaves(tree)) if (!leaf.tied) total += BigInt(copies) * bytesOf(leaf, precision);
  return total;
}

/**
 * Return the bytes of one matrix or vector.
 * @param {{ shape: number[] }} leaf
 * @param {Precision} precision
 */
export function bytesOf({ shape }, precision) {
  const [rows, columns] = shape.length === 2 ? shape : [1, shape[0]];
  if (precision === "fp32" || precision === "fp16") return BigInt(rows) * BigInt(columns) * BYTES[precision];
  if (shape.length === 1) return BigInt(columns) * BYTES.fp32;
  return BigInt(rows) * BigInt(Math.ceil(columns / GROUP)) * BYTES[precision];
}

/**
 * Return how many tokens attention reaches from the last of so many.
 * @param {Model} model
 */
export function reach({ family, window, context }) {
  return family === "mistral" && window ? Math.min(context, window) : context;
}

/**
 * Return the bytes of a number of the cache: four beside weights of four, else two.
 * @param {Precision} precision of the weights
 */
export function numberBytes(precision) {
  return precision === "fp32" ? 4 : 2;
}

/**
 * Return the bytes of keys and values of a text as long as the context: by geometry, not by parameters.
 * @param {Model} model
 * @param {Precision} precision of the weights
 */
export function cacheBytes(model, precision) {
  const { family, layers, width, heads, kv_heads: few } = model;
  if (family === "letters" || family === "gpt4") return 0n;
  return [2, layers, few, width / heads, numberBytes(precision), reach(model)].reduce(
    (all, each) => all * BigInt(each),
    1n,
  );
}

/**
 * Return the operations of the forward pass of the last token of the context.
 * @param {Model} model
 * @param {Block} tree
 */
export function operationsOf(model, tree) {
  let matrices = 0n;
  for (const [leaf, , used] of leaves(tree)) {
    if (leaf.shape.length < 2 || leaf.name === "embedding" || leaf.name === "positions") continue;
    matrices += BigInt(used) * BigInt(leaf.shape[0]) * BigInt(leaf.shape[1]);
  }
  if (model.family === "letters") return 2n * matrices;
  return 2n * matrices + 4n * BigInt(model.layers) * BigInt(model.width) * BigInt(reach(model));
}
