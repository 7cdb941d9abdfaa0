// What a step of training costs on this machine and on a card: the times, log–log, and where one of them goes.
// All that was measured is here, so moving costs no round trip; when the hand rests, Python learns where.
import { make, svg, writeShort, writeTime } from "../in_browser/base.js";
import { meaningOf, patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { receive } from "../in_browser/received.js";
import { chart, draw, mark } from "./chart.js";
import { hands, listen, showHands } from "./hands.js";
import { play } from "./play.js";
import { showSplit, split } from "./split.js";
import { COURSE, processorOf, ratioOf, sizesOf, timeOf, transferOf } from "./times.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Box } from "./chart.js" */
/** @import { Line, Precision } from "./times.js" */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ width: number, batch: number, precision: Precision, transfer: boolean, card: string,
 *   axis: "batch" | "width", line: string, turn: number }} State line: the one that the bar cuts
 */
/**
 * @typedef {object} Data
 * @property {Line[]} lines of every card and precision
 * @property {string[]} cards that there are
 * @property {State} state
 * @property {boolean} veiled the card is hidden: the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { cardNames: Record<string, string>, precisionNames: Record<string, string>,
 *   axisNames: Record<string, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Nearer to each other, two times are told without a number: it would round to once. */
const BARELY = 1.05;

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, play);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    root,
    data,
    plays: data.heard,
    state: data.state,
    /** Whether the student hid the card, to bet where it begins to win. */
    isBetting: false,
    /** While the answer is played: the smallest batch whose point is shown; null: it is not. */
    revealed: /** @type {number | null} */ (null),
    /** Ends what is being played. */
    stop() {},
    box: /** @type {Box} */ ({ width: 0, height: 0, left: 0, right: 0, top: 0, bottom: 0 }),
    chart: chart(),
    split: split(),
    title: make("div", { class: "title" }),
    legend: make("div", { class: "legend", role: "radiogroup" }),
    verdict: make("p", { class: "verdict", "aria-live": "polite" }),
    hands: hands(),
    more: more(root),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    isHiding: () => ui.isBetting || (ui.isVeiled() && ui.revealed === null),
    /** Whether nobody may read yet what the card takes at the ruler: it is hidden, or its point is still to come. */
    isWaiting: () => ui.isHiding() || (ui.revealed ?? 0) > ui.state.batch,
    /** The question waits, and what is shown would answer it: other networks are free. */
    isVeiled: () => ui.data.veiled && (ui.state.width === COURSE || ui.state.axis === "width"),
    /** The processor's lines, and those of the chosen card and precision. */
    lines: () =>
      ui.data.lines.filter(
        ({ kind, id, precision }) =>
          kind === "processor" || (precision === ui.state.precision && (kind === "sheet" || id === ui.state.card)),
      ),
    card: () => ui.lines().find(({ kind }) => kind === "card"),
    /** @returns {Line | undefined} the line that the bar cuts */
    chosen: () => ui.lines().find((line) => nameOf(line) === ui.state.line) ?? ui.card(),
    cardName: () => ui.data.labels.cardNames[ui.state.card] ?? "GPU",
    /** @param {number} width */
    widthName: (width) => (width === COURSE ? ui.data.labels.course : writeShort(width, ui.data.lang, 5)),
    /** @param {"batch" | "width"} axis */
    stopName: (axis) => (axis === "width" ? ui.widthName(ui.state.width) : writeShort(ui.state.batch, ui.data.lang, 5)),
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    show() {
      showHands(ui);
      showLegend(ui);
      showVerdict(ui);
      draw(ui);
      showSplit(ui);
    },
  };
  listen(ui);
  const choices = make("div", { class: "choices" }, ui.hands.rows.card, ui.hands.axis.box);
  const head = make("div", { class: "head" }, ui.title, choices);
  const left = make("div", { class: "beneath" }, ui.legend, ui.chart.box);
  const right = make("div", { class: "beside" }, ...ui.hands.parts, ui.verdict);
  root.append(head, make("div", { class: "pictures" }, left, right), ui.more, ui.split.box);
  new ResizeObserver(() => draw(ui)).observe(ui.chart.box);
  return ui;
}

/** @param {Line} line */
function nameOf({ kind, id }) {
  return kind === "processor" ? id : kind;
}

/**
 * Each line with what it takes at the ruler; pressed, the bar cuts it.
 * @param {Picture} ui
 */
function showLegend(ui) {
  const { state, data } = ui;
  const { labels, lang } = data;
  ui.more.textContent = labels.more;
  ui.title.textContent = labels.title.replace("%s", sizesOf(state.width).join(" → "));
  ui.legend.setAttribute("aria-label", labels.legend);
  const entries = ui.lines().map((line) => {
    const name = nameOf(line);
    const told = timeOf(line, state.width, state.batch);
    const sent = line.kind === "card" && state.transfer ? transferOf(line, state.batch) : 0;
    const isHidden = line.kind !== "processor" && ui.isWaiting();
    const about = told && told.kind !== "measured" ? "≈ " : "";
    const time = isHidden ? "?" : told ? about + writeTime(told.seconds + sent, lang) : "–";
    const isChosen = ui.chosen() === line;
    const entry = make(
      "button",
      { type: "button", class: `entry ${name}`, role: "radio", "aria-checked": String(isChosen), "data-line": name },
      svg(
        "svg",
        { viewBox: "0 0 34 14", "aria-hidden": "true" },
        svg("path", { d: "M1,7H33", class: "model" }),
        ...(line.kind === "sheet" ? [] : [mark(name, 17, 7)]),
      ),
      `${line.name} `,
      make("b", {}, time),
    );
    entry.tabIndex = isChosen ? 0 : -1;
    entry.onclick = () => ui.choose({ line: name });
    entry.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const names = ui.lines().map(nameOf);
      const next = names[(names.indexOf(name) + by + names.length) % names.length];
      ui.choose({ line: next });
      /** @type {HTMLElement | null} */ (ui.legend.querySelector(`[data-line="${next}"]`))?.focus();
    };
    return entry;
  });
  ui.legend.replaceChildren(...entries);
}

/**
 * Who wins at the ruler, and by how much.
 * @param {Picture} ui
 */
function showVerdict(ui) {
  const { labels, lang } = ui.data;
  const ratio = ratioOf(ui.lines(), ui.card(), ui.state);
  const best = processorOf(ui.lines(), ui.state.width, ui.state.batch);
  const kind = ui.isWaiting() || ratio === null ? "unknown" : ratio > 1 ? "card" : "processor";
  let words = ui.isBetting ? labels.betting : kind === "unknown" ? labels.unknown : labels[`${kind}Faster`];
  if (kind !== "unknown" && ratio !== null && best) {
    const times = Math.max(ratio, 1 / ratio);
    if (times < BARELY) words = labels[`${kind}Barely`];
    words = words.replace("%n", writeShort(times, lang, 2)).replace("%p", best.line.name);
  }
  words = words.replace("%s", ui.cardName());
  ui.verdict.dataset.kind = kind;
  if (ui.verdict.textContent !== words) ui.verdict.textContent = words;
}
