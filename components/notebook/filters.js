// Which rows of the notebook are shown, and what a row is called.
import { writeShort } from "../in_browser/base.js";

/** @import { Row, Figure } from "./experiment.js" */
/**
 * What is looked for; an empty text asks for nothing.
 * @typedef {{ text: string, page: string, starred: boolean, from: string, until: string, figure: string, least: string,
 *   most: string }} Wanted
 */
/** @typedef {Record<string, { title: string, parts: Record<string, string> }>} Titles what pages and their parts are called */

/** @type {Wanted} */
export const ANYTHING = { text: "", page: "", starred: false, from: "", until: "", figure: "", least: "", most: "" };
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/**
 * @param {Row} row
 * @param {Wanted} wanted
 * @param {Titles} titles
 * @param {string} lang
 */
export function matches(row, wanted, titles, lang) {
  if (wanted.page && row.stem !== wanted.page) return false;
  if (wanted.starred && !row.star) return false;
  const day = row.time.slice(0, 10);
  if ((wanted.from && day < wanted.from) || (wanted.until && day > wanted.until)) return false;
  if (wanted.figure && !isInRange(row.figures[wanted.figure], wanted)) return false;
  const words = simple(wanted.text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = simple(textOf(row, titles, lang));
  return words.every((word) => all.includes(word));
}

/**
 * @param {Figure | undefined} figure
 * @param {Wanted} wanted
 */
function isInRange(figure, { least, most }) {
  if (!figure) return false;
  const [low, high] = [read(least, -Infinity), read(most, Infinity)];
  if (figure.value === null) return low === -Infinity && high === Infinity;
  return low <= figure.value && figure.value <= high;
}

/**
 * A number as somebody types it, with a point or a comma.
 * @param {string} text
 * @param {number} otherwise
 */
function read(text, otherwise) {
  const value = Number(text.replace(",", ".").replace("−", "-"));
  return text.trim() && Number.isFinite(value) ? value : otherwise;
}

/** @param {string} text */
const simple = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * @param {Row} row
 * @param {Titles} titles
 * @param {string} lang
 */
function textOf(row, titles, lang) {
  const figures = Object.values(row.figures).map(({ label }) => label);
  const guess = row.prediction ? [row.prediction.question, row.prediction.guess] : [];
  return [titleOf(row, titles), ...movedOf(row, lang), ...figures, ...guess, row.note, row.time].join(" \n ");
}

/**
 * @param {Row} row
 * @param {Titles} titles
 */
export function titleOf(row, titles) {
  if (!Object.hasOwn(titles, row.stem)) return row.stem;
  const { title, parts } = titles[row.stem];
  return row.part && Object.hasOwn(parts, row.part) ? `${title} · ${parts[row.part]}` : title;
}

/**
 * What was moved on its page: "learning rate 0.1".
 * @param {Row} row
 * @param {string} lang
 */
export function movedOf(row, lang) {
  return row.moved.map((name) => `${labelOf(row, name)} ${written(row.settings[name], lang)}`);
}

/**
 * @param {Row} row
 * @param {string} setting
 */
export function labelOf(row, setting) {
  return row.labels[setting] || setting.split("_").slice(1).join(" ") || setting;
}

/**
 * A setting's value as it is read: a number as the language writes it.
 * @param {string} value
 * @param {string} lang
 */
export function written(value, lang) {
  if (!value) return "–";
  return NUMBER.test(value) ? writeShort(Number(value), lang, 4) : value;
}

/**
 * A figure with its unit.
 * @param {Figure} figure
 * @param {string} lang
 */
export function figureOf({ value, unit }, lang) {
  const number = writeShort(value ?? Number.NaN, lang, 4);
  return unit ? `${number}\u00a0${unit}` : number;
}
