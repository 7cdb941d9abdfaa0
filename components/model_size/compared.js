// The models that are there: how fast this machine writes and reads, predicted and measured, two bars each.
import { make, pictureIn, writeNumber, writePercent } from "../in_browser/base.js";
import { readingSpeed, writingSpeed } from "./speed.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Machine, Work } from "./speed.js" */
/**
 * @typedef {object} Row a model that writes or reads after so many tokens
 * @property {"writing" | "reading"} what
 * @property {string} name
 * @property {string} family
 * @property {number} tokens
 * @property {Work} work
 * @property {number} measured tokens a second
 */
/**
 * @typedef {object} Data
 * @property {Row[]} rows
 * @property {Machine} machine
 * @property {string} precision that they are computed in
 * @property {Record<string, string>} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, build);
  ui.table.setAttribute("aria-label", data.labels.table);
  const parts = /** @type {const} */ (["writing", "reading"]).flatMap((what) => {
    const rows = data.rows.filter((row) => row.what === what);
    return rows.length ? [heading(data.labels[what]), ...rows.map((row) => shown(row, data))] : [];
  });
  ui.table.replaceChildren(...parts);
}

/** @param {HTMLElement} root */
function build(root) {
  const table = make("div", { class: "table", role: "table" });
  root.append(table);
  return { table };
}

/** @param {string} text */
function heading(text) {
  return make("div", { class: "heading", role: "row" }, make("span", { role: "columnheader" }, text));
}

/**
 * One model: its name, a bar for each speed, and by how much the prediction is off.
 * @param {Row} row
 * @param {Data & Surroundings} data
 */
function shown({ what, name, family, tokens, work, measured }, { machine, precision, labels, lang }) {
  const predicted =
    what === "writing"
      ? writingSpeed(work, machine, family, precision)
      : readingSpeed(work, machine, family, precision, tokens);
  const longest = Math.max(predicted, measured);
  const lines = Object.entries({ predicted, measured }).map(([kind, speed]) => {
    const bar = make("i", { class: `bar ${kind}` });
    bar.style.width = `${(100 * speed) / longest}%`;
    const told = labels.speed.replace("%n", writeNumber(speed, lang, speed < 100 ? 1 : 0));
    return make("div", { class: "line" }, make("span", {}, labels[kind]), make("span", { class: "rail" }, bar), told);
  });
  const off = predicted / measured - 1;
  const written = `${off < 0 ? "−" : "+"}${writePercent(Math.abs(off), lang, 0)}`;
  const after = labels.after.replace("%n", writeNumber(tokens, lang, 0));
  return make(
    "div",
    { class: "row", role: "row" },
    make("b", { role: "rowheader" }, name, make("small", {}, after)),
    make("div", { role: "cell", class: "lines" }, ...lines),
    make("span", { role: "cell", class: "off", title: labels.off }, written),
  );
}
