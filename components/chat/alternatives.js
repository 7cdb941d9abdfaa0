// What else could have stood at a place of the answer: the likeliest tokens, and how probable each was.
import { make, writePercent } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */

/** Make the panel; `showAlternatives` fills it. */
export function alternatives() {
  const title = make("div", { class: "title" });
  const bars = make("div", { class: "others" });
  return { box: make("div", { class: "alternatives", "aria-live": "polite" }, title, bars), title, bars };
}

/** @param {Picture} ui */
export function showAlternatives(ui) {
  const { data, alternatives: held, state } = ui;
  const { labels, lang } = data;
  const turn = ui.shown();
  const isHidden = ui.isVeiled() || ui.seen !== null;
  const token = isHidden ? undefined : turn?.tokens[state.token];
  held.title.textContent = token
    ? labels.place.replace("%t", token[0].replaceAll("\n", "⏎"))
    : turn?.tokens.length && !isHidden
      ? labels.point
      : "";
  const others = token?.[2] ?? [];
  held.bars.replaceChildren(
    ...others.map(([text, probability]) => {
      const bar = make("i");
      bar.style.width = `${Math.max(0.5, 100 * probability)}%`;
      const kind = text === token?.[0] ? "other taken" : "other";
      const words = make("span", { class: "text", translate: "no" }, text.replaceAll("\n", "⏎"));
      return make(
        "div",
        { class: kind },
        words,
        make("span", { class: "room" }, bar),
        writePercent(probability, lang, 1),
      );
    }),
  );
}
