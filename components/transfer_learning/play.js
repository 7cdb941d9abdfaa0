// The answer to the page's question, played: the curves go on, stop after stop, to all the photos there are.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each stop, and before the end is told: enough to see who is above. */
const [PACE, REST] = [650, 1200];

/**
 * Show the curves up to one stop more, again and again; tell when all is shown.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const stops = ui.data.stops.filter((stop) => stop > ui.data.known);
  const show = (/** @type {number} */ revealed) => {
    ui.revealed = revealed;
    ui.show();
  };
  const end = () => {
    show(Number.POSITIVE_INFINITY);
    tell();
  };
  playFilm(ui, { steps: stops.length, draw: (at) => show(stops[at]), end, pace: PACE, rest: REST });
}
