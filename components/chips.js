// A text as chips, one per group of tokens: coloured by probability or by surprise.
import { chip, legend } from "./chip.js";
import { make, pictureIn } from "./in_browser/base.js";

/** @import { Group } from "./chip.js" */
/** @import { Component, Surroundings } from "./in_browser/base.js" */
/**
 * @typedef {object} Data
 * @property {Group[]} groups
 * @property {"probability" | "surprise"} mode
 * @property {boolean} whole whether all of the text is seen, with nothing to scroll
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  draw(ui, component.data);
}

/** @param {HTMLElement} root */
function build(root) {
  // Without buttons inside, the keyboard could not scroll it.
  const ui = {
    text: make("div", { class: "text", role: "group", tabindex: 0 }),
    legend: make("div", { class: "legend", "aria-hidden": "true" }),
  };
  root.append(ui.text, ui.legend);
  return ui;
}

/**
 * @param {Picture} ui
 * @param {Data & Surroundings} data
 */
function draw(ui, data) {
  const { groups, labels, whole } = data;
  ui.text.setAttribute("aria-label", labels.text);
  ui.text.classList.toggle("whole", whole);
  ui.text.replaceChildren(...groups.flatMap((group) => chip(group, data, null)));
  if (!groups.length) ui.text.append(make("span", { class: "empty" }, labels.empty));
  ui.legend.replaceChildren(...legend(labels));
}
