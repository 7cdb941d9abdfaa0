// Keeps what a page shows: at once when something was done (a training, a preset, the question, a mission), and when the
// picture has rested on settings of the student's own. A moved slider writes nothing; the same link again, no new row.
import { understood } from "./experiment.js";
import { keep } from "./store.js";

/** @import { Row } from "./experiment.js" */
/** @typedef {{ session: string, moment: number, row: Row }} Note `moment` counts what was done in this session */

/** How long a picture rests before it is kept, and before a row that was kept is brought up to date; milliseconds. */
const [REST, SOON] = [10_000, 1_000];

/** One script serves a tab as long as it is open. `kept` is the text of the row that was written last. */
const tab = { session: "", moment: 0, id: "", kept: "", timer: 0, /** @type {Row | null} */ row: null };
addEventListener("curseurs-note", (event) => hear(/** @type {CustomEvent<Note>} */ (event).detail));

/** @param {import("../in_browser/base.js").Component<{ note: Note | null }>} component */
export default function ({ data }) {
  hear(data.note);
}

/** @param {Note | null} note */
function hear(note) {
  const row = note && understood(note.row);
  if (!note || !row) {
    clearTimeout(tab.timer); // the page is left
    Object.assign(tab, { id: "", kept: "", row: null });
    return;
  }
  if (note.session !== tab.session) Object.assign(tab, { session: note.session, moment: 0 });
  const [isNew, isDone] = [row.id !== tab.id, note.moment > tab.moment];
  Object.assign(tab, { id: row.id, moment: note.moment, row, kept: isNew ? "" : tab.kept });
  if (isDone) write();
  else if (tab.kept && tab.kept !== JSON.stringify(row)) wait(SOON);
  else if (isNew) {
    clearTimeout(tab.timer);
    if (row.moved.length > 0) wait(REST);
  }
}

/** @param {number} time */
function wait(time) {
  clearTimeout(tab.timer);
  tab.timer = Number(setTimeout(write, time));
}

function write() {
  clearTimeout(tab.timer);
  if (!tab.row) return;
  tab.kept = JSON.stringify(tab.row);
  keep({ ...tab.row, time: now() });
}

/** What this browser's clock says, here: 2026-11-28T14:03:05. */
function now() {
  const time = new Date();
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
