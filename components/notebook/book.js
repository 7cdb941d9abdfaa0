// The notebook of this browser: rows to find, to mark, to write on, to compare, to take away. Python sees what is chosen.
import { make, pictureIn } from "../in_browser/base.js";
import { fileOf, readFile } from "./file.js";
import { matches } from "./filters.js";
import { chosenBar, files, filters } from "./hands.js";
import { line } from "./line.js";
import { all, listen, note, place, remove, restore, take } from "./store.js";

/** @import { Row } from "./experiment.js" */
/** @import { Source } from "./hands.js" */
/** @import { Titles } from "./filters.js" */
/** @typedef {{ number: number, name: string, mime: string, text: string }} Answer a file that was asked for */
/**
 * @typedef {object} Data
 * @property {Record<string, string>} labels
 * @property {Titles} titles
 * @property {Row[]} examples
 * @property {Answer | null} answer
 * @property {{ source: Source, ids: string[] }} chosen rows that the session compares; a student's file is not kept
 * @property {string} comparison name of the place where the chosen rows are compared
 * @property {number} most rows that are compared at once
 */

/** Rows that are drawn at once, and milliseconds that a note rests before it is kept. */
const [PAGE, REST] = [40, 400];

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.receive(component);
}

/**
 * @param {HTMLElement} root
 * @param {Data} first
 */
