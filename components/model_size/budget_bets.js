// Bets on a hidden curve: what the student has been shown, whether a bet counts, where the ruler begins.
import { budgetsOf, isAnswered, windowOf } from "./budget_law.js";

/** @import { Picture } from "./budget.js" */

/**
 * Whether a budget can be bet on: the law speaks of it, and the teacher's link has the bet.
 * @param {Picture} ui
 * @param {number} ops
 */
export function canBet({ data }, ops) {
  return ops >= data.limits.least && !data.hidden.includes("ms_budget_bet");
}

/**
 * Whether a bet on a budget counts: nothing has shown yet where its hollow is.
 * @param {Picture} ui
 * @param {number} ops
 */
function isOpen(ui, ops) {
  const { limits, trainings } = ui.data;
  return canBet(ui, ops) && !isAnswered(ops, [...ui.seen], ui.law(), limits, trainings);
}

/** Note what the hand rests on, where its curve is on show. @param {Picture} ui */
export function noteSeen({ state, data, seen, isBetting }) {
  if (state.ops >= data.limits.least && !isBetting) seen.add(state.ops);
}

/**
 * Take a known training's budget and its split; its curve hides while a bet on it counts: would the student do better?
 * @param {Picture} ui
 * @param {string} name
 */
export function take(ui, name) {
  const known = ui.data.trainings.find(({ id }) => id === name);
  if (!known) return;
  ui.hides = isOpen(ui, known.operations);
  ui.isPlaced = false;
  ui.choose({ ops: known.operations, size: known.parameters });
}

/** Hide the curve, or show it: where the ruler stands then is the bet. @param {Picture} ui */
export function turn(ui) {
  if (ui.isBetting) show(ui);
  else hide(ui);
}

/**
 * The ruler goes back to where the known training is, or to the smallest model: its place would tell the hollow.
 * @param {Picture} ui
 */
function hide(ui) {
  ui.hides = true;
  ui.isPlaced = false;
  ui.choose({ size: ui.known()?.parameters ?? windowOf(ui.state.ops, ui.data.limits).low });
}

/** @param {Picture} ui */
function show(ui) {
  const bet = { ops: ui.state.ops, size: ui.state.size, seen: [...ui.seen], number: Date.now() };
  ui.hides = false;
  ui.seen.add(bet.ops);
  ui.isFresh = true;
  ui.show();
  ui.isFresh = false;
  if (ui.isPlaced) ui.send("bet", bet);
  else ui.told.soon(); // nothing was moved: no bet, but the curve was seen
}

/** What the picture says while the curve is hidden: what to do, or where a bet would count. @param {Picture} ui */
export function asked(ui) {
  const { labels, limits, trainings, hidden } = ui.data;
  if (isOpen(ui, ui.state.ops)) return ui.known() ? labels.betting : labels.bettingOwn;
  if (hidden.includes("ms_budget_ops")) return labels.practice;
  const next = trainings.find(({ operations }) => isOpen(ui, operations));
  if (next) return `${labels.practice} ${labels.practiceNext.replace("%n", next.name)}`;
  const isLeft = budgetsOf(limits, trainings).some((ops) => isOpen(ui, ops));
  return `${labels.practice} ${isLeft ? labels.practiceOwn : labels.practiceNone}`;
}
