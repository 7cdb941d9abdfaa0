// The answer to the page's question, played: the votes between its two models are counted, ten after ten.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** How many steps the counting takes, milliseconds of each, and before the end is told: enough to see the last. */
const [STEPS, PACE, REST] = [10, 260, 900];

/**
 * Count the votes in view; tell when the last one is counted.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const votes = ui.state.votes;
  const show = (/** @type {number} */ at) => {
    ui.counted = Math.round(((at + 1) / STEPS) * votes);
    ui.show();
  };
  const end = () => {
    ui.counted = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  playFilm(ui, { steps: STEPS, draw: show, end, pace: PACE, rest: REST });
}
