// What four ways to learn reach on people never seen, against the photos they learn from; beside it, what a run reads.
// The curves answer under the finger; the photos of another run come when the hand rests.
import { make, svg, writePercent, writeShort } from "../in_browser/base.js";
import { meaningOf, patient, takeUp } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { receive } from "../in_browser/received.js";
import { segments } from "../in_browser/segments.js";
import { chart, draw, mark } from "./chart.js";
import { panel, showPanel } from "./panel.js";
import { play } from "./play.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Box } from "./chart.js" */
/** @import { Panel } from "./panel.js" */
/** @typedef {"scratch" | "random" | "imagenet" | "tuned"} Way */
/** @typedef {{ photos: number, mean: number, deviation: number, seeds: number }} Point */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ way: Way, photos: number, split: "people" | "photos", part: "mistakes" | "signs" | "map", turn: number }} State
 */
/**
 * @typedef {object} Data
 * @property {Way[]} ways
 * @property {number[]} stops photos of each sign
 * @property {Record<Way, Point[]>} curves
 * @property {State} state
 * @property {{ stage: "empty" | "live" | "over", reached: number[], differs: string, recorded: boolean }} run
 * @property {Panel | null} panel what the run reads, once it is over
 * @property {{ way: Way, photos: number, reached: number }[]} own runs of this session
 * @property {boolean} veiled the curves end early: the question waits
 * @property {number} known photos of each sign up to which they are shown then
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {any} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const PARTS = /** @type {const} */ (["mistakes", "signs", "map"]);
const SPLITS = /** @type {const} */ (["people", "photos"]);

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, play);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  let [choosePart, chooseSplit] = [(/** @type {any} */ _name) => {}, (/** @type {any} */ _name) => {}];
  const ui = {
    root,
    data,
    plays: data.heard,
    state: data.state,
    /** While the answer is played: up to how many photos the curves are shown; null: it is not. */
    revealed: /** @type {number | null} */ (null),
    /** Ends what is being played. */
    stop() {},
    box: /** @type {Box} */ ({ width: 0, height: 0, left: 0, right: 0, top: 0, bottom: 0 }),
    chart: chart(),
    title: make("div", { class: "title" }),
    legend: make("div", { class: "legend", role: "radiogroup" }),
    verdict: make("p", { class: "verdict", "aria-live": "polite" }),
    panel: panel(),
    parts: segments(PARTS, (name) => choosePart(name)),
    splits: segments(SPLITS, (name) => chooseSplit(name)),
    more: more(root),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    /** Up to how many photos of each sign the curves are shown. */
    shownTo: () => ui.revealed ?? (ui.data.veiled ? ui.data.known : Number.POSITIVE_INFINITY),
    /** @param {Way} way */
    pointOf: (way) => ui.data.curves[way].find(({ photos }) => photos === ui.state.photos),
    /** @param {number} photos */
    stopName: (photos) => {
      const { labels, lang, stops } = ui.data;
      const written = writeShort(photos, lang, 3);
      return photos === stops[stops.length - 1] ? `${labels.all} (${written})` : written;
    },
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      takeUp(ui, changed);
    },
    /** Whether what Python last sent is of the run that the hand stands on. */
    isHere: () =>
      ["way", "photos", "split"].every(
        (name) => /** @type {any} */ (ui.data.state)[name] === /** @type {any} */ (ui.state)[name],
      ),
    show() {
      showHead(ui);
      showLegend(ui);
      showVerdict(ui);
      draw(ui);
      showPanel(ui);
    },
  };
  choosePart = (part) => ui.choose({ part });
  chooseSplit = (split) => ui.choose({ split });
  ui.chart.range.oninput = () => ui.choose({ photos: ui.data.stops[Number(ui.chart.range.value)] });
  const head = make("div", { class: "head" }, ui.title, make("div", { class: "folds" }, ui.splits.box));
  const left = make("div", { class: "beneath" }, ui.legend, ui.chart.box);
  const right = make("div", { class: "beside" }, ui.parts.box, ui.panel.box, ui.verdict);
  root.append(head, make("div", { class: "pictures" }, left, right), ui.more);
  new ResizeObserver(() => draw(ui)).observe(ui.chart.box);
  return ui;
}

/** @param {Picture} ui */
function showHead(ui) {
  const { state, data } = ui;
  const { labels, hidden } = data;
  ui.more.textContent = labels.more;
  ui.title.textContent = labels.reached[state.split];
  ui.parts.show(state.part, labels.parts, labels.partNames);
  ui.parts.box.hidden = hidden.includes("tl_part");
  ui.splits.show(state.split, labels.split, labels.splitNames);
  ui.splits.box.hidden = hidden.includes("tl_split");
}

/**
 * Each way with what it reaches at the ruler; pressed, the student follows it.
 * @param {Picture} ui
 */
function showLegend(ui) {
  const { state, data } = ui;
  const { labels, lang } = data;
  ui.legend.setAttribute("aria-label", labels.way);
  const isHidden = data.hidden.includes("tl_way");
  const entries = data.ways.map((way) => {
    const point = ui.pointOf(way);
    const told = point && point.photos <= ui.shownTo() ? writePercent(point.mean, lang, 0) : "?";
    const isChosen = way === state.way;
    const entry = make(
      "button",
      { type: "button", class: `entry ${way}`, role: "radio", "aria-checked": String(isChosen), "data-way": way },
      svg(
        "svg",
        { viewBox: "0 0 34 14", "aria-hidden": "true" },
        svg("path", { d: "M1,7H33", class: "curve" }),
        mark(way, 17, 7),
      ),
      `${labels.ways[way]} `,
      make("b", {}, told),
    );
    entry.tabIndex = isChosen ? 0 : -1;
    entry.disabled = isHidden;
    entry.onclick = () => ui.choose({ way });
    entry.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const next = data.ways[(data.ways.indexOf(way) + by + data.ways.length) % data.ways.length];
      ui.choose({ way: next });
      /** @type {HTMLElement | null} */ (ui.legend.querySelector(`[data-way="${next}"]`))?.focus();
    };
    return entry;
  });
  const focused = /** @type {HTMLElement | null} */ (ui.legend.querySelector(":focus"))?.dataset.way;
  ui.legend.replaceChildren(...entries);
  if (focused) /** @type {HTMLElement | null} */ (ui.legend.querySelector(`[data-way="${state.way}"]`))?.focus();
}

/**
 * What the run at the ruler reached, and how far another draw of photos may lie from it.
 * @param {Picture} ui
 */
function showVerdict(ui) {
  const { state, data } = ui;
  const { labels, lang, run } = data;
  const reached = run.reached.at(-1);
  let words = labels.none;
  if (!ui.isHere()) words = "…";
  else if (reached !== undefined && run.stage !== "empty") {
    const told = writePercent(reached, lang, 1);
    words = (run.stage === "live" ? labels.live : labels.run).replace("%s", told);
  }
  const point = ui.pointOf(state.way);
  const seeds =
    point && point.photos <= ui.shownTo()
      ? labels.seeds
          .replace("%m", writePercent(point.mean, lang, 1))
          .replace("%d", writeShort(100 * point.deviation, lang, 2))
          .replace("%n", String(point.seeds))
      : labels.later;
  const differs = run.differs && ui.isHere() ? ` (${run.differs})` : "";
  ui.verdict.replaceChildren(
    make("b", {}, words + differs),
    make("span", { class: "seeds" }, labels.told.replace("%w", labels.ways[state.way]).replace("%s", seeds)),
  );
}
