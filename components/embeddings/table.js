// A table of learned numbers: a one-hot times the table is one of its rows. The hand chooses which.
import { floatsOf } from "../in_browser/arrays.js";
import { make, pictureIn, writeNumber } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { reachOf, tint } from "./cells.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Data
 * @property {string} alphabet
 * @property {number} embedding numbers in a row
 * @property {string} table float32 (characters, embedding) in base64
 * @property {string} letter the chosen row's
 * @property {Record<"picture" | "one_hot" | "table" | "row" | "product", string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  if (!ui.isShown || ui.data.letter !== data.letter) ui.letter = data.letter;
  ui.data = data;
  ui.tell = () => setStateValue("letter", ui.letter);
  fill(ui);
  show(ui);
  ui.isShown = true;
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    isShown: false,
    letter: data.letter,
    drawn: "",
    numbers: new Float32Array(),
    lines: /** @type {HTMLElement[]} */ ([]),
    titles: ["one_hot", "table"].map((name) => make("h4", { class: name })),
    rows: make("div", { class: "rows", role: "listbox", tabindex: 0 }),
    said: make("p", { class: "said" }),
    result: make("div", { class: "result", role: "status" }),
    tell() {},
  };
  ui.rows.onkeydown = (event) => {
    const by = meaningOf(event, { ArrowDown: 1, ArrowUp: -1 });
    if (by) choose(ui, ui.data.alphabet.indexOf(ui.letter) + by);
  };
  root.append(make("div", { class: "titles" }, ...ui.titles), ui.rows, ui.said, ui.result);
  return ui;
}

/** @param {Picture} ui */
function fill(ui) {
  const { alphabet, embedding, table, labels } = ui.data;
  ui.titles.forEach((title, i) => {
    title.textContent = i ? labels.table : labels.one_hot;
  });
  ui.rows.setAttribute("aria-label", labels.picture);
  if (ui.drawn === table) return;
  ui.drawn = table;
  ui.numbers = floatsOf(table);
  const reach = reachOf(ui.numbers);
  ui.lines = [...alphabet].map((character, i) => {
    const row = [...ui.numbers.subarray(i * embedding, (i + 1) * embedding)];
    const cells = row.map((value) => make("span", { class: "cell", style: `background: ${tint(value, reach)}` }));
    const attributes = { class: "line", role: "option", id: `row-${i}`, style: `--columns: ${embedding}` };
    const line = make("div", attributes, make("b", {}, character), make("span", { class: "bit" }), ...cells);
    line.onclick = () => choose(ui, i);
    return line;
  });
  ui.rows.replaceChildren(...ui.lines);
}

/**
 * @param {Picture} ui
 * @param {number} row
 */
function choose(ui, row) {
  const { alphabet } = ui.data;
  ui.letter = alphabet[(row + alphabet.length) % alphabet.length];
  show(ui);
  ui.tell();
}

/** @param {Picture} ui */
function show({ data, letter, lines, numbers, rows, said, result }) {
  const { alphabet, embedding, labels, lang } = data;
  const chosen = Math.max(0, alphabet.indexOf(letter));
  rows.setAttribute("aria-activedescendant", `row-${chosen}`);
  lines.forEach((line, i) => {
    line.classList.toggle("lit", i === chosen);
    line.setAttribute("aria-selected", String(i === chosen));
    line.children[1].textContent = i === chosen ? "1" : "0";
  });
  said.textContent = labels.product.replaceAll("%a", alphabet[chosen]).replace("%d", String(chosen));
  const row = [...numbers.subarray(chosen * embedding, (chosen + 1) * embedding)];
  const reach = reachOf(numbers);
  result.setAttribute("style", `--columns: ${embedding}`);
  result.setAttribute("aria-label", labels.row.replace("%a", alphabet[chosen]));
  result.replaceChildren(
    ...row.map((value) =>
      make("span", { class: "number", style: `border-color: ${tint(value, reach)}` }, writeNumber(value, lang, 1)),
    ),
  );
}
