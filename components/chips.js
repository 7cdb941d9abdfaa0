// A text as chips, one per group of tokens: coloured by probability or by surprise. All text is text, never markup.
import { make, pictureIn, writeNumber, writePercent } from "./in_browser/base.js";

/** @import { Component, Surroundings } from "./in_browser/base.js" */
/**
 * @typedef {object} Group tokens that are one visible piece of text
 * @property {string} text
 * @property {(number | null)[] | null} values probabilities, or surprises in nats; null for a student's own words
 * @property {number} first place of its first token
 */
/**
 * @typedef {object} Data
 * @property {Group[]} groups
 * @property {"probability" | "surprise"} mode
 * @property {boolean} selectable whether a chip can be chosen
 * @property {boolean} whole whether all of the text is seen, with nothing to scroll
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Surprises, in nats, that the legend shows. */
const LEGEND = [0, 1, 2, 4, 6, 9];
/** Chips that may appear one after the other; more at once would keep a student waiting. */
const ONE_BY_ONE = 400;

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  ui.tell = (first) => component.setTriggerValue("chosen", first);
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    text: make("div", { class: "text", role: "group" }),
    legend: make("div", { class: "legend", "aria-hidden": "true" }),
    /** Groups that stand already: the next ones appear behind them. */
    shown: 0,
    tell(/** @type {number} */ _first) {},
  };
  root.append(ui.text, ui.legend);
  return ui;
}

/** @param {Picture} ui */
function draw(ui) {
  const { groups, labels, selectable, whole } = ui.data;
  ui.text.setAttribute("aria-label", labels.text);
  ui.text.classList.toggle("whole", whole);
  ui.text.tabIndex = selectable ? -1 : 0; // without buttons inside, the keyboard could not scroll it
  ui.text.replaceChildren(...groups.flatMap((group, index) => chip(ui, group, index - ui.shown)));
  if (groups.length > ui.shown) ui.text.scrollTop = ui.text.scrollHeight;
  if (!groups.length) ui.text.append(make("span", { class: "empty" }, labels.empty));
  ui.shown = groups.length;
  const scale = LEGEND.map((surprise) => tinted(make("i"), surprise));
  ui.legend.replaceChildren(make("span", {}, labels.low), ...scale, make("span", {}, labels.high));
}

/**
 * @param {Picture} ui
 * @param {Group} group
 * @param {number} fresh its place among the new ones, below zero for an old one
 */
function chip(ui, { text, values, first }, fresh) {
  const { data } = ui;
  const shown = text.replaceAll("\n", "⏎");
  const title = values ? describe(data, values) : data.labels.given;
  const attributes = { class: values ? "chip" : "chip given", title };
  const element =
    values && data.selectable
      ? make("button", { ...attributes, "aria-label": `${shown} ${title}` }, shown)
      : make("span", attributes, shown);
  if (values && data.selectable) element.onclick = () => ui.tell(first);
  if (values) tinted(element, surpriseOf(data, values));
  if (fresh >= 0 && fresh < ONE_BY_ONE) element.style.animationDelay = `${fresh * 12}ms`;
  return text.includes("\n") ? [element, make("br")] : [element];
}

/**
 * Of several tokens in one character, the surprises add up; the probabilities multiply.
 * @param {Data} data
 * @param {(number | null)[]} values
 */
function surpriseOf({ mode }, values) {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + (mode === "surprise" ? value : -Math.log(Math.max(value, 1e-9))), 0);
}

/**
 * @param {Data & Surroundings} data
 * @param {(number | null)[]} values
 */
function describe(data, values) {
  const { labels, lang, mode } = data;
  if (values.every((value) => value === null)) return labels.first;
  const surprise = surpriseOf(data, values);
  const parts = values.length > 1 ? ` · ${labels.tokens.replace("%n", String(values.length))}` : "";
  const probability = writePercent(Math.exp(-surprise), lang, mode === "surprise" ? 2 : 1);
  return labels[mode].replace("%s", writeNumber(surprise, lang)).replace("%p", probability) + parts;
}

/**
 * Give an element the colour of a surprise, and the line under it: never colour alone.
 * @param {HTMLElement} element
 * @param {number} surprise in nats
 */
function tinted(element, surprise) {
  element.style.setProperty("--share", `${Math.min(100, Math.round(surprise * 13))}%`);
  element.style.setProperty("--line", `${Math.min(4, Math.round(surprise / 1.5))}px`);
  return element;
}
