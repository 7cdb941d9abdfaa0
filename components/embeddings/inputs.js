// What a network reads of some characters, to scale: one-hots of as many cells as there are characters, or embeddings.
import { floatsOf } from "../in_browser/arrays.js";
import { make, pictureIn, writeNumber } from "../in_browser/base.js";
import { reachOf, tint } from "./cells.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Data
 * @property {string} alphabet
 * @property {number[]} codes of the characters read
 * @property {number} embedding numbers of an embedding
 * @property {string} rows float32 (characters read, embedding) in base64
 * @property {Record<"picture" | "one_hot" | "embedding", string>} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  draw(ui, component.data);
}

/** @param {HTMLElement} root */
function build(root) {
  const ui = { hot: block("hot"), small: block("small"), root };
  root.setAttribute("role", "img");
  root.append(ui.hot.element, ui.small.element);
  return ui;
}

/** @param {string} kind */
function block(kind) {
  const [title, grid] = [make("h4"), make("div", { class: `grid ${kind}` })];
  return { element: make("section", {}, title, grid), title, grid };
}

/**
 * @param {ReturnType<typeof build>} ui
 * @param {Data & Surroundings} data
 */
function draw({ hot, small, root }, { alphabet, codes, embedding, rows, labels, lang }) {
  const numbers = floatsOf(rows);
  const reach = reachOf(numbers);
  const columns = `--columns: ${alphabet.length}`;
  root.setAttribute("aria-label", labels.picture);
  hot.title.textContent = labels.one_hot;
  small.title.textContent = labels.embedding;
  hot.grid.setAttribute("style", columns);
  small.grid.setAttribute("style", columns); // the same cells: both are drawn to one scale
  const head = [make("b"), ...[...alphabet].map((character) => make("span", { class: "head" }, character))];
  const cells = codes.flatMap((code) => [
    make("b", {}, alphabet[code]),
    ...[...alphabet].map((_, i) => make("span", { class: i === code ? "cell lit" : "cell" }, i === code ? "1" : "0")),
  ]);
  hot.grid.replaceChildren(...head, ...cells);
  const learned = codes.flatMap((code, place) => {
    const row = [...numbers.subarray(place * embedding, (place + 1) * embedding)];
    return [
      make("b", {}, alphabet[code]),
      ...row.map((value, i) => {
        const style = `background: ${tint(value, reach)};${i === 0 ? " grid-column: 2" : ""}`;
        return make("span", { class: "cell", style, title: writeNumber(value, lang) });
      }),
    ];
  });
  small.grid.replaceChildren(...learned);
}
