// The answer to the page's question, played: the networks that learn get one more word after the other.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each number of words, and before the end is told: enough to see the last point. */
const [PACE, REST] = [450, 900];

/**
 * Show the points of the networks that learn one after the other; tell when the last is there.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const { counts } = ui.data;
  const show = (/** @type {number} */ count) => {
    ui.revealed = count;
    ui.state = { ...ui.state, examples: count, way: "scratch" };
    ui.show();
  };
  const end = () => {
    show(counts[counts.length - 1]);
    ui.revealed = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  playFilm(ui, { steps: counts.length, draw: (at) => show(counts[at]), end, pace: PACE, rest: REST });
}
