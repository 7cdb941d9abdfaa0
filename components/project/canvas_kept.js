// Keeps a project's canvas in the student's own browser, and opens one from a file. The server checks all that it is told.
import { make, pictureIn } from "../in_browser/base.js";
import { CANVAS } from "../progress/store.js";

/** @typedef {"open" | "clear" | "sure" | "yes" | "no"} Part what is pressed, or asks */
/** @typedef {"stays" | "fleeting" | "large" | "unread"} Word what is said */
/**
 * @typedef {object} Data
 * @property {string} session tells a new session from a new run
 * @property {boolean} known whether the session has been told what is held, or the student has written since
 * @property {Record<string, unknown> | null} canvas what the session knows; null if it is empty
 * @property {number} most bytes of a file
 * @property {Record<Part | Word, string>} labels
 */

/** Characters that are read at most from the store: what is longer was not written here. */
const MOST = 200_000;
/** One script serves a tab as long as it is open, however often the component is mounted. */
const tab = { session: "" };

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  const { data, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  for (const [name, part] of Object.entries(ui.named)) part.textContent = data.labels[/** @type {Part} */ (name)];
  exchange(data, (held) => setTriggerValue("told", held));
  ui.where.textContent = data.labels[lasts() ? "stays" : "fleeting"];
  ui.named.open.onclick = () => ui.file.click();
  ui.file.ariaLabel = data.labels.open;
  ui.file.onchange = async () => {
    const [file] = ui.file.files ?? [];
    ui.said.textContent = "";
    try {
      if (file.size > data.most) ui.said.textContent = data.labels.large;
      else setTriggerValue("opened", { text: await file.text() });
    } catch {
      ui.said.textContent = data.labels.unread;
    } finally {
      ui.file.value = ""; // the same file may be chosen again
    }
  };
  ui.named.clear.onclick = () => ui.ask(true);
  ui.named.no.onclick = () => ui.ask(false);
  ui.named.yes.onclick = () => {
    write(null);
    ui.ask(false);
    setTriggerValue("cleared", true);
  };
}

/**
 * Tell a new session what is held; write what a session that knows it has.
 * @param {Data} data
 * @param {(held: unknown) => void} tell
 */
function exchange(data, tell) {
  if (tab.session !== data.session) {
    tab.session = data.session;
    const held = read();
    if (held) return tell(held);
  }
  if (data.known) write(data.canvas);
}

function read() {
  try {
    const text = localStorage.getItem(CANVAS) ?? "";
    const held = text && text.length <= MOST ? JSON.parse(text) : null;
    return held !== null && typeof held === "object" ? held : null;
  } catch {
    return null; // forbidden, or damaged
  }
}

/** @param {Record<string, unknown> | null} canvas */
function write(canvas) {
  try {
    if (canvas === null) localStorage.removeItem(CANVAS);
    else localStorage.setItem(CANVAS, JSON.stringify(canvas));
  } catch {
    // Full, or forbidden: the panel says that nothing stays.
  }
}

/** Whether what is written now will be there tomorrow. */
function lasts() {
  try {
    localStorage.setItem(`${CANVAS}?`, "x".repeat(1000));
    localStorage.removeItem(`${CANVAS}?`);
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLElement} root */
function build(root) {
  const named = {
    open: make("button", { type: "button" }),
    clear: make("button", { type: "button" }),
    sure: make("span"),
    yes: make("button", { type: "button" }),
    no: make("button", { type: "button" }),
  };
  const where = make("p");
  const said = make("p", { role: "status", class: "said" });
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
  const doors = make("div", { class: "row" }, named.open, named.clear, file);
  const question = make("div", { class: "row", role: "group", hidden: "" }, named.sure, named.yes, named.no);
  root.append(doors, question, said, where);
  /** @param {boolean} open */
  const ask = (open) => {
    doors.hidden = open;
    question.hidden = !open;
    (open ? named.no : named.clear).focus();
  };
  return { named, where, said, file, ask };
}
