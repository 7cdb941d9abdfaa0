// Where the parts of a model stand in the drawing: areas are parameters, exactly. No drawing here.

/** @import { Block } from "./counts.js" */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/**
 * A part as it is drawn.
 * @typedef {Box & { name: string, kind: string, path: string, parameters: bigint, copies: number, lit: boolean,
 *   rows: number }} Tile lit: whether a token meets it; rows: so many experts, one below the other, are this tile
 */

/** Pixels of an expert's row, from which on it is a tile of its own: no finger meets what is lower. */
const LEAST_ROW = 8;

/**
 * Follow a path such as "layer.attention.q" down a tree; where it ends too early, what is the last found.
 * @param {Block} tree
 * @param {string} path
 * @returns {Block[]} from the tree itself on
 */
export function follow(tree, path) {
  const found = [tree];
  for (const name of path ? path.split(".") : []) {
    const next = found[found.length - 1].parts.find((part) => part.name === name);
    if (!next) break;
    found.push(next);
  }
  return found;
}

/**
 * Return the part of a path that a tree has: a layer that is gone is left.
 * @param {Block} tree
 * @param {string} path
 */
export function pathIn(tree, path) {
  return follow(tree, path)
    .slice(1)
    .map(({ name }) => name)
    .join(".");
}

/**
 * Lay out the parts of a block. The model's stand side by side, as a token passes them, its layers as one field that
 * is cut into attention above and feed-forward below; every other block's parts stand in columns, cut into rows.
 * @param {Block} shown
 * @param {string} path of it
 * @param {Box} box
 * @returns {Tile[]}
 */
export function tilesOf(shown, path, box) {
  const columns = shown.parts.filter((part) => part.parameters > 0n);
  return split(columns, box, true).flatMap(([part, column]) => {
    const below = path ? `${path}.${part.name}` : part.name;
    if (part.name === "expert") return experts(part, below, column, 1);
    if (part.shape.length) return [tile(part, below, column, 1)];
    return split(part.parts, column, false).flatMap(([inner, row]) => {
      const inside = `${below}.${inner.name}`;
      if (inner.name === "expert") return experts(inner, inside, row, part.copies);
      return [tile(inner, inside, row, part.copies)];
    });
  });
}

/**
 * The experts of a layer, those that work on a token lit; where their rows are too low, one tile of those that work and
 * one of the others.
 * @param {Block} part
 * @param {string} path
 * @param {Box} box
 * @param {number} layers
 * @returns {Tile[]}
 */
function experts(part, path, box, layers) {
  const { copies, used, each } = part;
  const isLow = box.height < LEAST_ROW * copies;
  const rows = isLow ? [used, copies - used].filter((count) => count > 0) : Array(copies).fill(1);
  const stacks = rows.map((count) => ({ ...part, parameters: BigInt(count) * each }));
  return split(stacks, box, false).map(([stack, row], at) => ({
    ...tile(stack, path, row, layers),
    rows: rows[at],
    lit: isLow ? at === 0 : at < used,
  }));
}

/**
 * @param {Block} part
 * @param {string} path
 * @param {Box} box
 * @param {number} copies of the block that it is in
 * @returns {Tile}
 */
function tile(part, path, box, copies) {
  const { name, kind } = part;
  return { ...box, name, kind, path, parameters: BigInt(copies) * part.parameters, copies, lit: true, rows: 1 };
}

/**
 * Cut a box into parts as large as their parameters, one beside or below the other.
 * @param {Block[]} parts
 * @param {Box} box
 * @param {boolean} isAcross
 * @returns {[Block, Box][]}
 */
function split(parts, { x, y, width, height }, isAcross) {
  const total = Number(parts.reduce((all, part) => all + part.parameters, 0n)) || 1;
  let from = 0;
  return parts.map((part) => {
    const share = Number(part.parameters) / total;
    const [before, own] = [from, share];
    from += share;
    const box = isAcross
      ? { x: x + before * width, y, width: own * width, height }
      : { x, y: y + before * height, width, height: own * height };
    return [part, box];
  });
}

/**
 * What a drawing's scale says: the side, in pixels, of a square with so many parameters.
 * @param {Box} box of the whole model
 * @param {bigint} parameters of it
 * @param {number} count
 */
export function sideOf({ width, height }, parameters, count) {
  return Math.sqrt((count / Number(parameters)) * width * height);
}
