// The answer to the page's question, played: the scissors go through the text, token by token.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Steps of the whole cutting at most, milliseconds of each, and before its end is told. */
const [MOST_STEPS, PACE, REST] = [60, 60, 700];

/**
 * Cut the text from its beginning to its end; tell when it is cut.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const all = ui.chosen().ids.length;
  const steps = Math.max(1, Math.min(all, MOST_STEPS));
  const draw = (/** @type {number} */ at) => {
    ui.revealed = Math.round(((at + 1) / steps) * all);
    ui.show();
  };
  const end = () => {
    ui.revealed = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  playFilm(ui, { steps, draw, end, pace: PACE, rest: REST });
}
