// One question asked twice: bare, and inside the model's chat template; token by token what it reads and what it writes.
import { make, pictureIn } from "../in_browser/base.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ id: number, text: string, special: boolean }} Token special: it marks a turn, nobody can type it */
/** @typedef {{ name: string, about: string, read: Token[], written: Token[], ended: boolean } | null} Side null: it is being written */
/**
 * @typedef {object} Data
 * @property {Side[]} sides
 * @property {Record<string, string>} labels
 */

/** @param {Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, build);
  ui.sides.replaceChildren(...data.sides.map((side) => shown(side, data)));
}

/** @param {HTMLElement} root */
function build(root) {
  const sides = make("div", { class: "sides" });
  root.append(sides);
  return { sides };
}

/**
 * @param {Side} side
 * @param {Data & Surroundings} data
 */
function shown(side, { labels }) {
  if (!side) return make("section", { class: "side" }, make("p", { class: "about" }, labels.waits));
  const { name, about, read, written, ended } = side;
  const count = (/** @type {Token[]} */ tokens, /** @type {string} */ words) =>
    make("p", { class: "count" }, words.replace("%n", String(tokens.length)));
  return make(
    "section",
    { class: "side" },
    make("p", { class: "name" }, name),
    make("p", { class: "about" }, about),
    count(read, labels.read),
    make("div", { class: "text", translate: "no", lang: "en" }, ...read.map(chip)),
    count(written, labels.written),
    make("div", { class: "text answer", translate: "no", lang: "en" }, ...written.map(chip)),
    make("p", { class: "about" }, ended ? labels.ended : labels.cut),
  );
}

/**
 * @param {Token} token
 */
function chip({ id, text, special }) {
  const visible = special ? text : text.replace(/\n/g, "⏎\n");
  return make("span", { class: special ? "token special" : "token", title: String(id) }, visible);
}
