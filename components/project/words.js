// What is said under the ladder: how near the guess was, what the last row is worth, what the test set says.
import { make, writeNumber, writePercent, writeWhole } from "../in_browser/base.js";

/** @import { Picture, Rung } from "./picture.js" */

/** Make the place of the words; `showWords` fills it. */
export function words() {
  const [guess, verdict, test] = ["guess", "verdict", "tested"].map((kind) => make("p", { class: kind }));
  const box = make("div", { class: "words", "aria-live": "polite" }, guess, verdict, test);
  return { box, guess, verdict, test, best };
}

/**
 * The row that is chosen on validation: the best one.
 * @param {Picture} ui
 */
function best(ui) {
  return ui.rungs().reduce((one, other) => (other.accuracy > one.accuracy ? other : one));
}

/** @param {Picture} ui */
export function showWords(ui) {
  const { words: held, data } = ui;
  const last = ui.rungs()[ui.shown() - 1];
  say(held.guess, ui.isVeiled() ? data.labels.waits : ofGuess(ui, last));
  say(held.verdict, ofRow(ui, last));
  say(held.test, ui.state.test && ui.shown() === ui.rungs().length ? ofTest(ui) : "");
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
  place.hidden = !text;
}

/**
 * How far the guess of a row was from it.
 * @param {Picture} ui
 * @param {Rung} rung
 */
function ofGuess(ui, rung) {
  const { labels, lang } = ui.data;
  const bet = ui.bets.get(ui.key(rung.model));
  if (bet === undefined) return ui.shown() === 1 ? labels.begin : "";
  const away = Math.abs(bet - rung.accuracy);
  const isInside = bet >= rung.low && bet <= rung.high;
  const words = isInside ? labels.inside : bet > rung.accuracy ? labels.tooHigh : labels.tooLow;
  return words
    .replace("%b", writePercent(bet, lang, 0))
    .replace("%a", writePercent(rung.accuracy, lang))
    .replace("%d", writeNumber(100 * away, lang, away < 0.1 ? 1 : 0));
}

/**
 * What a row is worth beside the best of those above it.
 * @param {Picture} ui
 * @param {Rung} rung
 */
function ofRow(ui, rung) {
  const { labels, lang } = ui.data;
  const { against } = rung;
  if (!against) return labels.first.replace("%a", writePercent(rung.accuracy, lang));
  const kind = against.kind === "real" ? (against.gap > 0 ? "better" : "worse") : "unclear";
  return labels[kind]
    .replace("%m", ui.nameOf(rung.model))
    .replace("%o", ui.nameOf(against.model))
    .replace("%g", writeNumber(100 * Math.abs(against.gap), lang, 1))
    .replace("%s", writeWhole(against.seeds, lang))
    .replace("%p", pOf(against.p, lang));
}

/**
 * @param {number | null} p
 * @param {string} lang
 */
function pOf(p, lang) {
  if (p === null) return "–";
  return p < 0.001 ? `< ${writeNumber(0.001, lang, 3)}` : `= ${writeNumber(p, lang, p < 0.1 ? 3 : 2)}`;
}

/** @param {Picture} ui */
function ofTest(ui) {
  const { labels, lang } = ui.data;
  const chosen = best(ui);
  return labels.tested
    .replace("%m", ui.nameOf(chosen.model))
    .replace("%v", writePercent(chosen.accuracy, lang))
    .replace("%t", writePercent(chosen.test ?? 0, lang))
    .replace("%n", writeWhole(Math.max(1, ui.opened), lang));
}
