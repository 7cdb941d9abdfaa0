// The hands: two models of the table, how many votes between them, and other votes.

import { writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Picture } from "./picture.js" */

/** @param {Picture} ui */
export function listen(ui) {
  ui.rows.lines.forEach(({ line }, at) => {
    line.onclick = () => {
      const duel = withModel(ui.state, ui.clicked, at);
      ui.clicked = at;
      ui.choose(duel);
    };
    line.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowDown: 1, ArrowUp: -1 });
      if (by) ui.rows.lines[(at + by + ui.rows.lines.length) % ui.rows.lines.length].line.focus();
    };
  });
  ui.duel.votes.range.oninput = () => ui.choose({ votes: ui.data.rungs[Number(ui.duel.votes.range.value)] });
  ui.duel.again.onclick = () => ui.choose({ draw: ui.state.draw + 1 });
}

/**
 * The duel after a click on a model: it meets the one that was clicked before it, so that two clicks choose two models.
 * One that is in the duel already changes sides with the other.
 * @param {{ first: number, second: number }} duel
 * @param {number} before which model was clicked last; where it has left the duel, the second stays
 * @param {number} at which one is clicked now
 */
export function withModel({ first, second }, before, at) {
  const both = [first, second];
  if (both.includes(at)) return { first: second, second: first };
  const stays = both.includes(before) ? before : second;
  return { first: Math.min(stays, at), second: Math.max(stays, at) };
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
