// The board of a class's votes: each writer a dot with its interval, on one scale.
import { make, pictureIn } from "../in_browser/base.js";

/** @import { Component } from "../in_browser/base.js" */
/** @typedef {{ name: string, points: string, votes: string, at: number, from: number, to: number }} Row places: 0 to 1 */
/**
 * @typedef {object} Data
 * @property {string} heading
 * @property {Row[]} rows
 * @property {string} total
 * @property {string[]} said
 * @property {{ writer: string, points: string, votes: string }} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const { data } = component;
  const { rows, labels } = data;
  const ui = pictureIn(component, build);
  ui.heading.textContent = data.heading;
  ui.total.textContent = data.total;
  ui.heads.forEach((head, at) => {
    head.textContent = [labels.writer, labels.points, "", labels.votes][at];
  });
  ui.table.hidden = rows.length === 0;
  ui.body.replaceChildren(...rows.map((row) => line(row, labels)));
  ui.said.replaceChildren(...data.said.map((sentence) => make("li", {}, sentence)));
}

/** @param {HTMLElement} root */
function build(root) {
  const heading = make("h4");
  const total = make("span", { class: "total" });
  const heads = [0, 1, 2, 3].map(() => make("th", { scope: "col" }));
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body);
  const said = make("ul", { class: "said" });
  root.append(make("div", { class: "head" }, heading, total), table, said);
  return { heading, total, heads, body, table, said };
}

/**
 * @param {Row} row
 * @param {Data["labels"]} labels
 */
function line({ name, points, votes, at, from, to }, labels) {
  const interval = make("i", { class: "interval", style: `left: ${100 * from}%; width: ${100 * (to - from)}%` });
  const dot = make("b", { class: "dot", style: `left: ${100 * at}%` });
  const track = make("div", { class: "track", "aria-hidden": "true" }, interval, dot);
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, name),
    make("td", { class: "number", "data-label": labels.points }, points),
    make("td", { class: "place" }, track),
    make("td", { class: "number", "data-label": labels.votes }, votes),
  );
}
