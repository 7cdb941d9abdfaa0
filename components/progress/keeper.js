// Keeps a student's progress in their own browser: tells the session what is held, writes what the session adds.
import { isEmpty, merged, news, read, write } from "./store.js";

/** @typedef {{ session: string, page: string, done: import("./store.js").Pages }} Data */

/** One script serves a tab as long as it is open, however often the component is mounted. */
const tab = { session: "", page: "", done: /** @type {Data["done"]} */ ({}) };
// A picture or a fragment may change the address without a run of the page.
globalThis.navigation?.addEventListener("currententrychange", noteAddress);

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function ({ data, setTriggerValue }) {
  if (tab.session !== data.session) {
    Object.assign(tab, { session: data.session, done: {} });
    const held = read();
    // On a page of the course, the place where the student was is no news.
    if (!isEmpty({ ...held, last: data.page ? "" : held.last })) setTriggerValue("told", held);
  }
  const done = news(data.done, tab.done);
  Object.assign(tab, { page: data.page, done: data.done });
  const held = read(); // what another tab has written meanwhile stays
  if (Object.keys(done).length > 0) write(merged(held, { ...held, pages: done }));
  noteAddress();
}

/** Note where the student is, if that is a page of the course. */
function noteAddress() {
  const here = location.pathname.replace(/\/+$/, "").split("/").at(-1);
  if (!tab.page || here !== tab.page) return;
  const held = read();
  const last = tab.page + location.search;
  if (held.last !== last) write({ ...held, last });
}
