// What parts and repairs are called, and what the drawing says to those who do not see it.
import { writeCompact } from "../in_browser/base.js";

/** @import { Name } from "./model.js" */
/** @import { Picture } from "./picture.js" */

/**
 * @param {Picture} ui
 * @param {string} name of a block
 */
export function nameOf({ data: { labels }, state }, name) {
  const part = name.replace("_bias", "");
  const own = (state.family === "letters" && labels.lettersBlocks[name]) || labels.blocks[part];
  return part === name ? own : labels.bias.replace("%s", own);
}

/** @param {Picture} ui */
export function altOf({ data: { labels, lang }, tree }) {
  return tree ? labels.alt.replace("%n", writeCompact(tree.parameters, lang)) : labels.unpublished;
}

/**
 * @param {Picture} ui
 * @param {Name} name of the number that did not fit
 * @param {number} asked
 * @param {number} taken
 */
export function repairOf(ui, name, asked, taken) {
  return (ui.data.labels.repairs[name] ?? "").replace("%a", ui.whole(asked)).replace("%t", ui.whole(taken));
}
