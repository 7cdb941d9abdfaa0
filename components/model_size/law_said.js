// What the lit point is, in words and as a bar: loss = floor + excess; what the law says there; how the guess did.
import { make, writeNumber, writeShort } from "../in_browser/base.js";
import { timesOff, writeCount } from "./law_places.js";

/** @import { Picture } from "./law.js" */

/** Nearer than this, two numbers are the same for the eye: a factor would round to 1. */
const SAME = 1.05;

/** Make the box; `showSaid` fills it. */
export function said() {
  const [title, verdict, loss, around] = [
    make("p", { class: "point" }),
    make("p", { class: "verdict", "aria-live": "polite" }),
    make("p", { class: "loss" }),
    make("p", { class: "around" }),
  ];
  const [floor, excess] = [make("span", { class: "floor" }), make("span", { class: "excess" })];
  const bar = make("div", { class: "sum", "aria-hidden": "true" }, floor, excess);
  return {
    box: make("div", { class: "said" }, title, bar, loss, around, verdict),
    title,
    bar,
    floor,
    loss,
    around,
    verdict,
  };
}

/** @param {Picture} ui */
export function showSaid(ui) {
  const { said: held, data } = ui;
  const { labels, lang, study } = data;
  const [size, budget] = [study.sizes[ui.size()], study.budgets[ui.budget()]];
  const count = (/** @type {number} */ value) => writeNumber(value, lang, 0);
  const isPredicting = ui.isPredicting();
  for (const part of [held.title, held.bar, held.loss, held.around]) part.hidden = isPredicting;
  if (isPredicting) {
    tell(held.verdict, ...predicted(ui));
    return;
  }
  const { mean, low, high } = ui.point();
  held.title.textContent = labels.point
    .replace("%n", count(size.inside))
    .replace("%m", count(size.parameters))
    .replace("%t", writeCount(budget.tokens, lang));
  const loss = study.floor + mean;
  held.floor.style.width = `${(100 * study.floor) / loss}%`;
  const write = (/** @type {number} */ value) => writeShort(value, lang, 3);
  held.loss.textContent = labels.sum
    .replace("%l", write(loss))
    .replace("%f", write(study.floor))
    .replace("%e", write(mean));
  held.around.textContent = labels.interval
    .replace("%a", writeShort(low, lang, 2))
    .replace("%b", writeShort(high, lang, 2));
  const { times, isAbove } = timesOff(mean, ui.law());
  const words = times < SAME ? labels.lawRight : isAbove ? labels.lawTooLow : labels.lawTooHigh;
  const kind = times < SAME ? "same" : isAbove ? "above" : "below";
  tell(held.verdict, words.replace("%n", writeShort(times, lang, 2)).replace("%w", write(ui.law())), kind);
}

/**
 * What a guess is told: before it is shown, what it says; then who was nearer, the student or the law.
 * @param {Picture} ui
 * @returns {[string, string]}
 */
function predicted(ui) {
  const { labels, lang, study } = ui.data;
  const { known } = ui.state;
  const write = (/** @type {number} */ value) => writeShort(value, lang, 2);
  if (!ui.isShown()) {
    if (!ui.mark.isMoved) {
      const words = labels.asks.replace("%k", String(known)).replace("%n", writeCount(study.sizes[known].inside, lang));
      return [words.replace("%s", writeNumber(study.budgets[ui.budget()].stories, lang, 0)), "asks"];
    }
    const { times, isAbove } = timesOff(ui.guess(), study.points[ui.budget()][known - 1].mean);
    const words = times < SAME ? labels.saysSame : isAbove ? labels.saysMore : labels.saysLess;
    return [words.replace("%n", write(times)), "asks"];
  }
  const truth = ui.point().mean;
  const off = (/** @type {number} */ said) => {
    const { times, isAbove } = timesOff(said, truth);
    if (times < SAME) return labels.exact;
    return (isAbove ? labels.tooHigh : labels.tooLow).replace("%n", write(times));
  };
  const [mine, law] = [timesOff(ui.guess(), truth).times, timesOff(ui.law(), truth).times];
  const isTie = write(mine) === write(law);
  const end = isTie ? labels.tie : mine < law ? labels.youNearer : labels.lawNearer;
  const change = timesOff(truth, study.points[ui.budget()][known - 1].mean);
  const grown = (change.isAbove ? labels.grownWorse : labels.grownBetter).replace(
    "%n",
    writeShort(change.times, lang, 3),
  );
  const words = labels.truth
    .replace("%t", writeShort(truth, lang, 3))
    .replace("%y", off(ui.guess()))
    .replace("%w", off(ui.law()));
  return [`${end} ${words} ${grown}`, isTie ? "same" : mine < law ? "won" : "lost"];
}

/**
 * @param {HTMLElement} verdict
 * @param {string} words
 * @param {string} kind
 */
function tell(verdict, words, kind) {
  verdict.dataset.kind = kind;
  if (verdict.textContent !== words) verdict.textContent = words;
}
