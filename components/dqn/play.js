// The answer to the page's question, played: the agent from its first age to its last, its curve growing with it.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each age, and before the end is told. */
const [PACE, REST] = [550, 1200];

/**
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const show = (/** @type {number | null} */ age) => {
    ui.playedAge = age;
    ui.show();
  };
  const end = () => {
    show(null);
    tell();
  };
  playFilm(ui, { steps: Math.max(ui.data.ages.length, 1), draw: show, end, pace: PACE, rest: REST });
}
