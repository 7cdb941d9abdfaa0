// The merge that is shown, in one large line, and those around it in a list; pressing one goes there.
import { make, writeNumber } from "../in_browser/base.js";
import { BYTES } from "./bpe_row.js";
import { filled, tokenOf, wordsOf } from "./learn_words.js";

/** @import { Merge } from "./bpe.js" */
/**
 * @typedef {object} Learned
 * @property {Merge[]} merges
 * @property {Uint8Array[]} strings bytes of every token
 */

/** Merges in the list before and behind the one that is shown. */
const AROUND = 3;

/** Words that may run from right to left, and turn nothing around them. @param {string} words */
const isolated = (words) => `\u2068${words}\u2069`;

/** @param {(merge: number) => void} go */
export function mergeList(go) {
  const says = make("p", { class: "says" });
  const list = make("ol", { class: "merges" });
  const rows = [...Array(2 * AROUND + 1).keys()].map(() => {
    const row = {
      button: make("button", { type: "button" }),
      number: make("span", { class: "number" }),
      words: make("span", { class: "pair" }),
      times: make("span", { class: "times" }),
      merge: 0,
    };
    row.button.append(row.number, row.words, row.times);
    row.button.onclick = () => go(row.merge);
    list.append(make("li", {}, row.button));
    return row;
  });

  /**
   * @param {Learned} learned
   * @param {number} at
   * @param {Record<string, string>} labels
   * @param {string} lang
   */
  function show({ merges, strings }, at, labels, lang) {
    const write = (/** @type {number} */ value) => writeNumber(value, lang, 0);
    const first = Math.max(1, Math.min(at - AROUND, merges.length - 2 * AROUND));
    list.setAttribute("aria-label", labels.list);
    for (const [place, row] of rows.entries()) {
      row.merge = first + place;
      const merge = merges[row.merge - 1];
      row.button.style.visibility = merge ? "" : "hidden";
      if (!merge) continue;
      const [left, right, made] = [merge.left, merge.right, BYTES - 1 + row.merge].map((id) =>
        isolated(wordsOf(strings[id])),
      );
      row.number.textContent = write(row.merge);
      row.words.textContent = `${left} + ${right} → ${made}`;
      row.times.textContent = labels.times.replace("%t", write(merge.times));
      if (row.merge === at) row.button.setAttribute("aria-current", "true");
      else row.button.removeAttribute("aria-current");
    }
    const merge = merges[at - 1];
    if (!merge) {
      says.textContent = merges.length ? labels.none : labels.empty;
      return;
    }
    const chips = [merge.left, merge.right, BYTES - 1 + at].map((id) => tokenOf(id, strings[id]));
    says.replaceChildren(
      ...filled(labels.merge, {
        "%n": write(at),
        "%l": chips[0],
        "%r": chips[1],
        "%m": chips[2],
        "%t": make("b", {}, write(merge.times)),
      }),
    );
  }
  return { says, list, show };
}
