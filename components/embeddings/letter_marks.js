// How a letter is drawn: a circle for vowels, a square for consonants, a diamond for accents, never colour alone; dotted
// where it was too rare to be learned.
import { make, svg } from "../in_browser/base.js";

/** @typedef {"vowel" | "consonant" | "accented" | "other"} Group */

/** @type {Group[]} */
const GROUPS = ["vowel", "consonant", "accented", "other"];

/**
 * @param {Group} group
 * @param {number} r
 */
function shape(group, r) {
  if (group === "consonant")
    return svg("rect", { x: -0.9 * r, y: -0.9 * r, width: 1.8 * r, height: 1.8 * r, rx: r / 4 });
  if (group === "accented") return svg("path", { d: `M0 ${-1.2 * r} ${1.2 * r} 0 0 ${1.2 * r} ${-1.2 * r} 0Z` });
  return svg("circle", { r: group === "other" ? 0.8 * r : r });
}

/**
 * One letter, with what a hand and a reader of the screen need.
 * @param {string} character
 * @param {Group} group
 * @param {boolean} isRare
 * @param {number} r
 * @param {string} label
 */
export function mark(character, group, isRare, r, label) {
  const kind = `letter ${group}${isRare ? " rare" : ""}`;
  const text = svg("text", { dy: "0.35em", style: `font-size: ${1.35 * r}px` }, character);
  return svg("g", { class: kind, tabindex: 0, role: "button", "aria-label": label }, shape(group, r), text);
}

/**
 * What the marks mean.
 * @param {Record<string, string>} labels
 */
export function legend(labels) {
  const keys = GROUPS.map((group) => key(group, group, labels[group]));
  return [...keys, key("consonant", "consonant rare", labels.rare)];
}

/**
 * @param {Group} group
 * @param {string} kind
 * @param {string} label
 */
function key(group, kind, label) {
  const drawing = { viewBox: "-12 -12 24 24", class: `key ${kind}`, "aria-hidden": "true" };
  return make("span", {}, svg("svg", drawing, shape(group, 9)), label);
}
