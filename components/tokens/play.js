// The answer to the page's question, played: the scissors go through the text, token by token.

/** @import { Picture } from "./picture.js" */

/** Milliseconds that the whole cutting takes, between two steps, and before its end is told. */
const [WHOLE, STEP, REST] = [3600, 60, 700];

/**
 * Cut the text from its beginning to its end; tell when it is cut.
 * @param {Picture} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  ui.stop();
  const all = ui.chosen().ids.length;
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    ui.stop = () => {};
    ui.revealed = null;
    ui.data.veiled = false;
    ui.show();
    tell();
  };
  ui.stop = end;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    end();
    return;
  }
  const begun = performance.now();
  const next = () => {
    const share = Math.min(1, (performance.now() - begun) / WHOLE);
    ui.revealed = Math.round(share * all);
    ui.show();
    timer = setTimeout(share < 1 ? next : end, share < 1 ? STEP : REST);
  };
  next();
}
