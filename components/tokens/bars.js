// The tokenizers side by side: a bar each, as long as the text is for it; pressed, it cuts the text of the picture.
import { make, writeNumber } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/**
 * @typedef {object} Count what a tokenizer makes of the text
 * @property {string} name
 * @property {number | null} tokens null: it is missing here
 * @property {number} touched different tokens
 * @property {number} vocabulary 0 where there is no list
 */

/** @param {(name: string) => void} choose */
export function bars(choose) {
  const box = make("div", { class: "bars", role: "radiogroup" });
  /**
   * @param {Count[]} counts
   * @param {string} chosen
   * @param {boolean} isVeiled the numbers would answer the question
   * @param {{ names: Record<string, string> } & Record<string, any>} labels
   * @param {string} lang
   */
  function show(counts, chosen, isVeiled, labels, lang) {
    const longest = Math.max(1, ...counts.map(({ tokens }) => tokens ?? 0));
    const focused = box.matches(":focus-within");
    box.setAttribute("aria-label", labels.tokenizer);
    const rows = counts.map(({ name, tokens, touched, vocabulary }, place) => {
      const whole = (/** @type {number} */ value) => writeNumber(value, lang, 0);
      const bar = make("i", { class: "bar" });
      bar.style.width = isVeiled || tokens === null ? "0" : `${(100 * tokens) / longest}%`;
      const used = vocabulary
        ? labels.touched.replace("%u", whole(touched)).replace("%a", whole(vocabulary))
        : labels.different.replace("%u", whole(touched));
      const row = make(
        "button",
        { type: "button", role: "radio", "aria-checked": String(name === chosen), "data-name": name, class: "row" },
        make("span", { class: "name" }, labels.names[name]),
        make("b", {}, isVeiled ? "?" : tokens === null ? "–" : whole(tokens)),
        make("span", { class: "rail" }, bar),
        make("small", { title: labels.touchedTitle }, tokens === null ? labels.missing : isVeiled ? "" : used),
      );
      row.tabIndex = name === chosen ? 0 : -1;
      row.onclick = () => choose(name);
      row.onkeydown = (event) => {
        const by = meaningOf(event, { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 });
        if (by) choose(counts[(place + by + counts.length) % counts.length].name);
      };
      return row;
    });
    box.replaceChildren(...rows);
    if (focused) rows.find((row) => row.dataset.name === chosen)?.focus();
  }
  return { box, show };
}
