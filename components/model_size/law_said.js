// What the lit point is, in words and as a bar: loss = floor + excess; what the law says there; how the guess did.
import { make, writeNumber, writeShort } from "../in_browser/base.js";
import { kindOf } from "./law_kinds.js";
import { timesOff, writeCount } from "./law_places.js";

/** @import { Picture } from "./law.js" */
/** @typedef {{ words: string[], kind: string }} Verdict its sentences, the first in bold */

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
    const warned = { words: [labels.spoils, labels.first], kind: "asks" };
    tell(held.verdict, ui.isAsking ? warned : ui.isShown() ? judged(ui) : asked(ui));
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
  tell(held.verdict, { words: [words.replace("%n", writeShort(times, lang, 2)).replace("%w", write(ui.law()))], kind });
}

/**
 * Before it is shown: what is asked, or what the mark says; and whether that counts.
 * @param {Picture} ui
 * @returns {Verdict}
 */
function asked(ui) {
  const { labels, lang, study } = ui.data;
  const { known } = ui.state;
  const added = ui.isPractice() ? [practice(ui)] : [];
  if (!ui.mark.isMoved) {
    const words = labels.asks.replace("%k", String(known)).replace("%n", writeCount(study.sizes[known].inside, lang));
    return { words: [words.replace("%s", writeNumber(ui.state.budget, lang, 0)), ...added], kind: "asks" };
  }
  const { times, isAbove } = timesOff(ui.guess(), study.points[ui.budget()][known - 1].mean);
  const words = times < SAME ? labels.saysSame : isAbove ? labels.saysMore : labels.saysLess;
  return { words: [words.replace("%n", writeShort(times, lang, 2)), ...added], kind: "asks" };
}

/**
 * That the lit point was seen before, and where predictions still count.
 * @param {Picture} ui
 */
function practice({ data, seen }) {
  const { labels, lang, study, mission } = data;
  if (mission.isTicked || !mission.canCome || seen >= study.sizes.length) return labels.practice;
  return `${labels.practice} ${labels.countsFrom.replace("%n", writeCount(study.sizes[seen].inside, lang))}`;
}

/**
 * Once it is shown: who was nearer, the student or the law; the truth; what the size brought.
 * @param {Picture} ui
 * @returns {Verdict}
 */
function judged(ui) {
  const { labels, lang, study } = ui.data;
  const write = (/** @type {number} */ value) => writeShort(value, lang, 2);
  const truth = ui.point().mean;
  const off = (/** @type {number} */ said) => {
    const { times, isAbove } = timesOff(said, truth);
    if (times < SAME) return labels.exact;
    return (isAbove ? labels.tooHigh : labels.tooLow).replace("%n", write(times));
  };
  const [mine, law] = [timesOff(ui.guess(), truth).times, timesOff(ui.law(), truth).times];
  const isTie = write(mine) === write(law);
  const end = isTie ? labels.tie : mine < law ? labels.youNearer : labels.lawNearer;
  const words = labels.truth
    .replace("%t", writeShort(truth, lang, 3))
    .replace("%y", off(ui.guess()))
    .replace("%w", off(ui.law()));
  const change = timesOff(truth, study.points[ui.budget()][ui.state.known - 1].mean);
  const grown = labels.grown[kindOf(study, ui.budget(), ui.size())].replace("%n", writeShort(change.times, lang, 3));
  const kind = isTie ? "same" : mine < law ? "won" : "lost";
  return { words: [ui.isPractice() ? labels.practised : end, words, grown], kind };
}

/**
 * @param {HTMLElement} verdict
 * @param {Verdict} told
 */
function tell(verdict, { words, kind }) {
  verdict.dataset.kind = kind;
  if (verdict.dataset.words === words.join(" ")) return;
  verdict.dataset.words = words.join(" ");
  const [first, ...rest] = words;
  verdict.replaceChildren(make("strong", {}, first), ...rest.map((line) => make("span", {}, ` ${line}`)));
}
