// The model that is kept to compare, as a text in the address.
import { treeOf } from "./counts.js";

/** @import { Picture, State } from "./picture.js" */

/** What makes a model what it is, in the order of the text of a pin. */
const OWN = /** @type {const} */ (["family", "tied", "layers", "width", "heads", "kv_heads", "feed_forward", "vocabulary",
  "context", "window", "experts", "experts_used", "precision"]); // biome-ignore format: a list

/** @param {State} state */
export function pinOf(state) {
  return OWN.map((name) => state[name]).join(",");
}

/**
 * Whether two models have the same parts, whatever of them is opened.
 * @param {Record<string, any>} one
 * @param {Record<string, any>} other
 */
export function isSame(one, other) {
  return OWN.every((name) => name === "precision" || one[name] === undefined || one[name] === other[name]);
}

/** @param {Picture} ui */
export function readPin(ui) {
  const parts = ui.state.pin.split(",");
  const isPin = parts.length === OWN.length;
  /** @type {(name: string, text: string) => string | number | boolean} */
  const read = (name, text) => (name === "tied" ? text === "true" : /^\d+$/.test(text) ? Number(text) : text);
  const values = Object.fromEntries(OWN.map((name, at) => [name, read(name, parts[at])]));
  ui.pinned = isPin ? /** @type {any} */ (values) : null;
  ui.pinnedTree = ui.pinned && treeOf(ui.pinned);
}
