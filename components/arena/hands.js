// The hands: two models of the table, how many votes between them, and other votes.

import { writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Picture } from "./picture.js" */

/** @param {Picture} ui */
export function listen(ui) {
  ui.rows.lines.forEach(({ line }, at) => {
    line.onclick = () => ui.choose(withModel(ui, at));
    line.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowDown: 1, ArrowUp: -1 });
      if (by) ui.rows.lines[(at + by + ui.rows.lines.length) % ui.rows.lines.length].line.focus();
    };
  });
  ui.duel.votes.range.oninput = () => ui.choose({ votes: ui.data.rungs[Number(ui.duel.votes.range.value)] });
  ui.duel.again.onclick = () => ui.choose({ draw: ui.state.draw + 1 });
}

/**
 * The duel with one more model: it takes the place of the second, which takes that of the first. One that is in it
 * already changes sides with the other.
 * @param {Picture} ui
 * @param {number} at
 */
function withModel({ state }, at) {
  if (at === state.second || at === state.first) return { first: state.second, second: state.first };
  return { first: Math.min(state.second, at), second: Math.max(state.second, at) };
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { duel: held, data, state } = ui;
  const { labels, rungs, hidden, lang } = data;
  held.votes.show(labels.between, rungs.indexOf(state.votes), writeWhole(state.votes, lang), rungs.length - 1);
  held.again.textContent = labels.again;
  held.votes.box.hidden = hidden.includes("ar_votes");
  held.again.hidden = hidden.includes("ar_draw");
}
