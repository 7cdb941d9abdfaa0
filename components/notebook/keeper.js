// Keeps what a page shows: at once when something was done (a training, a preset, the question, a mission), and when the
// picture has rested on settings of the student's own. A moved slider writes nothing; the same settings again, no new row.
import { understood } from "./experiment.js";
import { keep } from "./store.js";

/** @import { Row } from "./experiment.js" */
/**
 * What a part of the page shows. `moment` counts presets and missions of the session, `done` the trainings and the
 * question of this part, which are worth a row on whatever settings.
 * @typedef {{ session: string, moment: number, done: number, row: Row }} Note
 */
/** @typedef {{ note: Note, kept: string, timer: number }} Part `kept` is the row that was written last, as a text */

/** How long a picture rests before it is kept, and before a row that was kept is brought up to date; milliseconds. */
const [REST, SOON] = [10_000, 1_000];

/**
 * One script serves a tab as long as it is open: it remembers what each part, left or not, had done, and how far the
 * session was when a page was last drawn.
 */
const tab = {
  session: "",
  moment: 0,
  /** @type {Map<string, Part>} */ parts: new Map(),
  /** @type {Map<string, { moment: number, done: number }>} */ counts: new Map(),
};
globalThis.addEventListener?.("curseurs-note", (event) => hear(/** @type {CustomEvent<Note>} */ (event).detail));

/** @param {import("../in_browser/base.js").Component<{ notes: Note[] }>} component */
export default function ({ data }) {
  const shown = new Set(data.notes.map(({ row }) => nameOf(row)));
  for (const [name, part] of tab.parts) {
    if (shown.has(name)) continue;
    clearTimeout(part.timer); // it was left before it had rested
    tab.parts.delete(name);
  }
  for (const note of data.notes) hear(note);
  tab.moment = Math.max(tab.moment, ...data.notes.map(({ moment }) => moment));
}

/** @param {Row} row */
const nameOf = ({ stem, part }) => `${stem} ${part}`;

/** @param {Note} note */
function hear(note) {
  if (note.session !== tab.session) {
    Object.assign(tab, { session: note.session, moment: 0 });
    tab.counts.clear();
  }
  const name = nameOf(note.row);
  const before = tab.parts.get(name);
  const isNew = note.row.id !== before?.note.row.id;
  const part = before ?? { note, kept: "", timer: 0 };
  Object.assign(part, { note, kept: isNew ? "" : part.kept });
  tab.parts.set(name, part);
  const { moment, done } = tab.counts.get(name) ?? { moment: tab.moment, done: 0 };
  tab.counts.set(name, { moment: note.moment, done: note.done });
  const isMoved = note.row.moved.length > 0;
  if (note.done > done || (note.moment > moment && isMoved)) write(part);
  else if (part.kept && part.kept !== JSON.stringify(note.row)) wait(part, SOON);
  else if (isNew) {
    clearTimeout(part.timer);
    if (isMoved) wait(part, REST);
  }
}

/**
 * @param {Part} part
 * @param {number} time
 */
function wait(part, time) {
  clearTimeout(part.timer);
  part.timer = Number(setTimeout(() => write(part), time));
}

/** @param {Part} part */
function write(part) {
  clearTimeout(part.timer);
  const row = understood(part.note.row);
  if (!row) return;
  part.kept = JSON.stringify(part.note.row);
  keep({ ...row, time: now() });
}

/** What this browser's clock says, here: 2026-11-28T14:03:05. */
function now() {
  const time = new Date();
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
