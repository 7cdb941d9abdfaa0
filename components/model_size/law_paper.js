// Where things stand on the chart, and what of the study may be seen on it. No drawing here.
import { clamp } from "../in_browser/base.js";
import { heightOf } from "../in_browser/scales.js";
import { axisOf, countAlong } from "./law_places.js";

/** @import { Axis } from "../in_browser/scales.js" */
/** @import { Picture } from "./law.js" */
/** @import { Place } from "./law_places.js" */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box in pixels */
/** @typedef {{ ui: Picture, box: Box, axis: Axis, type: number, width: number, height: number }} Paper type: its size */

/** Nats a token at the ends of the axis: the same whatever is shown. */
export const EXCESS = { low: 1e-3, high: 5, scale: /** @type {const} */ ("log") };
const MARGIN = { left: 3.2, right: 5.9, top: 2.2, bottom: 2.8 };
/** What has no logarithm stands as low as this. */
const TINY = 1e-9;

/** The chart as it stands now. @param {Picture} ui @returns {Paper} */
export function paperOf(ui) {
  const { drawing } = ui.chart;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 14;
  const [width, height] = [drawing.clientWidth || 600, drawing.clientHeight || 380];
  const box = {
    left: MARGIN.left * type,
    right: width - MARGIN.right * type,
    top: MARGIN.top * type,
    bottom: height - MARGIN.bottom * type,
  };
  return { ui, box, type, width, height, axis: axisOf(ui.along(), ui.data.study, ui.state.embeddings) };
}

/** @param {Paper} paper @param {number} value of the axis */
export function xOf({ box, axis, type }, value) {
  return box.left + type + heightOf(axis, value) * (box.right - box.left - 2 * type);
}

/** @param {Paper} paper @param {Place} place */
export function xAt(paper, { budget, size }) {
  const { data, state, along } = paper.ui;
  return xOf(paper, countAlong(along(), data.study.sizes[size], data.study.budgets[budget], state.embeddings));
}

/** What is beyond the axis goes out of the picture. @param {Paper} paper @param {number} excess */
export function yOf({ box }, excess) {
  const share = Math.log(Math.max(excess, TINY) / EXCESS.low) / Math.log(EXCESS.high / EXCESS.low);
  return box.bottom - clamp(share, -1, 2) * (box.bottom - box.top);
}

/** The excess that stands at a height of the chart. @param {Paper} paper @param {number} y */
export function excessAt({ box }, y) {
  return EXCESS.low * (EXCESS.high / EXCESS.low) ** ((box.bottom - y) / (box.bottom - box.top));
}

/**
 * The places of a line that may be seen: of the next size, only where it was guessed.
 * @param {Picture} ui
 * @param {Place[]} line
 */
export function seen(ui, line) {
  const { known } = ui.state;
  if (!ui.isPredicting()) return line;
  return line.filter(({ budget, size }) => size < known || (size === known && ui.guessed(budget, size)));
}

/** @param {Picture} ui @param {Place[]} line */
export function isLit(ui, line) {
  return ui.along() === "parameters" ? line[0].budget === ui.budget() : line[0].size === ui.size();
}
