// The answer to the page's question, played: the card's points come from the largest batch down to the one asked for.
import { playFilm } from "../in_browser/played.js";
import { STOPS } from "./times.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each batch, and before the end is told: enough to see the last point. */
const [PACE, REST] = [420, 900];

/**
 * Show the card's points one after the other; tell when the ruler's is there.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  ui.isBetting = false;
  const stops = STOPS.filter((stop) => stop >= ui.state.batch).reverse();
  const show = (/** @type {number} */ revealed) => {
    ui.revealed = revealed;
    ui.show();
  };
  const end = () => {
    show(1);
    tell();
  };
  playFilm(ui, { steps: stops.length, draw: (at) => show(stops[at]), end, pace: PACE, rest: REST });
}
