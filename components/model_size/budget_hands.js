// The hands of the budget: known trainings, the slider of operations, the bet, the card and what is reached of it.
import { make, writePercent } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { slider } from "../in_browser/slider.js";
import { canBet, take, turn } from "./budget_bets.js";
import { stopsOf } from "./budget_chart.js";
import { budgetsOf, placeOf, resized } from "./budget_law.js";
import { writePower } from "./budget_words.js";

/** @import { Picture } from "./budget.js" */

/** Percent of a card's rate that can be assumed, and the step between two of them. */
const SHARES = { min: 5, max: 100, step: 5 };

/**
 * Make the hands; `listen` gives them something to move.
 * @param {string[]} trainings
 */
export function hands(trainings) {
  let choose = (/** @type {string} */ _name) => {};
  const made = {
    known: segments(trainings, (name) => choose(name)),
    budget: slider(),
    share: slider(),
    card: make("select"),
    cardWords: make("span", { class: "label" }),
    bet: make("button", { type: "button", class: "bet" }),
    note: make("p", { class: "note" }),
  };
  const card = make("label", { class: "choice" }, made.cardWords, made.card);
  return {
    ...made,
    cardRow: card,
    /** @param {(name: any) => void} hears */
    hear(hears) {
      choose = hears;
    },
  };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { hands: held, chart } = ui;
  held.hear((name) => take(ui, name));
  held.budget.range.oninput = () => {
    const ops = budgetsOf(ui.data.limits, ui.data.trainings)[Number(held.budget.range.value)];
    ui.choose({ ops, size: resized(ui.state.size, ui.state.ops, ops, ui.data.limits) });
  };
  chart.range.oninput = () => {
    ui.isPlaced = true;
    ui.choose({ size: stopsOf(ui)[Number(chart.range.value)] });
  };
  held.card.onchange = () => ui.choose({ card: held.card.value });
  held.share.range.oninput = () => ui.choose({ share: Number(held.share.range.value) });
  held.bet.onclick = () => turn(ui);
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { hands: held, data, state } = ui;
  const { labels, hidden } = data;
  const known = ui.known();
  showBudget(ui);
  showCard(ui);
  held.note.textContent = known ? labels.source.replace("%k", known.name).replace("%s", known.source) : "";
  held.bet.textContent = ui.isBetting ? labels.betShow : labels.betHide;
  held.bet.hidden = !canBet(ui, state.ops);
  ui.reply.hidden = held.bet.hidden;
  held.known.box.hidden = held.budget.box.hidden = hidden.includes("ms_budget_ops");
  held.share.box.hidden = hidden.includes("ms_budget_share");
  held.cardRow.hidden = hidden.includes("ms_budget_card");
}

/** @param {Picture} ui */
function showBudget({ hands: held, state, data, known }) {
  const { labels, lang, trainings, limits } = data;
  const names = Object.fromEntries(trainings.map(({ id, name }) => [id, name]));
  held.known.show(known()?.id ?? "", labels.trainings, names);
  // Where none is chosen, the keyboard begins at the first.
  if (!known()) /** @type {HTMLElement} */ (held.known.box.firstElementChild).tabIndex = 0;
  const budgets = budgetsOf(limits, trainings);
  held.budget.show(labels.budget, placeOf(budgets, state.ops), writePower(state.ops, lang), budgets.length - 1);
}

/** @param {Picture} ui */
function showCard({ hands: held, state, data }) {
  const { labels, lang, cards } = data;
  const { range } = held.share;
  [range.min, range.step] = [String(SHARES.min), String(SHARES.step)];
  held.share.show(labels.share, state.share, writePercent(state.share / 100, lang, 0), SHARES.max);
  held.cardWords.textContent = labels.card;
  held.card.setAttribute("aria-label", labels.card);
  if (held.card.dataset.lang !== lang) {
    held.card.replaceChildren(...cards.map(({ id, name }) => make("option", { value: id }, name)));
    held.card.dataset.lang = lang;
  }
  held.card.value = state.card;
}
