// The page's question, played: the descent that it asks for, drawn update by update over the one that it starts from.
import { descend } from "./descent.js";

/** @import { Ui } from "./bowl.js" */

/** Milliseconds that the whole path takes, and at least for one update. */
const [LASTS, PACE] = [3500, 16];

/**
 * Draw the path from its start to the update that is asked for; tell when it is there.
 * @param {Ui} ui
 * @param {() => void} tell
 */
export function play(ui, tell) {
  const last = ui.at();
  ui.before = descend(ui.problem(), { ...ui.settings(), ...ui.data.compared }, ui.data.constants).points;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    ui.show();
    tell();
    return;
  }
  const pace = Math.max(PACE, LASTS / Math.max(last, 1));
  let timer = 0;
  ui.stop = () => {
    clearTimeout(timer);
    ui.stop = () => {};
    tell();
  };
  const next = (/** @type {number} */ shown) => {
    ui.state.shown = shown;
    ui.show();
    if (shown < last) timer = setTimeout(() => next(shown + 1), pace);
    else ui.stop();
  };
  next(0);
}
