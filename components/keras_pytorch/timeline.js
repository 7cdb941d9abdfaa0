// The moments of a trace: each statement of each turn that was run line by line, in order.

/** @import { News } from "./cards.js" */
/** @typedef {[piece: string, news: News[]]} Step */
/** @typedef {{ turn: number, steps: Step[] }} Turn turn: counted from 1; 0 before the loop */
/** @typedef {{ turn: number, piece: string, news: News[] }} Moment */

/**
 * @param {Turn[]} trace
 * @returns {Moment[]}
 */
export function momentsOf(trace) {
  return trace.flatMap(({ turn, steps }) => steps.map(([piece, news]) => ({ turn, piece, news })));
}

/**
 * Where a moment stands that is named by its turn and its statement; the nearest one if there is none.
 * @param {Moment[]} moments
 * @param {number} turn
 * @param {string} piece
 */
export function placeOf(moments, turn, piece) {
  const exact = moments.findIndex((one) => one.turn === turn && one.piece === piece);
  if (exact >= 0) return exact;
  const near = moments.findIndex((one) => one.turn >= turn);
  return near >= 0 ? near : moments.length - 1;
}

/**
 * What a name last looked like, at a moment or before it; undefined if it is not there yet.
 * @param {Moment[]} moments
 * @param {number} at
 * @param {string} name
 */
export function lastKnown(moments, at, name) {
  for (let place = at; place >= 0; place--) {
    const found = moments[place].news.find((news) => news.name === name);
    if (found) return found;
  }
  return undefined;
}

/**
 * The first moment of the same turn or a later one that runs a statement; else the last that did.
 * @param {Moment[]} moments
 * @param {number} at
 * @param {string} piece
 */
export function nextOf(moments, at, piece) {
  const { turn } = moments[at];
  const same = moments.findIndex((one) => one.turn === turn && one.piece === piece);
  if (same >= 0) return same;
  const after = moments.findIndex((one, place) => place > at && one.piece === piece);
  return after >= 0 ? after : moments.findLastIndex((one) => one.piece === piece);
}

/**
 * Return what an answer plays: of each turn, the moments that tell what was asked about.
 * @param {Moment[]} moments
 * @param {string[]} pieces
 */
export function told(moments, pieces) {
  return moments.flatMap((one, at) => (one.turn > 0 && pieces.includes(one.piece) ? [at] : []));
}
