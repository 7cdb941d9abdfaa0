// What this browser keeps of the lab notebook: IndexedDB, where two tabs that write at once take turns. Where it is full
// or forbidden, rows stay in this tab, so that they can be taken away as a file before it is closed.

import { understood } from "./experiment.js";
import { MOST } from "./file.js";
import { again, merged } from "./rows.js";

/** @import { Row } from "./experiment.js" */
/** @typedef {"stays" | "full" | "forbidden"} Place where what is written now will be: in the browser, or in this tab */

const [NAME, ROWS, ORDER] = ["curseurs-notebook", "experiments", "sequence"];

/**
 * The scripts of several components share it.
 * @typedef {{ rows: Map<string, Row>, place: Place, channel: BroadcastChannel | null, listeners: Set<() => void> }} Tab
 */
const shared = /** @type {{ curseursNotebook?: Tab }} */ (globalThis);

/** @returns {Tab} */
function tab() {
  if (!shared.curseursNotebook) {
    const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
    const found = { rows: new Map(), place: /** @type {Place} */ ("stays"), channel, listeners: new Set() };
    if (channel) channel.onmessage = () => tell(found);
    shared.curseursNotebook = found;
  }
  return shared.curseursNotebook;
}

/** @param {Tab} found */
function tell(found) {
  for (const listener of found.listeners) listener();
}

/**
 * Be told when rows have changed, here or in another tab; returns what ends it.
 * @param {() => void} listener
 */
export function listen(listener) {
  const { listeners } = tab();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where what is written now will be. */
export const place = () => tab().place;

/**
 * All rows, the newest first.
 * @returns {Promise<Row[]>}
 */
export async function all() {
  const here = tab().rows;
  const kept = await within("readonly", (rows) => asked(rows.getAll())).catch(() => []);
  const found = kept.flatMap((/** @type {unknown} */ each) => understood(each) ?? []);
  const rows = [...found.filter((/** @type {Row} */ row) => !here.has(row.id)), ...here.values()];
  return rows.sort((one, other) => other.sequence - one.sequence);
}

/** How many rows there are. */
export async function count() {
  const here = tab().rows;
  const kept = await within("readonly", (rows) => asked(rows.getAllKeys())).catch(() => []);
  return new Set([...kept, ...here.keys()]).size;
}

/**
 * Keep an experiment: the same again becomes the newest, with its note and its star.
 * @param {Row} row
 */
export const keep = (row) => change([row], again);

/**
 * Add rows of a file; of one that is here already, nothing is lost.
 * @param {Row[]} rows
 */
export const take = (rows) =>
  change(
    [...rows].sort((one, other) => one.sequence - other.sequence),
    merged,
  );

/**
 * Put back what was deleted, in its place.
 * @param {Row[]} rows
 */
export const restore = (rows) => change(rows, (row) => row);

/**
 * Change a note or a star; a row that another tab has deleted meanwhile stays so.
 * @param {string} id
 * @param {{ note?: string, star?: boolean }} what
 */
export async function note(id, what) {
  const { rows } = tab();
  const here = rows.get(id);
  if (here) rows.set(id, { ...here, ...what });
  else
    await write(
      async (kept) => {
        const found = understood(await asked(kept.get(id)));
        if (found) await asked(kept.put({ ...found, ...what }));
      },
      async () => {
        const found = (await all()).find((row) => row.id === id);
        if (found) rows.set(id, { ...found, ...what });
      },
    );
  changed();
}

/** @param {string[]} ids */
export async function remove(ids) {
  for (const id of ids) tab().rows.delete(id);
  await within("readwrite", async (rows) => {
    for (const id of ids) await asked(rows.delete(id));
  }).catch(() => {});
  changed();
}

/** Forget all, as if nothing had ever been kept. */
export async function empty() {
  tab().rows.clear();
  await within("readwrite", (rows) => asked(rows.clear())).catch(() => {});
  changed();
}

/**
 * Write rows of different ids, each as `both` makes it of what is there and what comes.
 * @param {Row[]} rows
 * @param {(row: Row, before: Row | null, next: number) => Row} both
 */
async function change(rows, both) {
  const found = tab();
  const waiting = [...found.rows.values()];
  await write(
    async (kept) => {
      for (const row of waiting) kept.put(row); // there may be room again
      let last = await newest(kept);
      const known = await Promise.all(rows.map(({ id }) => asked(kept.get(id))));
      for (const [at, row] of rows.entries()) {
        const next = both(row, understood(known[at]), last + 1);
        last = Math.max(last, next.sequence);
        kept.put(next); // what fails here ends the transaction
      }
      await thin(kept);
    },
    async () => {
      const known = await all();
      let last = known[0]?.sequence ?? 0;
      for (const row of rows) {
        const next = both(row, known.find((each) => each.id === row.id) ?? null, last + 1);
        last = Math.max(last, next.sequence);
        found.rows.set(row.id, next);
      }
    },
  );
  changed();
}

/**
 * Write into the browser, or into this tab.
 * @param {(rows: IDBObjectStore) => Promise<void>} there
 * @param {() => Promise<void>} here
 */
async function write(there, here) {
  const found = tab();
  try {
    await within("readwrite", there);
    found.place = "stays";
    found.rows.clear();
  } catch (error) {
    found.place = error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "forbidden";
    await here();
  }
}

function changed() {
  const found = tab();
  found.channel?.postMessage("changed");
  tell(found);
}

/**
 * The sequence number of the newest row, 0 if there is none.
 * @param {IDBObjectStore} rows
 */
async function newest(rows) {
  const found = await asked(rows.index(ORDER).openKeyCursor(null, "prev"));
  return typeof found?.key === "number" ? found.key : 0;
}

/**
 * Let go of the oldest rows beyond those that a notebook has; a star or a note holds a row.
 * @param {IDBObjectStore} rows
 */
async function thin(rows) {
  let over = (await asked(rows.count())) - MOST;
  if (over <= 0) return;
  const inOrder = /** @type {Row[]} */ (await asked(rows.index(ORDER).getAll()));
  for (const row of inOrder) {
    if (over <= 0) return;
    if (row.star || row.note) continue;
    await asked(rows.delete(row.id));
    over -= 1;
  }
}

/**
 * Do something in one transaction: all of it is written, or none.
 * @template Result
 * @param {IDBTransactionMode} mode
 * @param {(rows: IDBObjectStore) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
async function within(mode, work) {
  const base = await opened();
  try {
    const transaction = base.transaction(ROWS, mode);
    const over = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    });
    over.catch(() => {}); // told below, if the work has not failed before
    const result = await work(transaction.objectStore(ROWS));
    await over;
    return result;
  } finally {
    base.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
async function opened() {
  const request = indexedDB.open(NAME, 1); // throws where it is forbidden
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ROWS, { keyPath: "id" }).createIndex(ORDER, ORDER);
  };
  return asked(request);
}

/**
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
