// An agent at any age of its training: the grid that it flies over, what its network says there, what that brings
// against the moves it learned from, and the memory that its batches are drawn from.
import { inflated } from "../in_browser/arrays.js";
import { make, writeNumber, writeWhole } from "../in_browser/base.js";
import { patient, takeUp } from "../in_browser/hand.js";
import { receive } from "../in_browser/received.js";
import { segments } from "../in_browser/segments.js";
import { transport } from "../in_browser/transport.js";
import { chart, drawChart } from "./chart.js";
import { cityOf } from "./city.js";
import { drawFilm, film } from "./film.js";
import { flightsOf } from "./flights.js";
import { grid } from "./grid.js";
import { dragOn } from "./hands.js";
import { halvesOf, layersOf } from "./network.js";
import { play } from "./play.js";
import { follow } from "./played.js";
import { values } from "./values.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Curve } from "./chart.js" */
/** @import { Situation } from "./city.js" */
/** @import { Film } from "./film.js" */
/** @import { Flight, Told } from "./flights.js" */
/** @import { Scene } from "./grid.js" */
/** @import { Layer } from "./network.js" */

/** @typedef {"slow" | "usual" | "fast"} Pace */
/**
 * What the student chose. `turn` counts what the hand did here: what Python sends is older until it has the same.
 * @typedef {{ age: number, start: number, pace: Pace, turn: number }} State age: −1 for the last one
 */
/**
 * @typedef {object} Data
 * @property {"small" | "course"} world
 * @property {number} side of the small world's grid
 * @property {number[]} city what the small world's ground holds
 * @property {number} situations of the small world
 * @property {string} run whose ages they are
 * @property {number} steps moves of the whole training
 * @property {number[]} ages moves learned from, at each age that can be looked at
 * @property {Curve} curve
 * @property {Curve[]} pinned what it is compared with
 * @property {{ random: number | null, best: number | null }} bounds
 * @property {{ sizes: number[], numbers: string } | null} weights of every age, one behind the other
 * @property {string} best the truly best actions of every situation, a bit each
 * @property {Told | null} flights
 * @property {{ memory: number, batch: number, isLatest: boolean, drawn: number[][], scenes: string, outcomes: string,
 *   size: number }} film
 * @property {State} state
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {string[]} hidden controls that a teacher's link leaves out
 * @property {Record<string, string> & { transport: TransportLabels, actions: string[],
 *   outcomes: Record<string, string>, paces: Record<Pace, string> }} labels
 */
/** @typedef {{ layers: Layer[][], best: Uint8Array, flights: Flight[] }} Held what was unpacked of a run */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds of a move. */
const PACES = { slow: 900, usual: 420, fast: 140 };
/** A prime: so many situations further the next one lies, and all come in turn. */
const FURTHER = 4_127;
const NAMES = /** @type {Pace[]} */ (["slow", "usual", "fast"]);

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
    /** While the answer is played: the age that is shown. */
    playedAge: /** @type {number | null} */ (null),
    /** Seed of the batch that the student drew; 0: the one that the training drew. */
    drawnAgain: 0,
    /** Ends what is being played. */
    stop() {},
    grid: grid(),
    values: values(),
    chart: chart(),
    film: Object.assign(film(), { tape: /** @type {Film | null} */ (null) }),
    transport: transport(),
    paces: segments(NAMES, (pace) => ui.choose({ pace })),
    elsewhere: make("button", { type: "button", class: "plain" }),
    title: make("div", { class: "title" }),
    verdict: make("p", { class: "verdict", "aria-live": "polite" }),
    city: cityOf(data.side, data.city),
    unpacked: "",
    held: /** @type {Held | null} */ (null),
    flown: {
      key: "",
      held: /** @type {Held | null} */ (null),
      count: 1,
      situations: /** @type {Situation[]} */ ([]),
      outcomes: /** @type {Scene["outcome"][]} */ ([]),
    },
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    told: patient(() => ui.send("state", { ...ui.state })),
    pace: () => PACES[ui.state.pace],
    ageShown() {
      const last = ui.data.ages.length - 1;
      const asked = ui.playedAge ?? ui.state.age;
      return asked < 0 ? Math.max(last, 0) : Math.min(asked, Math.max(last, 0));
    },
    movesShown: () => (ui.playedAge === null ? Number.POSITIVE_INFINITY : (ui.data.ages[ui.playedAge] ?? 0)),
    rewardShown() {
      const at = ui.data.curve.moves.indexOf(ui.data.ages[ui.ageShown()]);
      return ui.data.curve.reward[at] ?? null;
    },
    /**
     * Take what the hand chose, show it, and tell Python when the hand rests.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      ui.drawnAgain = 0;
      takeUp(ui, changed);
    },
    show() {
      unpack(ui);
      showWords(ui);
      drawChart(ui);
      follow(ui);
      drawFilm(ui);
    },
  };
  ui.chart.range.oninput = () => ui.choose({ age: Number(ui.chart.range.value) });
  ui.film.again.onclick = () => {
    ui.drawnAgain += 1;
    drawFilm(ui);
  };
  ui.elsewhere.onclick = () => ui.choose({ start: (ui.state.start + FURTHER) % data.situations });
  dragOn(ui);
  const hands = make("div", { class: "hands" }, ui.paces.box, ui.elsewhere);
  const flown = make("div", { class: "flown" }, ui.grid.box, ui.transport.element, hands);
  const judged = make("div", { class: "judged" }, ui.title, ui.chart.box, ui.verdict);
  root.append(make("div", { class: "pictures" }, flown, ui.values.box, judged), ui.film.box);
  new ResizeObserver(() => drawChart(ui)).observe(ui.chart.box);
  new ResizeObserver(() => drawFilm(ui)).observe(ui.film.box);
  return ui;
}

/**
 * Unpack the weights, flights and scenes of another run; show again when they are there.
 * @param {Picture} ui
 */
