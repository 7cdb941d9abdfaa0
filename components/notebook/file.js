// The notebook's file, the bridge between browsers; core/notebook/file.py has the same rules.
import { understood } from "./experiment.js";

/** @import { Row } from "./experiment.js" */

const [FORMAT, COURSE, VERSION] = ["curseurs notebook", "curseurs", 1];
/** Bytes that are read, and rows. */
const LARGEST = 20_000_000;
export const MOST = 2_000;
const OURS = /^\s*\{\s*"format"\s*:\s*"curseurs notebook"/;

/** @typedef {"large" | "cut" | "foreign" | "course" | "version"} Why a file is refused */
/** @typedef {{ rows: Row[], dropped: number } | { why: Why }} Found what a file held, or why it is refused */

/** @param {Row[]} rows */
export function fileOf(rows) {
  return `${JSON.stringify({ format: FORMAT, course: COURSE, version: VERSION, experiments: rows }, null, 1)}\n`;
}

/**
 * Read a file that the student chose; one that is too large is not touched.
 * @param {Blob} file
 * @returns {Promise<Found>}
 */
export async function readFile(file) {
  if (file.size > LARGEST) return { why: "large" };
  try {
    return read(await file.text());
  } catch {
    return { why: "cut" }; // the disk is gone, or the file
  }
}

/**
 * @param {string} text
 * @returns {Found}
 */
function read(text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    return { why: OURS.test(text) ? "cut" : "foreign" };
  }
  if (typeof told !== "object" || told?.format !== FORMAT) return { why: "foreign" };
  if (told.course !== COURSE) return { why: "course" };
  if (told.version !== VERSION) return { why: "version" };
  if (!Array.isArray(told.experiments)) return { why: "cut" };
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const each of told.experiments.slice(0, MOST)) {
    const row = understood(each);
    if (row) rows.set(row.id, row);
  }
  return { rows: [...rows.values()], dropped: told.experiments.length - rows.size };
}
