// Very large and very long things in words: 175 milliards, 3,15 × 10²³, 25 ans.
import { writeNumber, writeShort } from "../in_browser/base.js";
import { DAY } from "./budget_law.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const [MINUTE, HOUR, YEAR] = [60, 3600, 365.25 * DAY];

/**
 * A power of ten in front of which stands what is left: 3,15 × 10²³; 10⁹ alone where that is one.
 * @param {number} value one at least
 * @param {string} lang
 */
export function writePower(value, lang, digits = 3) {
  const [digitsOf, power] = value.toExponential(digits - 1).split("e+"); // rounds before it counts the zeros
  const raised = [...power].map((digit) => RAISED[Number(digit)]).join("");
  const front = writeShort(Number(digitsOf), lang, digits);
  return front === "1" ? `10${raised}` : `${front} × 10${raised}`;
}

/**
 * A count in words from a million on: 175 milliards. `words` are the names of 10⁶, 10⁹ and 10¹², one and many each; from
 * 10¹⁵ on a power of ten.
 * @param {number} value
 * @param {string} lang
 * @param {string[][]} words
 */
export function writeCount(value, lang, words, digits = 3) {
  const rounded = Number(value.toPrecision(digits));
  if (rounded < 1e6) return writeNumber(rounded, lang, 0);
  if (rounded >= 1e15) return writePower(rounded, lang, digits);
  const step = rounded >= 1e12 && lang !== "fr" ? 2 : rounded >= 1e9 ? 1 : 0; // 1 400 milliards, as the French say
  const front = rounded / 10 ** (6 + 3 * step);
  const isOne = lang === "en" || front < 2; // two million, deux millions
  return `${writeShort(front, lang, digits)}\u00a0${words[step][isOne ? 0 : 1]}`;
}

/**
 * Days that cards work, from a hundred thousandth of one to hundreds of millions.
 * @param {number} days
 * @param {string} lang
 * @param {string[][]} words as of a count
 */
export function writeDays(days, lang, words) {
  if (days >= 1e6) return writeCount(days, lang, words);
  return days < 0.01 ? writeNumber(days, lang, days < 0.0005 ? 5 : 4) : writeShort(days, lang, 3);
}

/**
 * A time that one card needs, in the unit that suits it. `units` are the names of seconds … years, one and many each.
 * @param {number} days
 * @param {string} lang
 * @param {Record<string, string[]>} units
 */
export function writeSpan(days, lang, units) {
  const seconds = days * DAY;
  const [name, length] = /** @type {[string, number]} */ (
    seconds < 2 * MINUTE
      ? ["second", 1]
      : seconds < 2 * HOUR
        ? ["minute", MINUTE]
        : seconds < 2 * DAY
          ? ["hour", HOUR]
          : seconds < 2 * YEAR
            ? ["day", DAY]
            : ["year", YEAR]
  );
  const count = Number((seconds / length).toPrecision(2));
  const isOne = count < 2 && (lang === "fr" || count === 1);
  return `${writeShort(count, lang, 2)}\u00a0${units[name][isOne ? 0 : 1]}`;
}

/**
 * Round values of a linear axis that does not begin at zero, about `most` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
export function stepsBetween(low, high, most) {
  const least = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5].find((times) => times * power >= least * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { decimals, steps: [...Array(last - first + 1).keys()].map((at) => (first + at) * step) };
}
