// The hands: two models of the table, how many votes between them, and other votes.

import { writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

import { withModel } from "./pair.js";

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

/** @param {Picture} ui */
export function showHands(ui) {
  const { duel: held, data, state } = ui;
  const { labels, rungs, hidden, lang } = data;
  held.votes.show(labels.between, rungs.indexOf(state.votes), writeWhole(state.votes, lang), rungs.length - 1);
  held.again.textContent = labels.again;
  held.votes.box.hidden = hidden.includes("ar_votes");
  held.again.hidden = hidden.includes("ar_draw");
}
