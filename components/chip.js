// One chip of a text: tokens that are one visible piece, coloured by probability or surprise. All text is text, never
// markup.
import { make, writeNumber, writePercent } from "./in_browser/base.js";

/**
 * @typedef {object} Group tokens that are one visible piece of text
 * @property {string} text
 * @property {(number | null)[] | null} values probabilities, or surprises in nats; null for a student's own words
 * @property {number} first place of its first token
 * @property {number} [last] one past its last token
 * @property {boolean} [isEnd] whether it is the token that ends a text
 */
/**
 * @typedef {object} Look how chips are coloured and named
 * @property {"probability" | "surprise"} mode
 * @property {Record<string, string>} labels
 * @property {string} lang
 */

/** Surprises, in nats, that the legend shows. */
const LEGEND = [0, 1, 2, 4, 6, 9];

/**
 * Make the elements of a group: its chip, and a line break where the text has one.
 * @param {Group} group
 * @param {Look} look
 * @param {((first: number) => void) | null} choose called with the first token of a clicked chip; null: not to click
 */
export function chip(group, look, choose) {
  const { text, values, first, isEnd } = group;
  const shown = isEnd ? look.labels.end : text.replaceAll("\n", "⏎");
  const title = values ? describe(look, values) : look.labels.given;
  const attributes = { class: values ? (isEnd ? "chip end" : "chip") : "chip given", title };
  const element =
    values && choose
      ? make("button", { type: "button", ...attributes, "aria-label": `${shown} ${title}` }, shown)
      : make("span", attributes, shown);
  if (values && choose) element.onclick = () => choose(first);
  if (values) tinted(element, surpriseOf(look.mode, values));
  return text.includes("\n") ? [element, make("br")] : [element];
}

/**
 * The colours of a text and what they mean.
 * @param {Record<string, string>} labels
 */
export function legend(labels) {
  const scale = LEGEND.map((surprise) => tinted(make("i"), surprise));
  return [make("span", {}, labels.low), ...scale, make("span", {}, labels.high)];
}

/**
 * Of several tokens in one character, the surprises add up; the probabilities multiply.
 * @param {Look["mode"]} mode
 * @param {(number | null)[]} values
 */
function surpriseOf(mode, values) {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + (mode === "surprise" ? value : -Math.log(Math.max(value, 1e-9))), 0);
}

/**
 * @param {Look} look
 * @param {(number | null)[]} values
 */
function describe({ labels, lang, mode }, values) {
  if (values.every((value) => value === null)) return labels.first;
  const surprise = surpriseOf(mode, values);
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
