// Play, pause, a step back or forward, a slider: how a hand moves along the moments of a run.
// `transport_labels` in __init__.py names its parts.
import { clamp, make, svg } from "./base.js";

/** @typedef {Record<"slider" | "play" | "pause" | "back" | "forward", string>} TransportLabels */

/** What each button shows, as the path of an SVG. */
const ICONS = {
  back: "M17 5 7 12 17 19ZM5 5h2v14H5Z",
  forward: "M7 5 17 12 7 19ZM17 5h2v14h-2Z",
  play: "M7 4 20 12 7 20Z",
  pause: "M6 5h4v14H6ZM14 5h4v14h-4Z",
};

/**
 * @typedef {object} Journey
 * @property {string} run whose moments they are
 * @property {number} moments how many there are
 * @property {number} at where the student left them
 * @property {number} pace milliseconds for each while playing
 * @property {TransportLabels} [labels]
 * @property {(moment: number) => string} show draws a moment, and returns its name
 * @property {(moment: number) => void} tell hears on which moment the hand came to rest
 */

/** Make the buttons, the slider and the name of the moment; `follow` gives them a run. */
export function transport() {
  const [back, play, forward] = ["step", "play", "step"].map((kind) => make("button", { type: "button", class: kind }));
  const range = make("input", { type: "range", min: 0, step: 1 });
  const name = make("output", { class: "moment" });
  const rail = make("div", { class: "rail" }, range);
  /** @type {Journey} */
  let journey = { run: "", moments: 1, at: 0, pace: 0, show: () => "", tell() {} };
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let at = 0;

  const isAtEnd = () => at >= journey.moments - 1;

  /** @param {number} moment */
  function go(moment) {
    at = clamp(moment, 0, journey.moments - 1);
    range.value = String(at);
    name.textContent = journey.show(at);
    range.setAttribute("aria-valuetext", name.textContent);
  }

  function start() {
    if (isAtEnd()) go(0);
    timer = setInterval(() => {
      go(at + 1);
      if (isAtEnd()) rest();
    }, journey.pace);
    dress();
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    dress();
  }

  function rest() {
    stop();
    journey.tell(at);
  }

  function dress() {
    const { labels } = journey;
    if (!labels) return;
    const does = timer === undefined ? "play" : "pause";
    dressButton(back, ICONS.back, labels.back);
    dressButton(forward, ICONS.forward, labels.forward);
    dressButton(play, ICONS[does], labels[does]);
    range.setAttribute("aria-label", labels.slider);
  }

  back.onclick = () => {
    go(at - 1);
    rest();
  };
  forward.onclick = () => {
    go(at + 1);
    rest();
  };
  play.onclick = () => (timer === undefined ? start() : rest());
  range.oninput = () => {
    stop();
    go(Number(range.value));
  };
  range.onchange = () => journey.tell(at);

  return {
    element: make("div", { class: "transport" }, back, play, forward, rail, name),
    /** What stands behind the slider may be put in here. */
    rail,
    go,
    stop,
    /** Go on by itself from here; at the end, `tell` hears of it. */
    play: start,
    isPlaying: () => timer !== undefined,
    /** The moment that is shown. */
    at: () => at,
    /**
     * Show the moments of a run; those of another one begin where the student left them.
     * @param {Journey} asked
     */
    follow(asked) {
      const isAnother = asked.run !== journey.run;
      journey = asked;
      range.max = String(journey.moments - 1);
      if (isAnother) stop();
      else dress();
      go(isAnother ? journey.at : at);
    },
  };
}

/**
 * Give a button its picture and its name, once per change.
 * @param {HTMLButtonElement} button
 * @param {string} path
 * @param {string} label
 */
function dressButton(button, path, label) {
  if (button.dataset.path === path && button.title === label) return;
  button.dataset.path = path;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: path })));
}
