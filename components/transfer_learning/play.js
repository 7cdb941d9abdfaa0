// The answer to the page's question, played: the curves go on, stop after stop, to all the photos there are.

/** @import { Picture } from "./picture.js" */

/** Milliseconds for each stop, and before the end is told: enough to see who is above. */
const [PACE, REST] = [650, 1200];

/**
 * Show the curves up to one stop more, again and again; tell when all is shown.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  ui.stop();
  const stops = ui.data.stops.filter((stop) => stop > ui.data.known);
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    ui.stop = () => {};
    ui.revealed = Number.POSITIVE_INFINITY;
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
