// The scale of the drawing: a square of a round number of parameters, and the course's network beside it.
import { make, writeCompact } from "../in_browser/base.js";
import { sideOf } from "./layout.js";

/** @import { Box } from "./layout.js" */
/** @import { Picture } from "./picture.js" */

/** Pixels that the square of the scale has at most on a side. */
const LARGEST_SQUARE = 40;

/**
 * In a corner: a square of a round number of parameters, and the course's network, both as large as in the drawing.
 * @param {Picture} ui
 * @param {Box} whole
 * @param {number} type
 * @returns {{ x: number, y: number }} where about the corner begins; to measure it would cost a layout at every move
 */
export function drawScale(ui, whole, type) {
  const { labels, lang, course } = ui.data;
  const [right, bottom] = [whole.x + whole.width, whole.y + whole.height];
  if (!ui.tree || ui.state.open) return { x: right, y: bottom };
  const total = ui.tree.parameters;
  let count = 1;
  while (sideOf(whole, total, 10 * count) < LARGEST_SQUARE) count *= 10;
  const parts = [square("", sideOf(whole, total, count)), make("span", {}, writeCompact(count, lang))];
  const side = sideOf(whole, total, course);
  if (side < LARGEST_SQUARE && ui.lit() !== "letters") {
    const words = side < 1 ? labels.courseDot : labels.courseSquare;
    parts.push(square("course", Math.max(side, 1)), make("span", {}, words));
  }
  ui.drawing.under.replaceChildren(...parts);
  const words = parts.reduce((all, part) => all + (part.textContent ?? "").length, 0);
  return { x: right - 2 * LARGEST_SQUARE - 0.5 * type * words, y: bottom - LARGEST_SQUARE };
}

/**
 * @param {string} kind
 * @param {number} side in pixels
 */
function square(kind, side) {
  const made = make("i", { class: kind });
  made.style.width = made.style.height = `${side.toFixed(1)}px`;
  return made;
}
