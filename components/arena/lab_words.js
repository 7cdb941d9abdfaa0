// What the laboratory's rankings come to, in words.
import { make, writeNumber, writeWhole } from "../in_browser/base.js";

/** @import { Picture } from "./lab.js" */

/** Make the sentences; `say` fills them. */
export function words() {
  const [fitted, games, changed] = ["fitted", "games", "changed"].map((name) => make("p", { class: name }));
  return {
    box: make("div", { class: "words", "aria-live": "polite" }, fitted, games, changed),
    fitted,
    games,
    changed,
  };
}

/** @param {Picture} ui */
export function say(ui) {
  const { data, ranked, words: held } = ui;
  const { labels, lang, names } = data;
  const write = (/** @type {HTMLElement} */ element, /** @type {string} */ text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const leader = names[ranked.places.indexOf(1)];
  write(
    held.fitted,
    labels.fitted
      .replace("%m", leader)
      .replace("%n", writeWhole(ranked.inPlace, lang))
      .replace("%a", writeWhole(names.length, lang))
      .replace("%h", writeNumber(ranked.reach, lang, 1))
      .replace("%f", writeWhole(ranked.firsts, lang)),
  );
  write(
    held.games,
    labels[ranked.leaders > 1 ? "eloChanges" : "elo"]
      .replace("%m", names[ranked.eloFirst])
      .replace("%o", writeWhole(ranked.orders, lang))
      .replace("%c", writeWhole(ranked.leaders, lang))
      .replace("%s", writeNumber(ranked.spread, lang, 1)),
  );
  write(held.changed, changed(ui, leader));
}

/**
 * @param {Picture} ui
 * @param {string} leader
 */
function changed({ data, ranked, state }, leader) {
  const { labels, lang, names } = data;
  switch (state.view) {
    case "taste":
      return labels.taste
        .replace("%s", writeWhole(Math.round(100 * ranked.stretch), lang))
        .replace("%b", state.style ? labels.controlled.replace("%b", writeWhole(ranked.step, lang)) : "");
    case "cheat":
      return labels.cheat
        .replace("%m", names[state.helped])
        .replace("%r", writeWhole(ranked.places[state.helped], lang))
        .replace("%f", writeWhole(state.fakes, lang));
    case "drop":
      return labels[state.lost === "chance" ? "dropChance" : "drop"]
        .replace("%g", writeNumber(ranked.lead, lang, 1))
        .replace("%m", leader)
        .replace("%d", writeWhole(state.dropped, lang))
        .replace("%v", writeWhole(state.votes, lang))
        .replace("%p", writeNumber(ranked.loss?.predicted ?? ranked.lead, lang, 1))
        .replace("%x", writeWhole(ranked.loss?.fewest ?? 0, lang));
    default:
      return labels.order;
  }
}
