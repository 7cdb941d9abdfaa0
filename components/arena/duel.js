// The duel: who wins how often, the votes of one arena, and what each of twenty arenas says of the gap.
import { clamp, dress, make, svg, writePercent, writeShort, writeWhole } from "../in_browser/base.js";
import { slider } from "../in_browser/slider.js";
import { gapOf } from "./duels.js";
import { chance } from "./elo.js";

/** @import { Picture } from "./picture.js" */

/** Cells that stand for the votes, at most. */
const CELLS = 100;
/** Points shown on both sides of equality and of the true gap. */
const AROUND = 60;
/** Pixels of an arrow. */
const ARROW = 5;
/** Below and beside the plot, in sizes of its type. */
const MARGIN = { bottom: 1.5, side: 0.6, top: 0.2 };

/** Make the panel; `showDuel` fills it. */
export function duel() {
  const part = (/** @type {string} */ name) => make("div", { class: name });
  const [first, second, share, cells, said] = ["first", "second", "share", "cells", "said"].map(part);
  const [won, lost] = [make("span", { class: "first" }), make("span", { class: "second" })];
  share.append(won, lost);
  dress(cells, { role: "img" });
  dress(said, { "aria-live": "polite" });
  cells.append(...[...Array(CELLS)].map(() => make("i")));
  const drawing = svg("svg", { class: "plot", role: "img" });
  const chart = make("div", { class: "chart" }, drawing);
  const [title, verdict] = [part("title"), part("verdict")];
  const votes = slider("votes");
  const again = make("button", { type: "button", class: "again" });
  const hands = make("div", { class: "hands" }, votes.box, again);
  const sides = make("div", { class: "sides" }, first, make("span", { class: "against" }, "–"), second);
  const box = make("div", { class: "duel" }, sides, share, hands, cells, said, title, chart, verdict);
  return { box, first, second, won, lost, cells, said, title, drawing, chart, verdict, votes, again };
}

/** @param {Picture} ui */
export function showDuel(ui) {
  const { data, duel: held, state } = ui;
  const { labels, lang } = data;
  const [first, second] = ui.pair();
  held.first.textContent = `● ${first.name} ${writeWhole(first.rating, lang)}`;
  held.second.textContent = `■ ${second.name} ${writeWhole(second.rating, lang)}`;
  showShare(ui);
  showVotes(ui);
  held.title.textContent = labels.arenas
    .replace("%a", writeWhole(data.arenas, lang))
    .replace("%v", writeWhole(state.votes, lang));
  drawArenas(ui);
}

/** @param {Picture} ui */
function showShare(ui) {
  const { duel: held, data } = ui;
  const isHidden = ui.isVeiled() || ui.counted !== null;
  const share = chance(ui.gap());
  held.won.style.flexGrow = String(isHidden ? 0.5 : share);
  held.lost.style.flexGrow = String(isHidden ? 0.5 : 1 - share);
  held.won.textContent = isHidden ? "?" : writePercent(share, data.lang, 0);
  held.lost.textContent = isHidden ? "?" : writePercent(1 - share, data.lang, 0);
}

/**
 * The votes of the first arena, a cell a vote, or a cell for many.
 * @param {Picture} ui
 */
function showVotes(ui) {
  const { duel: held, state, data } = ui;
  const { labels, lang } = data;
  const votes = ui.counted ?? state.votes;
  const wins = ui.isVeiled() ? 0 : winsSoFar(ui);
  const shown = Math.min(votes, CELLS);
  const won = Math.round((wins / votes) * shown);
  [...held.cells.children].forEach((cell, at) => {
    const kind = at >= shown || ui.isVeiled() ? "open" : at < won ? "first" : "second";
    cell.className = at < Math.min(state.votes, CELLS) ? kind : "none";
  });
  const { gap, low, high } = gapOf(wins, votes);
  const [first, second] = ui.pair();
  const count = labels.count
    .replace("%w", writeWhole(wins, lang))
    .replace("%v", writeWhole(votes, lang))
    .replace("%n", first.name);
  const [of, from, to] = [gap, low, high].map((points) => writeShort(Math.round(points), lang, 4));
  const told = `${count} ${labels.estimate.replace("%g", of).replace("%l", from).replace("%h", to)}`;
  const words = ui.isVeiled() ? labels.waits.replace("%a", first.name).replace("%b", second.name) : told;
  if (held.said.textContent !== words) held.said.textContent = words;
  held.cells.setAttribute("aria-label", ui.isVeiled() ? labels.votes : count);
}

