// The answer to the page's question, played: the card's points come from the largest batch down to the one asked for.
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
  ui.stop();
  ui.isBetting = false;
  const stops = STOPS.filter((stop) => stop >= ui.state.batch).reverse();
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    ui.stop = () => {};
    ui.revealed = 1;
    ui.show();
    tell();
  };
  ui.stop = end;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    end();
    return;
  }
  const next = (/** @type {number} */ at) => {
    ui.revealed = stops[at];
    ui.show();
    timer = setTimeout(() => (at < stops.length - 1 ? next(at + 1) : end()), at < stops.length - 1 ? PACE : REST);
  };
  next(0);
}