async function unpack(ui) {
  const { data } = ui;
  const key = `${data.run} ${data.ages.length}`;
  if (ui.unpacked === key) return;
  ui.unpacked = key;
  ui.city = cityOf(data.side, data.city);
  ui.held = null;
  ui.film.tape = null;
  ui.drawnAgain = 0;
  const { sizes, numbers } = data.weights ?? { sizes: [], numbers: "" };
  const [weights, best, scenes, outcomes, flights] = await Promise.all([
    inflated(numbers),
    inflated(data.best),
    inflated(data.film.scenes),
    inflated(data.film.outcomes),
    data.flights ? flightsOf(data.flights) : [],
  ]);
  if (ui.unpacked !== key) return;
  const all = halvesOf(weights);
  const one = sizes.slice(1).reduce((sum, rows, at) => sum + rows * (sizes[at] + 1), 0);
  const layers = one ? data.ages.map((_, age) => layersOf(all.subarray(age * one, (age + 1) * one), sizes)) : [];
  ui.held = { layers, best, flights };
  ui.film.tape = outcomes.length ? { scenes, outcomes, size: data.film.size } : null;
  const isFirst = !ui.transport.isPlaying() && ui.playedAge === null;
  ui.show();
  if (isFirst && !matchMedia("(prefers-reduced-motion: reduce)").matches) ui.transport.play();
}

/** @param {Picture} ui */
function showWords(ui) {
  const { data, state } = ui;
  const { labels } = data;
  ui.title.textContent = labels.chartTitle;
  const words = verdictOf(ui);
  if (ui.verdict.textContent !== words) ui.verdict.textContent = words;
  ui.paces.show(state.pace, labels.pace, labels.paces);
  ui.paces.box.hidden = data.hidden.includes("dqn_pace");
  ui.elsewhere.textContent = labels.elsewhere;
  ui.elsewhere.hidden = data.world !== "small" || data.hidden.includes("dqn_start");
  ui.grid.drawing.setAttribute("aria-label", labels.gridAlt);
  ui.grid.drawing.classList.toggle("movable", data.world === "small");
}

/**
 * What the agent of the age that is shown brings, in words.
 * @param {Picture} ui
 */
function verdictOf({ data, ageShown }) {
  const { labels, lang, curve, ages } = data;
  const at = curve.moves.indexOf(ages[ageShown()]);
  const [delivered, crashed] = [curve.delivered[at], curve.crashed[at]];
  if (typeof delivered !== "number" || typeof crashed !== "number") return labels.noAge;
  return labels.verdict
    .replace("%m", writeWhole(ages[ageShown()], lang))
    .replace("%d", writeNumber(delivered, lang, 1))
    .replace("%c", writeNumber(crashed, lang, 1));
}