/**
 * Votes for the first model in the first arena; while they are counted one after the other, those so far.
 * @param {Picture} ui
 */
function winsSoFar(ui) {
  const all = ui.wins()[0];
  return ui.counted === null ? all : Math.round((all * ui.counted) / ui.state.votes);
}

/** @param {Picture} ui */
function drawArenas(ui) {
  const { data, duel: held, state } = ui;
  const { labels, lang } = data;
  const { drawing } = held;
  const type = Number.parseFloat(getComputedStyle(drawing).fontSize) || 13;
  const [width, height] = [drawing.clientWidth || 400, drawing.clientHeight || 180];
  const [left, right] = [MARGIN.side * type, width - MARGIN.side * type];
  const [top, bottom] = [MARGIN.top * type, height - MARGIN.bottom * type];
  const gap = ui.gap();
  const [low, high] = [Math.min(0, gap) - AROUND, Math.max(0, gap) + AROUND];
  const x = (/** @type {number} */ points) => left + ((clamp(points, low, high) - low) / (high - low)) * (right - left);
  drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const isHidden = ui.isVeiled() || ui.counted !== null;
  const told = isHidden ? [] : [...ui.wins()].map((wins) => gapOf(wins, state.votes));
  const step = (bottom - top) / data.arenas;
  const lines = told.map(({ gap: of, low: from, high: to }, at) => {
    const y = top + (at + 0.5) * step;
    const kind = from > 0 ? "first" : to < 0 ? "second" : "open";
    return svg(
      "g",
      { class: `arena ${kind}${at ? "" : " shown"}` },
      svg("line", { x1: x(from), x2: x(to), y1: y, y2: y }),
      ...(of < low || of > high
        ? []
        : [svg("circle", { cx: x(of), cy: y, r: Math.max(1.8, Math.min(3.2, step / 3)) })]),
      ...(from < low ? [arrow(left, y, -1)] : []),
      ...(to > high ? [arrow(right, y, 1)] : []),
    );
  });
  const axis = [0, ...(Math.abs(gap) > 8 ? [gap] : [])].flatMap((points) => {
    const words = points === 0 ? labels.equal : labels.points.replace("%p", writeWhole(points, lang));
    const mark = svg("line", {
      class: points === 0 ? "equal" : "truth",
      x1: x(points),
      x2: x(points),
      y1: top,
      y2: bottom,
    });
    const anchor = points === 0 && gap > 0 ? "end" : points === 0 ? "start" : gap > 0 ? "start" : "end";
    return [
      mark,
      svg(
        "text",
        { x: x(points), y: bottom + 1.2 * type, "text-anchor": Math.abs(gap) > 8 ? anchor : "middle" },
        words,
      ),
    ];
  });
  const ask = { class: "ask", x: (x(0) + x(gap)) / 2, y: (top + bottom) / 2, "text-anchor": "middle" };
  drawing.replaceChildren(...axis, ...lines, ...(ui.isVeiled() ? [svg("text", ask, "?")] : []));
  const [ahead, behind] = [told.filter(({ low: from }) => from > 0), told.filter(({ high: to }) => to < 0)];
  const words = isHidden ? "" : verdict(ui, ahead.length, behind.length);
  drawing.setAttribute("aria-label", `${labels.chart} ${words}`);
  if (held.verdict.textContent !== words) held.verdict.textContent = words;
}

/**
 * The end of a line that goes on beyond the scale.
 * @param {number} x
 * @param {number} y
 * @param {-1 | 1} way
 */
function arrow(x, y, way) {
  return svg("path", { d: `M${x - way * ARROW} ${y - ARROW / 1.6}L${x} ${y}L${x - way * ARROW} ${y + ARROW / 1.6}Z` });
}

/**
 * How many arenas know which model is better; of two that are equal, how many believe that one is.
 * @param {Picture} ui
 * @param {number} ahead arenas that are sure of the first
 * @param {number} behind arenas that are sure of the second
 */
function verdict(ui, ahead, behind) {
  const { labels, lang, arenas } = ui.data;
  const gap = ui.gap();
  const [good, wrong] = gap < 0 ? [behind, ahead] : [ahead, behind];
  const words = gap === 0 ? labels.verdictEqual : labels[wrong ? "verdictWrong" : "verdict"];
  return words
    .replace("%k", writeWhole(gap === 0 ? good + wrong : good, lang))
    .replace("%a", writeWhole(arenas, lang))
    .replace("%w", writeWhole(wrong, lang));
}