function build(root, first) {
  /** @type {import("../in_browser/base.js").Component<Data>} */
  let component;
  const rows = { mine: /** @type {Row[]} */ ([]), examples: first.examples, theirs: /** @type {Row[]} */ ([]) };
  const at = {
    source: first.chosen.source,
    open: "",
    shown: PAGE,
    got: first.answer?.number ?? 0,
    isRead: false,
    /** The examples stand there because the notebook is empty; nobody asked for them. */
    isFiller: false,
  };
  const chosen = new Set(first.chosen.ids);
  /** @type {Row[]} */
  let removed = [];
  /** @type {(() => void) | null} */
  let unwritten = null;
  let timer = 0;

  const find = filters(
    () => {
      at.shown = PAGE;
      draw();
    },
    (source) => {
      Object.assign(at, { source, open: "", shown: PAGE, isFiller: false });
      choose([]);
    },
  );
  const said = make("p", { class: "said", role: "status" });
  const undo = make("button", { type: "button", class: "plain", hidden: "" });
  const where = make("p", { class: "where" });
  const about = make("p", { class: "about" });
  const every = make("button", { type: "button", class: "plain small" });
  const list = make("ul", { class: "rows" });
  const more = make("button", { type: "button", class: "plain", hidden: "" });
  const bar = chosenBar({ see, report, remove: () => letGo([...chosen]), add, none: () => choose([]) });
  const doors = files({ save, bring, open });
  root.append(
    find.box,
    make("div", { class: "row" }, about, every),
    bar.box,
    list,
    more,
    make("div", { class: "row" }, said, undo),
    doors.box,
    where,
  );

  undo.onclick = async () => {
    await restore(removed);
    removed = [];
    say("");
  };
  every.onclick = () =>
    choose(
      wanted()
        .slice(0, component.data.most)
        .map(({ id }) => id),
    );
  more.onclick = () => {
    at.shown += PAGE;
    draw();
  };
  listen(() => {
    if (root.isConnected) reload();
  });

  async function reload() {
    rows.mine = await all();
    const isUntouched = chosen.size === 0 && !at.open;
    if (!at.isRead && isUntouched && rows.mine.length === 0)
      Object.assign(at, { source: "examples", isFiller: true }); // a newcomer sees what a notebook is
    else if (at.isFiller && isUntouched && at.source === "examples" && rows.mine.length > 0)
      Object.assign(at, { source: "mine", isFiller: false }); // the first row of one's own
    at.isRead = true;
    const here = new Set(rows[at.source].map(({ id }) => id));
    const lost = [...chosen].filter((id) => !here.has(id));
    if (lost.length > 0) choose([...chosen].filter((id) => here.has(id)));
    else draw();
  }

  const wanted = () =>
    rows[at.source].filter((row) => matches(row, find.wanted, component.data.titles, component.data.lang));

  function draw() {
    const { labels, titles, lang } = component.data;
    const found = wanted();
    find.show(labels, at.source, rows.theirs.length > 0, rows[at.source], titles);
    bar.show(labels, at.source, chosen.size);
    doors.show(labels);
    about.textContent = aboutOf(labels, found.length);
    where.textContent = `${labels[place()]} ${labels.origin.replace("%o", location.origin)}`;
    where.classList.toggle("warning", place() !== "stays");
    every.textContent = labels.every.replace("%n", String(Math.min(found.length, component.data.most)));
    every.hidden = found.length < 2;
    undo.textContent = labels.undo;
    undo.hidden = removed.length === 0;
    more.hidden = found.length <= at.shown;
    more.textContent = labels.more.replace("%n", String(found.length - at.shown));
    if (isWriting()) return; // the field would lose what is being typed
    const hands =
      at.source === "mine" ? { star, note: write, settle, remove: (/** @type {Row} */ row) => letGo([row.id]) } : null;
    list.replaceChildren(
      ...found.slice(0, at.shown).map((row) =>
        line(row, {
          lang,
          labels,
          titles,
          hands,
          isOpen: at.open === row.id,
          isChosen: chosen.has(row.id),
          open: unfold,
          choose: pick,
        }),
      ),
    );
  }

  /** @param {Record<string, string>} labels @param {number} count */
  function aboutOf(labels, count) {
    if (at.source === "examples")
      return rows.mine.length ? labels.aboutExamples : `${labels.empty} ${labels.aboutExamples}`;
    if (at.source === "theirs") return labels.aboutTheirs;
    if (rows.mine.length === 0) return labels.empty;
    return labels.shown.replace("%n", String(count)).replace("%a", String(rows.mine.length));
  }

  const isWriting = () =>
    list.contains(/** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement) &&
    /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement instanceof HTMLTextAreaElement;

  /** @param {Row} row */
  function unfold(row) {
    at.open = at.open === row.id ? "" : row.id;
    draw();
    refocus(row, ".open");
  }

  /** @param {Row} row */
  async function star(row) {
    await note(row.id, { star: !row.star });
    await reload();
    refocus(row, ".star");
  }

  /** @param {Row} row @param {string} selector */
  function refocus(row, selector) {
    /** @type {HTMLElement | null} */ (list.querySelector(`[data-id="${row.id}"] ${selector}`))?.focus();
  }

  /** @param {Row} row @param {string} text */
  function write(row, text) {
    row.note = text;
    clearTimeout(timer);
    unwritten = () => note(row.id, { note: text });
    timer = Number(setTimeout(settle, REST));
  }

  /** Keep the note that is still being written, if there is one. */
  function settle() {
    clearTimeout(timer);
    unwritten?.();
    unwritten = null;
  }

  /** @param {string[]} ids */
  async function letGo(ids) {
    removed = rows.mine.filter(({ id }) => ids.includes(id));
    await remove(ids);
    const { labels } = component.data;
    say(labels.removed.replace("%n", String(removed.length)));
  }

  /** @param {Row} row @param {boolean} isChosen */
  function pick(row, isChosen) {
    const before = [...chosen];
    choose(isChosen ? [...before, row.id] : before.filter((id) => id !== row.id));
    refocus(row, "input");
  }

  /** @param {string[]} ids */
  function choose(ids) {
    const isChanged = ids.length > 0 || chosen.size > 0;
    chosen.clear();
    for (const id of ids) chosen.add(id);
    draw();
    if (isChanged)
      component.setStateValue("chosen", { source: at.source, rows: chosenRows().slice(0, component.data.most) });
  }

  /** In the order of the list turned round: the first experiment first. */
  const chosenRows = () => rows[at.source].filter(({ id }) => chosen.has(id)).reverse();

  /** @param {string} kind */
  function report(kind) {
    const base = `${location.origin}${location.pathname.replace(/\/?[^/]*$/, "")}`;
    component.setTriggerValue("asked", {
      number: Date.now(),
      kind,
      source: at.source,
      rows: chosenRows(),
      written: now(),
      base,
    });
  }

  function see() {
    const comparison = document.querySelector(`.st-key-${component.data.comparison}`);
    comparison?.scrollIntoView({ behavior: "smooth" });
  }

  function save() {
    const { labels } = component.data;
    if (rows.mine.length === 0) say(labels.nothing);
    else download("curseurs-notebook.json", "application/json", fileOf(rows.mine));
  }

  /** @param {File} file */
  async function bring(file) {
    const found = await opened(file);
    if (!found) return;
    await take(found);
    Object.assign(at, { source: "mine" });
    choose([]);
    say(component.data.labels.brought.replace("%n", String(found.length)));
  }

  /** @param {File} file */
  async function open(file) {
    const found = await opened(file);
    if (!found) return;
    rows.theirs = found.sort((one, other) => other.sequence - one.sequence);
    Object.assign(at, { source: "theirs", open: "", shown: PAGE });
    choose([]);
  }

  /**
   * The rows of a file; why it is refused is said.
   * @param {File} file
   */
  async function opened(file) {
    const { labels } = component.data;
    const found = await readFile(file);
    if ("why" in found) {
      say(labels[found.why]);
      return null;
    }
    say(found.dropped > 0 ? labels.dropped.replace("%n", String(found.dropped)) : "");
    return found.rows;
  }

  async function add() {
    await take(chosenRows());
    say(component.data.labels.brought.replace("%n", String(chosen.size)));
  }

  /** @param {string} words */
  function say(words) {
    said.textContent = words;
    if (!words) removed = [];
    reload();
  }

  return {
    /** @param {import("../in_browser/base.js").Component<Data>} given */
    receive(given) {
      component = given;
      const { answer, examples } = given.data;
      rows.examples = examples;
      if (answer && answer.number !== at.got) {
        at.got = answer.number;
        download(answer.name, answer.mime, answer.text);
      }
      if (at.isRead) draw();
      else reload();
    },
  };
}

/**
 * @param {string} name
 * @param {string} mime
 * @param {string} text
 */
function download(name, mime, text) {
  const address = URL.createObjectURL(new Blob([text], { type: mime }));
  make("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** What this browser's clock says, here. */
function now() {
  const time = new Date();
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
