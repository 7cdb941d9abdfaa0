// The three answers side by side, token by token: blue where the phase made a token likelier than it was before, orange
// where it made it less so; under each, which wishes were met.
import { make, writePercent } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Picture, Told, Token } from "./picture.js" */

/** A token whose probability a phase changed by this factor is fully coloured. */
const FULL = 20;
/** The phases, as columns. */
const COLUMNS = [0, 1, 2];

/** Make the columns; `showStories` fills them. */
export function stories() {
  const columns = COLUMNS.map((phase) => {
    const made = {
      name: make("b", { class: "name" }),
      from: make("p", { class: "from" }),
      text: make("div", { class: "text", tabindex: 0, role: "group", translate: "no", lang: "fr" }),
      met: make("ul", { class: "met" }),
      tab: make("button", { type: "button", class: "tab" }),
      drawn: "",
      /** @type {HTMLElement[]} */
      tags: [],
    };
    const title = make("div", { class: "title" }, make("span", { class: "number" }, String(phase + 1)), made.name);
    return {
      ...made,
      box: make("section", { class: "phase", "data-phase": phase }, title, made.from, made.text, made.met),
    };
  });
  // On a phone one phase is shown at a time: these choose it.
  const tabs = make("div", { class: "tabs", role: "group" }, ...columns.map(({ tab }) => tab));
  return { box: make("div", { class: "phases" }, tabs, ...columns.map(({ box }) => box)), columns, tabs };
}

/** @param {Picture} ui */
export function listenToStories(ui) {
  ui.stories.columns.forEach(({ text, tab }, phase) => {
    tab.onclick = () => {
      ui.hasTurned = true;
      ui.look(phase, 0);
    };
    const point = (/** @type {Event} */ event) => {
      const tag = /** @type {Element} */ (event.target).closest(".token");
      if (tag) ui.look(phase, Number(tag.getAttribute("data-at")));
    };
    text.onclick = point;
    text.onmouseover = (event) => {
      if (ui.revealed === null && event.target !== event.currentTarget) point(event);
    };
    text.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const most = (ui.data.answers?.[phase].tokens.length ?? 1) - 1;
      const at = ui.state.phase === phase ? ui.state.at + by : 0;
      ui.look(phase, Math.max(0, Math.min(most, at)));
    };
  });
}

/** @param {Picture} ui */
export function showStories(ui) {
  const { stories: shown, data } = ui;
  const { labels } = data;
  shown.box.classList.toggle("old", ui.isOld());
  shown.tabs.setAttribute("aria-label", labels.phase);
  shown.columns.forEach((column, phase) => {
    const isShown = phase === (ui.isVeiled() && !ui.hasTurned ? 0 : ui.state.phase);
    column.box.classList.toggle("shown", isShown);
    column.tab.textContent = `${phase + 1}. ${labels.phases[phase]}`;
    column.tab.setAttribute("aria-pressed", String(isShown));
    column.name.textContent = labels.phases[phase];
    column.from.textContent = labels.from[phase];
    column.from.title = labels.ours[phase];
    column.text.setAttribute("aria-label", labels.answerOf.replace("%p", labels.afterPhases[phase]));
    const told = data.answers?.[phase];
    if ((ui.isVeiled() && !phase) || !told) {
      column.drawn = "";
      column.text.replaceChildren(make("span", { class: "ask" }, ui.isVeiled() && !phase ? "?" : "…"));
      column.met.replaceChildren();
      return;
    }
    write(ui, phase, told);
  });
}

/**
 * @param {Picture} ui
 * @param {number} phase
 * @param {Told} told
 */
function write(ui, phase, told) {
  const column = ui.stories.columns[phase];
  const drawn = JSON.stringify([told.tokens.map(({ text, chances }) => [text, chances]), ui.data.lang]);
  if (drawn !== column.drawn) {
    column.drawn = drawn;
    column.tags = told.tokens.map((token, at) => tag(token, at, phase));
    column.text.replaceChildren(...column.tags);
  }
  const upTo = ui.revealed ?? told.tokens.length;
  column.tags.forEach((each, at) => {
    each.hidden = at >= upTo;
    each.classList.toggle("pointed", ui.revealed === null && phase === ui.state.phase && at === ui.state.at);
  });
  const isWhole = upTo >= told.tokens.length;
  column.met.replaceChildren(...(isWhole ? marks(ui, told) : []));
}

/**
 * A token, coloured by what its phase did to it.
 * @param {Token} token
 * @param {number} at
 * @param {number} phase
 */
function tag({ text, chances }, at, phase) {
  const made = make("span", { class: "token", "data-at": at }, at ? text : text.trimStart());
  if (!phase) return made;
  const moved = Math.log(Math.max(chances[phase], 1e-9) / Math.max(chances[phase - 1], 1e-9)) / Math.log(FULL);
  const share = Math.min(1, Math.abs(moved));
  if (share > 0.08) {
    made.classList.add(moved > 0 ? "up" : "down");
    made.style.setProperty("--much", `${Math.round(55 * share)}%`);
  }
  return made;
}

/**
 * Whether it is a story, and which wishes were met.
 * @param {Picture} ui
 * @param {Told} told
 */
function marks({ data }, { story, met }) {
  const { labels } = data;
  /** @type {[boolean | null, string][]} */
  const rows = [[story, labels.story]];
  rows.push(
    ...Object.entries(met).map(([name, ok]) => /** @type {[boolean | null, string]} */ ([ok, labels.wishes[name]])),
  );
  return rows.map(([ok, words]) =>
    make(
      "li",
      { class: ok === null ? "open" : ok ? "good" : "bad" },
      make("span", { "aria-hidden": "true" }, ok === null ? "–" : ok ? "✓" : "✗"),
      ` ${words}`,
      make("span", { class: "told" }, ok === null ? labels.unknown : ok ? labels.met : labels.missed),
    ),
  );
}

/**
 * Write a probability; what is nearly nothing is not written as nothing.
 * @param {number} chance
 * @param {string} lang
 */
export function writeChance(chance, lang) {
  if (chance < 0.001) return `< ${writePercent(0.001, lang, 1)}`;
  return writePercent(chance, lang, 1);
}
