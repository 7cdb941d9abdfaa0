// The answer to the page's question, played: the three models write at the same time.
import { playFilm } from "../in_browser/played.js";

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each step, tokens in it, and milliseconds before the end is told. */
const [PACE, TOKENS, REST] = [90, 2, 1_000];

/**
 * Write all answers, token by token; tell when they are written.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const longest = Math.max(1, ...(ui.data.answers ?? []).map(({ tokens }) => tokens.length));
  const draw = (/** @type {number} */ at) => {
    ui.revealed = (at + 1) * TOKENS;
    ui.show();
  };
  const end = () => {
    ui.revealed = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  playFilm(ui, { steps: Math.ceil(longest / TOKENS), draw, end, pace: PACE, rest: REST });
}
