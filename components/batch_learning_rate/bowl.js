// The bowl: a loss surface with two weights, and the whole path of an optimizer, redrawn while the finger moves.
import { make, pictureIn } from "../in_browser/base.js";
import { controls } from "./controls.js";
import { descend, loss } from "./descent.js";
import { map } from "./map.js";
import { play } from "./play.js";
import { curvePicture, dataPicture } from "./smalls.js";
import { say, standing, writeLoss } from "./verdict.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Constants, Optimizer, Path, Problem, ProblemName, Settings, Weights } from "./descent.js" */
/**
 * @typedef {object} State what the student's hand moves
 * @property {ProblemName} problem
 * @property {Optimizer} optimizer
 * @property {number} rate
 * @property {number} batch
 * @property {number} momentum
 * @property {number} seed
 * @property {Weights | null} start null is the problem's own
 * @property {number} shown updates of the path that are shown
 * @property {number} arrows mini-batches whose gradients are shown
 */
/**
 * @typedef {object} Data
 * @property {number} version changes when a preset or a link moves the controls from outside
 * @property {State} state
 * @property {Record<ProblemName, Problem>} problems
 * @property {Constants} constants
 * @property {Labels} labels
 * @property {string[]} hidden controls that the link leaves out
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {{ batch: number }} compared what the question starts from: stays as a pale path while it is played
 */
/** @typedef {Record<string, string> & { axes: Record<ProblemName, [string, string]> }} Labels */
/** @typedef {{ element: HTMLElement | SVGElement, show(): void }} Part */
/** @typedef {ReturnType<typeof build>} Ui */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.tell = () => setStateValue("state", { ...ui.state });
  if (ui.version !== data.version) {
    // Only a preset or a link moves the controls from outside; an echo of the finger's own move never does.
    ui.version = data.version;
    ui.state = { ...data.state };
    ui.leave();
  }
  ui.descend();
  if (data.plays > ui.plays) play(ui, () => setStateValue("played", data.plays));
  ui.plays = data.plays;
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    root,
    data,
    version: -1,
    plays: data.heard,
    state: data.state,
    /** The path that the question starts from, beside the one it asks for. */
    before: /** @type {Weights[]} */ ([]),
    /** Ends what is being played. */
    stop() {},
    path: /** @type {Path} */ ({ points: [], visited: [], diverged: false }),
    /** Over all examples, at each point of the path. */
    losses: /** @type {number[]} */ ([]),
    parts: /** @type {Part[]} */ ([]),
    tell() {},
    /** @returns {Problem} */
    problem: () => ui.data.problems[ui.state.problem],
    /** @returns {Settings} */
    settings: () => ({ ...ui.state, start: ui.state.start ?? ui.problem().start }),
    /** The place on the path of the point that is shown: the last one, unless the student moved back. */
    at: () => Math.min(ui.state.shown, ui.path.points.length - 1),
    /** @returns {Weights} */
    point: () => ui.path.points[ui.at()],
    write: (/** @type {number} */ value) => writeLoss(value, ui.data.lang),
    /** The hand moves on: what was played is over, and its pale path goes. */
    leave() {
      ui.stop();
      ui.before = [];
    },
    /** Compute the path again, and show it. */
    descend() {
      ui.path = descend(ui.problem(), ui.settings(), ui.data.constants);
      ui.losses = ui.path.points.map((w) => loss(ui.problem(), w));
      ui.show();
    },
    show() {
      for (const part of ui.parts) part.show();
    },
  };
  const [landscape, said, hands, examples, curve] = [map, verdict, controls, dataPicture, curvePicture].map((part) =>
    part(ui),
  );
  ui.parts = [landscape, said, hands, examples, curve];
  const small = make("div", { class: "smalls" }, examples.element, curve.element);
  root.append(landscape.element, said.element, make("div", { class: "below" }, hands.element, small));
  new ResizeObserver(() => ui.show()).observe(root);
  return ui;
}

/**
 * The line that says where the descent stands.
 * @param {Ui} ui
 * @returns {Part}
 */
function verdict(ui) {
  const element = make("p", { class: "verdict", "aria-live": "polite" });
  return {
    element,
    show() {
      const { labels, lang } = ui.data;
      const { losses, path } = ui;
      const descent = { problem: ui.problem(), settings: ui.settings(), losses, diverged: path.diverged, at: ui.at() };
      const text = say(descent, labels, lang);
      if (element.textContent !== text) element.textContent = text; // a screen reader says it again otherwise
      element.dataset.kind = standing(descent);
    },
  };
}
