// The answer to the page's question, played: the parts of GPT-2 come one after the other, each as large as it is.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** The parts in the order in which they come. */
export const PARTS = /** @type {const} */ (["embedding", "attention", "feed_forward"]);
/** Milliseconds for each part, and before the end is told. */
const [PACE, REST] = [1_100, 1_300];

/**
 * Show the parts one after the other; tell when the last one stands.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const show = (/** @type {number | null} */ revealed) => {
    ui.revealed = revealed;
    ui.show();
  };
  const end = () => {
    show(null);
    ui.hasPlayed = true;
    ui.show();
    tell();
  };
  playFilm(ui, { steps: PARTS.length, draw: (at) => show(at + 1), end, pace: PACE, rest: REST });
}
