// The answer to the page's question, played: what the model receives, part after part.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds of each part, and before the end is told: enough to see the whole. */
const [PACE, REST] = [420, 1_200];

/**
 * Show the parts one after the other; tell when the last is there.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const runs = ui.shown()?.received?.runs.length ?? 1;
  const end = () => {
    ui.seen = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  const draw = (/** @type {number} */ at) => {
    ui.seen = at + 1;
    ui.show();
  };
  playFilm(ui, { steps: runs, draw, end, pace: PACE, rest: REST });
}
