// The hands of the ladder: the task, the size of the training set, the marker of the next row, and what shows it.
import { make, writeWhole } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { slider } from "../in_browser/slider.js";
import { axisOf, drawLadder } from "./ladder.js";

/** @import { Picture } from "./picture.js" */

/**
 * Make the hands; `listen` gives them something to move.
 * @param {string[]} tasks
 */
export function hands(tasks) {
  let chooseTask = (/** @type {string} */ _task) => {};
  const plain = (/** @type {string} */ kind) => make("button", { type: "button", class: `plain ${kind}` });
  const made = {
    task: segments(tasks, (task) => chooseTask(task)),
    size: slider(),
    reveal: plain("reveal"),
    again: plain("again"),
    close: plain("close"),
    test: plain("test"),
  };
  return {
    ...made,
    head: make("div", { class: "head" }, made.task.box, made.size.box),
    foot: make("div", { class: "foot" }, made.reveal, made.again, made.close, made.test),
    /** @param {(task: string) => void} task */
    hear(task) {
      chooseTask = task;
    },
  };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { hands: held, ladder } = ui;
  held.hear((task) => {
    if (task === ui.state.task) return;
    ui.marker = null;
    const { sizes } = ui.data.tasks[task];
    const size = sizes.findLast((each) => each <= ui.state.size) ?? sizes[0];
    ui.choose({ task, size, rows: 1, test: false });
  });
  held.size.range.oninput = () => {
    ui.marker = null;
    ui.choose({ size: ui.task().sizes[Number(held.size.range.value)], test: false });
  };
  ladder.range.oninput = () => {
    const { low, high } = axisOf(ui);
    ui.marker = low + (Number(ladder.range.value) / 1000) * (high - low);
    drawLadder(ui);
  };
  held.reveal.onclick = () => {
    const next = ui.next();
    if (!next || ui.isVeiled()) return;
    const bet = ui.bet();
    ui.bets.set(ui.key(next.model), bet);
    ui.marker = null;
    ui.choose({ rows: ui.shown() + 1, bet });
  };
  held.again.onclick = () => {
    ui.marker = null;
    for (const { model } of ui.rungs()) ui.bets.delete(ui.key(model));
    ui.choose({ rows: 1, test: false });
  };
  held.close.onclick = () => ui.choose({ close: !ui.state.close });
  held.test.onclick = () => {
    ui.opened += 1;
    ui.choose({ test: true });
  };
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { hands: held, data, state } = ui;
  const { labels, hidden, lang } = data;
  const { sizes } = ui.task();
  const isAll = state.size === ui.task().all;
  const words = isAll ? labels.all.replace("%n", writeWhole(state.size, lang)) : writeWhole(state.size, lang);
  held.task.show(state.task, labels.task, labels.taskNames);
  held.task.box.hidden = hidden.includes("pj_task");
  held.size.show(labels.size, sizes.indexOf(state.size), words, sizes.length - 1);
  held.size.box.hidden = hidden.includes("pj_size");
  const [next, isDone] = [ui.next(), ui.shown() >= ui.rungs().length];
  held.reveal.textContent = next ? labels.reveal.replace("%m", ui.nameOf(next.model)) : "";
  held.reveal.hidden = !next || ui.isVeiled() || ui.played !== null;
  held.again.textContent = labels.again;
  held.again.hidden = ui.shown() < 2 || ui.played !== null;
  held.close.textContent = state.close ? labels.whole : labels.close;
  held.close.hidden = ui.shown() < 3;
  held.test.textContent = labels.openTest;
  held.test.hidden = !isDone || state.test || ui.rungs()[0].test === null || ui.played !== null;
}
