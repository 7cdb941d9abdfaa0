// The token that is looked at: what each of the three models would have said at its place.
import { make } from "../in_browser/base.js";
import { writeChance } from "./stories.js";

/** @import { Picture } from "./picture.js" */

/** Make the three lists of bars; `showToken` fills them. */
export function token() {
  const title = make("p", { class: "looked" });
  const lists = [0, 1, 2].map(() => make("div", { class: "tops" }));
  return { box: make("div", { class: "token-box" }, title, make("div", { class: "three" }, ...lists)), title, lists };
}

/** @param {Picture} ui */
export function showToken(ui) {
  const { token: shown, data, state } = ui;
  const { labels, lang, answers } = data;
  const isHidden = (/** @type {number} */ phase) => ui.isVeiled() && !phase;
  const there = ui.revealed !== null || isHidden(state.phase) ? undefined : answers?.[state.phase]?.tokens[state.at];
  shown.title.textContent = there ? labels.looked.replace("%t", visible(there.text)) : labels.hint;
  shown.lists.forEach((list, phase) => {
    list.classList.toggle("chosen", there !== undefined && phase === state.phase);
    if (!there) {
      list.replaceChildren();
      return;
    }
    const after = make("small", {}, labels.after.replace("%p", labels.afterPhases[phase]));
    if (isHidden(phase)) {
      list.replaceChildren(after, make("p", { class: "unknown" }, "?"));
      return;
    }
    const tops = there.tops[phase];
    const isListed = tops.some(({ text }) => text === there.text);
    const rows = isListed ? tops : [...tops, { text: there.text, chance: there.chances[phase] }];
    const bars = rows.map(({ text, chance }) => {
      const fill = make("i");
      fill.style.width = `${100 * chance}%`;
      const name = make("b", { translate: "no", lang: "fr" }, visible(text));
      const is = text === there.text ? " this" : "";
      return make("div", { class: `top${is}` }, name, make("span", { class: "bed" }, fill), writeChance(chance, lang));
    });
    list.replaceChildren(after, ...bars);
  });
}

/**
 * A token whose space and line end are seen.
 * @param {string} text
 */
function visible(text) {
  return text.replace(/^ /, "␣").replace(/\n/g, "⏎");
}
