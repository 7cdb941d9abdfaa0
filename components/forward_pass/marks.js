// How a number looks, wherever it stands in the picture: the same number in the same colour under the same name.
import { COLOURS } from "../in_browser/base.js";

const LOW_DIGITS = "₀₁₂₃₄₅₆₇₈₉";
/** Percent of ink at a number's limit: text on it stays readable. */
const FULL = 46;

/**
 * Write the number of a row or column as an index; where there is one alone, nothing.
 * @param {number} number
 */
export function low(number, isAlone = false) {
  return isAlone ? "" : LOW_DIGITS[number];
}

/**
 * Change an element's text where it stands: nothing is built anew while a finger moves.
 * @param {Element} element
 * @param {string} text
 */
export function put(element, text) {
  const first = element.firstChild;
  if (!(first instanceof Text)) element.textContent = text || " ";
  else if (first.data !== text) first.data = text;
}

/**
 * Tint an element by a number: blue or orange by its sign, the stronger the nearer to its limit.
 * @param {ElementCSSInlineStyle} element
 * @param {number} value
 * @param {number} limit
 */
export function tint(element, value, limit) {
  const share = Math.min(1, Math.abs(value) / limit) * FULL;
  element.style.setProperty("--tint", signColour(value));
  element.style.setProperty("--share", `${share.toFixed(1)}%`);
}

/** @param {number} value */
export function signColour(value) {
  return value < 0 ? COLOURS.negative : COLOURS.positive;
}
