// The bars of a choice: what could be written next, how probable it is after the settings and for the model itself.
import { softmax } from "../in_browser/arrays.js";
import { make, writeNumber, writePercent } from "../in_browser/base.js";
import { entropy, likeliest } from "./sampling.js";

/**
 * @typedef {object} Choice what could be chosen at one place, the likeliest first
 * @property {number[]} tokens
 * @property {string[]} words
 * @property {number[]} chances after the settings
 * @property {number[]} model the model's own probabilities
 * @property {number} rest the probability of the others
 * @property {number} others how many they are
 * @property {number} bits the entropy after the settings
 */
/**
 * @typedef {object} Frame what the bars need to know besides
 * @property {Record<string, string>} labels
 * @property {string} lang
 * @property {number | null} end the token that ends a text
 * @property {number} [chosen] the token that was taken here
 * @property {((token: number) => void) | null} choose called with the token of a clicked bar; null: not to click
 */

/**
 * Return the choice that logits leave after the settings.
 * @param {Float64Array} logits the model's
 * @param {Float64Array} chances after the settings
 * @param {Record<string, string>} vocabulary by token
 * @param {number} count
 * @returns {Choice}
 */
export function choiceOf(logits, chances, vocabulary, count) {
  const model = softmax(logits);
  const tokens = likeliest(chances, count, model);
  const named = tokens.filter((token) => chances[token] > 0).length;
  return {
    tokens,
    words: tokens.map((token) => vocabulary[token] ?? `#${token}`),
    chances: tokens.map((token) => chances[token]),
    model: tokens.map((token) => model[token]),
    rest: tokens.reduce((left, token) => left - chances[token], 1),
    others: chances.reduce((sum, chance) => sum + Number(chance > 0), -named),
    bits: entropy(chances),
  };
}

/**
 * Make the rows of a choice, and one for all other tokens.
 * @param {Choice} choice
 * @param {Frame} frame
 */
export function rows(choice, frame) {
  const { labels, lang } = frame;
  const longest = Math.max(choice.chances[0], ...choice.model, 1e-9);
  const bars = choice.tokens.map((token, place) => {
    const chance = choice.chances[place];
    return row(bar(frame, token, choice.words[place], chance), chance, lang, longest, choice.model[place]);
  });
  const others = labels.rest.replace("%n", writeNumber(Math.max(0, choice.others), lang, 0));
  const rest = make("span", { class: "rest" }, word(others));
  return [...bars, row(rest, Math.max(0, choice.rest), lang, longest)];
}

/**
 * The button of a token, with its word; a row without a button where nothing can be chosen.
 * @param {Frame} frame
 * @param {number} token
 * @param {string} text
 * @param {number} chance
 */
function bar({ labels, lang, end, chosen, choose }, token, text, chance) {
  const name = token === end ? labels.end : visible(text);
  const element = choose
    ? make("button", { type: "button", title: labels.choose }, word(name))
    : make("div", {}, word(name));
  if (choose && element instanceof HTMLButtonElement) {
    element.setAttribute("aria-label", `${name} ${writePercent(chance, lang)}. ${labels.choose}`);
    element.disabled = token === end;
    element.onclick = () => choose(token);
  }
  element.classList.toggle("gone", chance === 0);
  element.classList.toggle("chosen", token === chosen);
  return element;
}

/** @param {string} text */
function word(text) {
  return make("span", { class: "word" }, text);
}

/**
 * A token with its spaces and line ends to be seen.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(/^ /, "␣").replaceAll("\u00a0", "⍽").replaceAll("\n", "⏎");
}

/**
 * Add to a bar what it shows: a length, a line where the model's own probability is, the share in words.
 * @param {HTMLElement} element
 * @param {number} chance
 * @param {string} lang
 * @param {number} longest the chance of a bar of full length
 * @param {number} [model] the model's own
 */
function row(element, chance, lang, longest, model) {
  const length = (/** @type {number} */ share) => `${Math.min(1, share / longest) * 100}%`;
  const bed = make("span", { class: "bed" }, make("span", { class: "fill", style: `width: ${length(chance)}` }));
  if (model !== undefined) bed.append(make("span", { class: "before", style: `left: ${length(model)}` }));
  element.append(bed, make("span", { class: "value" }, writeShare(chance, lang)));
  return element;
}

/**
 * A share that would be rounded to zero is written as less than a tenth of a percent.
 * @param {number} share
 * @param {string} lang
 */
export function writeShare(share, lang) {
  return share > 0 && share < 0.0005 ? `< ${writePercent(0.001, lang)}` : writePercent(share, lang);
}
