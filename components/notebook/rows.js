// What becomes of a row that comes when the same is there already.
import { NOTE, plain } from "./experiment.js";

/** @import { Row } from "./experiment.js" */

/**
 * The same experiment again: what it showed now, with the note, the star and the prediction made before. Who only looks
 * at it again changes nothing.
 * @param {Row} row
 * @param {Row | null} before
 * @param {number} next
 * @returns {Row}
 */
export function again(row, before, next) {
  if (!before) return { ...row, sequence: next };
  const { note, star, figures, curves } = before;
  const isKnown = JSON.stringify([row.figures, row.curves]) === JSON.stringify([figures, curves]);
  if (isKnown && !row.prediction) return before;
  return { ...row, note, star, prediction: row.prediction ?? before.prediction, sequence: next };
}

/**
 * A row of a file and one's own: of both notes each stays, a star stays, and one's own figures, if there are any.
 * @param {Row} row
 * @param {Row | null} before
 * @param {number} next
 * @returns {Row}
 */
export function merged(row, before, next) {
  if (!before) return { ...row, sequence: next };
  return {
    ...before,
    figures: { ...row.figures, ...before.figures },
    curves: { ...row.curves, ...before.curves },
    prediction: before.prediction ?? row.prediction,
    note: bothNotes(before.note, row.note),
    star: before.star || row.star,
  };
}

/**
 * @param {string} mine
 * @param {string} theirs
 */
function bothNotes(mine, theirs) {
  if (mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : plain(`${mine}\n\n${theirs}`, NOTE);
}
