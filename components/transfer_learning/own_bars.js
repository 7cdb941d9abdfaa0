// Bars with names: what a network reads, the surest in bold; what was recognised of each class.
import { make } from "../in_browser/base.js";

/** @typedef {{ name: string, share: number | null, told: string }} Row */

/**
 * Make a list of bars; `show` writes them, and keeps its elements so that they glide.
 * @param {string} name of its class
 */
export function bars(name) {
  const box = make("ul", { class: `bars ${name}` });
  return {
    box,
    /**
     * @param {Row[]} rows
     * @param {string} label
     */
    show(rows, label) {
      box.setAttribute("aria-label", label);
      while (box.children.length > rows.length) box.lastElementChild?.remove();
      const surest = Math.max(...rows.map((row) => row.share ?? -1));
      rows.forEach((row, at) => {
        const item = box.children[at] ?? box.appendChild(empty());
        const [word, track, told] = item.children;
        item.classList.toggle("surest", row.share !== null && row.share === surest);
        word.textContent = row.name;
        /** @type {HTMLElement} */ (track.firstElementChild).style.width = `${100 * (row.share ?? 0)}%`;
        told.textContent = row.told;
      });
    },
  };
}

function empty() {
  const track = make("span", { class: "track", "aria-hidden": "true" }, make("i"));
  return make("li", {}, make("b"), track, make("span", { class: "told" }));
}
