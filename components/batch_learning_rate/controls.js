// The bowl's controls: what moves under the finger is drawn here at once; Python hears of it on release.
import { make } from "../in_browser/base.js";
import { noteMove } from "../in_browser/hand.js";
import { largestStableRate, STEPS } from "./descent.js";

/** @import { Part, State, Ui } from "./bowl.js" */
/** @import { Optimizer, ProblemName } from "./descent.js" */
/** @typedef {Exclude<keyof State, "start">} Name */
/**
 * @typedef {object} Control
 * @property {HTMLInputElement | HTMLSelectElement} input
 * @property {(value: string) => Partial<State>} read what the hand asks for
 * @property {() => string | number} place where the hand stands
 * @property {() => string} [say] what is written beside a slider
 */

/** Powers of ten of the learning rate: its slider is logarithmic. */
const [LOWEST, HIGHEST] = [-3, 1];
/** Pixels from the end of a slider to the middle of its thumb, when it stands there. */
const THUMB = 8;
/** @type {Optimizer[]} */
const OPTIMIZERS = ["sgd", "momentum", "rmsprop", "adam"];
/** @type {ProblemName[]} */
const PROBLEMS = ["regression", "aligned", "classification"];
/** @type {Name[]} */
const FIRST = ["rate", "batch", "shown", "optimizer", "problem"];
/** @type {Name[]} */
const ADVANCED = ["arrows", "momentum", "seed"];
/**
 * What changes nothing of the path.
 * @type {Name[]}
 */
const ONLY_SHOWN = ["shown", "arrows"];

/**
 * @param {Ui} ui
 * @returns {Part}
 */
export function controls(ui) {
  const bound = make("span", { class: "bound" });
  const all = describe(ui);
  const rows = Object.fromEntries(
    [...FIRST, ...ADVANCED].map((name) => [name, row(name, all[name].input, name === "rate" ? [bound] : [])]),
  );
  const more = make("summary");
  const boxes = (/** @type {Name[]} */ names) => names.map((name) => rows[name].box);
  const details = make("details", {}, more, ...boxes(ADVANCED));
  for (const name of [...FIRST, ...ADVANCED]) listen(ui, name, all[name]);
  return {
    element: make("div", { class: "controls" }, ...boxes(FIRST), details),
    show() {
      const { labels } = ui.data;
      more.textContent = labels.advanced;
      all.shown.input.setAttribute("max", String(ui.path.points.length - 1));
      for (const name of [...FIRST, ...ADVANCED]) {
        rows[name].box.hidden = ui.data.hidden.includes(name);
        showRow(rows[name], all[name], labels[name]);
      }
      details.hidden = ADVANCED.every((name) => rows[name].box.hidden);
      const usesMomentum = ["momentum", "adam"].includes(ui.state.optimizer);
      rows.momentum.box.classList.toggle("unused", !usesMomentum);
      all.momentum.input.disabled = !usesMomentum;
      for (const input of [all.optimizer.input, all.problem.input]) {
        for (const option of input.children) {
          const value = /** @type {HTMLOptionElement} */ (option).value;
          option.textContent = labels[`option_${value}`] ?? labels[value];
        }
      }
      showBound(ui, bound);
    },
  };
}

/**
 * @param {Ui} ui
 * @returns {Record<Name, Control>}
 */
function describe(ui) {
  /** @param {Name} name */
  const isNow = (name) => () => String(ui.state[name]);
  return {
    optimizer: {
      input: select("optimizer", OPTIMIZERS),
      read: (value) => ({ optimizer: /** @type {Optimizer} */ (value) }),
      place: isNow("optimizer"),
    },
    rate: {
      input: range(LOWEST, HIGHEST, 0.01),
      read: (value) => ({ rate: Number((10 ** Number(value)).toPrecision(3)) }),
      place: () => Math.log10(ui.state.rate).toFixed(2),
      say: () => ui.write(ui.state.rate),
    },
    batch: {
      input: range(0, 6, 1),
      read: (value) => ({ batch: 2 ** Number(value) }),
      place: () => Math.round(Math.log2(ui.state.batch)),
      say: () => (ui.state.batch === ui.problem().targets.length ? ui.data.labels.all : String(ui.state.batch)),
    },
    shown: {
      input: range(0, STEPS, 1),
      read: (value) => ({ shown: Number(value) }),
      place: ui.at,
      say: () => String(ui.at()),
    },
    arrows: {
      input: range(0, 16, 1),
      read: (value) => ({ arrows: Number(value) }),
      place: isNow("arrows"),
      say: isNow("arrows"),
    },
    momentum: {
      input: range(0, 0.99, 0.01),
      read: (value) => ({ momentum: Number(value) }),
      place: isNow("momentum"),
      say: () => ui.write(ui.state.momentum),
    },
    problem: {
      input: select("problem", PROBLEMS),
      read: (value) => ({ problem: /** @type {ProblemName} */ (value), start: null }),
      place: isNow("problem"),
    },
    seed: {
      input: range(0, 99, 1),
      read: (value) => ({ seed: Number(value) }),
      place: isNow("seed"),
      say: isNow("seed"),
    },
  };
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} step
 */
function range(min, max, step) {
  return make("input", { type: "range", min, max, step });
}

/**
 * @param {string} name
 * @param {string[]} values
 */
function select(name, values) {
  return make("select", { name }, ...values.map((value) => make("option", { value })));
}

/**
 * @param {Name} name
 * @param {Control["input"]} input
 * @param {HTMLElement[]} marks what stands under the slider
 */
function row(name, input, marks) {
  input.dataset.name = name;
  const label = make("span", { class: "label" });
  const output = make("output");
  const track = make("span", { class: "track" }, input, ...marks);
  return { label, output, box: make("label", { class: "row" }, label, track, output) };
}

/**
 * @param {Ui} ui
 * @param {Name} name
 * @param {Control} control
 */
function listen(ui, name, { input, read }) {
  input.oninput = () => {
    const begun = performance.now();
    ui.leave();
    Object.assign(ui.state, read(input.value));
    if (ONLY_SHOWN.includes(name)) ui.show();
    else ui.descend();
    noteMove(ui.root, begun);
  };
  input.onchange = () => ui.tell();
}

/**
 * @param {ReturnType<typeof row>} shown
 * @param {Control} control
 * @param {string} label
 */
function showRow(shown, { input, place, say }, label) {
  const wanted = String(place());
  shown.label.textContent = label;
  input.setAttribute("aria-label", label);
  if (input.value !== wanted) input.value = wanted;
  if (!say) return;
  shown.output.textContent = say();
  input.setAttribute("aria-valuetext", shown.output.textContent);
}

/**
 * Mark the largest rate that can arrive under the slider of the rate.
 * @param {Ui} ui
 * @param {HTMLElement} mark
 */
function showBound(ui, mark) {
  const largest = largestStableRate(ui.problem(), ui.settings());
  const share = (Math.log10(largest) - LOWEST) / (HIGHEST - LOWEST);
  mark.hidden = share > 1;
  mark.style.left = `calc(${THUMB}px + (100% - ${2 * THUMB}px) * ${share})`;
  mark.textContent = ui.data.labels.limit.replace("{rate}", ui.write(largest));
}
