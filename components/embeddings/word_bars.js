// Words and a number each: bars from zero, to the right, or to both sides of a middle.
import { make, pictureIn, writeNumber } from "../in_browser/base.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Data
 * @property {[word: string, value: number, kind: string][]} rows kind: "", "own" for a word of the question, "pair"
 * @property {number} low where the scale begins: 0, or as far below it as `high` is above
 * @property {number} high
 * @property {Record<"picture" | "left" | "right" | "own", string>} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  draw(ui, component.data);
}

/** @param {HTMLElement} root */
function build(root) {
  const ui = { ends: make("div", { class: "ends" }), rows: make("ul", { class: "rows" }) };
  root.append(ui.ends, ui.rows);
  return ui;
}

/**
 * @param {ReturnType<typeof build>} ui
 * @param {Data & Surroundings} data
 */
function draw(ui, { rows, low, high, labels, lang }) {
  const share = (/** @type {number} */ value) => (100 * (value - low)) / (high - low);
  ui.rows.setAttribute("aria-label", labels.picture);
  ui.ends.replaceChildren(make("span", {}, labels.left), make("span", {}, labels.right));
  ui.ends.hidden = !labels.left;
  ui.rows.replaceChildren(
    ...rows.map(([word, value, kind]) => {
      const [from, to] = [Math.min(share(0), share(value)), Math.max(share(0), share(value))];
      const fill = make("span", {
        class: value < 0 ? "fill below" : "fill",
        style: `left: ${from}%; width: ${to - from}%`,
      });
      const middle = make("span", { class: "zero", style: `left: ${share(0)}%` });
      const name = make("b", {}, word, ...(kind === "own" ? [make("small", {}, labels.own)] : []));
      return make("li", { class: kind }, name, make("span", { class: "bed" }, fill, middle), writeNumber(value, lang));
    }),
  );
}
