// The answer to the page's question, played: the rows of the ladder come one after the other.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each row, and before the end is told: enough to see the last one. */
const [PACE, REST] = [700, 1100];

/**
 * Show row after row; tell when the last one stands.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const asked = ui.rungs()[1];
  if (ui.marker !== null) ui.bets.set(ui.key(asked.model), ui.marker);
  ui.marker = null;
  const show = (/** @type {number} */ at) => {
    ui.played = at + 2;
    ui.show();
  };
  const end = () => {
    ui.played = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  playFilm(ui, { steps: ui.rungs().length - 1, draw: show, end, pace: PACE, rest: REST });
}
