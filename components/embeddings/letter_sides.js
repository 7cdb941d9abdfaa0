// Beside the map of the letters: ten words that the network invents, and the letters that it expects next.
import { make } from "../in_browser/base.js";
import { bar } from "../in_browser/charts.js";

/** @import { Data } from "./letter_map.js" */
/** @import { Surroundings } from "../in_browser/base.js" */

const LIKELIEST = 8;

export function invented() {
  const title = make("h4");
  const list = make("ul", { class: "invented" });
  return {
    element: make("section", {}, title, list),
    /**
     * @param {number} frame
     * @param {Data} data
     */
    show(frame, { invented: words, labels }) {
      title.textContent = labels.invented;
      const items = words[frame].map(([word, isKnown]) =>
        isKnown
          ? make("li", { class: "known" }, word || "∅", make("small", {}, labels.known))
          : make("li", {}, word || "∅"),
      );
      list.replaceChildren(...items);
    },
  };
}

export function expected() {
  const title = make("h4");
  const bars = make("div", { class: "chances" });
  return {
    element: make("section", {}, title, bars),
    /**
     * @param {number} frame
     * @param {Data & Surroundings} data
     */
    show(frame, { chances: all, labels, characters, lang }) {
      title.textContent = labels.chances;
      const chances = all[frame];
      const order = [...chances.keys()].sort((a, b) => chances[b] - chances[a]).slice(0, LIKELIEST);
      const rest = 1 - order.reduce((sum, i) => sum + chances[i], 0);
      /** @type {[name: string, chance: number][]} */
      const rows = order.map((i) => [characters[i] === "." ? labels.end : characters[i], chances[i]]);
      const drawn = [...rows, /** @type {const} */ ([labels.rest, rest])].map(([name, chance]) => {
        const row = bar(name);
        row.show(chance, lang);
        return row.box;
      });
      bars.replaceChildren(...drawn);
    },
  };
}
