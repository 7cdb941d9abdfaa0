// Train, then try: a photo from the camera, live, or from a file; the bars answer, and a map shows what counted.
import { make, pictureIn, writePercent } from "../in_browser/base.js";
import { bars } from "./own_bars.js";
import { camera } from "./own_camera.js";
import { channel } from "./own_channel.js";
import { paintHeat } from "./own_heat.js";
import { fileButton, readFile, SIDE } from "./own_image.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Row } from "./own_bars.js" */
/** @import { Heat } from "./own_heat.js" */
/**
 * @typedef {object} Data
 * @property {boolean} trains whether there is something to train here
 * @property {string} problem why it cannot be trained now; empty if it can
 * @property {{ said: string, share: number } | null} progress of the training that goes on
 * @property {{ said: string, rows: Row[], flatters: string, stale: string } | null} result
 * @property {boolean} can whether photos can be tried
 * @property {boolean} hasReady whether there are ready photos to try
 * @property {string[]} names of the classes
 * @property {number[]} chances of each, for the photo that was tried last; empty before
 * @property {string} url of that photo; empty for one of the live camera
 * @property {Heat | null} heat
 * @property {string} said what went wrong
 * @property {number} pause milliseconds between two photos of the live camera
 * @property {number} mostBytes of a file that the browser cannot read
 * @property {string} answered the last message that Python answered
 * @property {Record<string, string>} faults why there is no camera, in words
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds between two looks at a training. */
const LOOK = 300;

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  ui.channel.heard(component.data.answered, (message) => component.setTriggerValue("act", message));
  draw(ui);
  return () => ui.lens.close();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const [train, live, ready, explain] = ["train", "live", "ready", "explain"].map((name) =>
    make("button", { type: "button", class: `key ${name}` }),
  );
  const file = fileButton(false, (files) => void tryFile(ui, files[0]));
  const [hint, said, result, flatters, stale] = ["hint", "said", "result", "flatters", "stale"].map((name) =>
    make("p", { class: name }),
  );
  const bar = make("progress", { max: 1 });
  const photo = make("img", { alt: "", width: SIDE, height: SIDE });
  const heat = make("canvas", { width: 2 * SIDE, height: 2 * SIDE, role: "img" });
  const shown = make("div", { class: "shown" }, photo, heat);
  const legend = make("p", { class: "legend" });
  const heatSaid = make("p", { class: "heat-said", role: "status" });
  const ui = {
    data,
    root,
    ...{ train, live, ready, explain, file, hint, said, result, flatters, stale, bar, photo, heat, shown, legend },
    heatSaid,
    results: bars("results"),
    reads: bars("reads"),
    trainRow: make("div", { class: "buttons" }, train, bar, hint),
    outcome: make("div", { class: "outcome" }),
    tryRow: make("div", { class: "buttons" }, live, file.button, file.input, ready, explain),
    desk: make("div", { class: "desk" }),
    lens: camera(() => draw(ui)),
    channel: channel(),
    isExplaining: false,
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    ticking: undefined,
  };
  hint.setAttribute("role", "status");
  said.setAttribute("role", "alert");
  ui.outcome.append(result, ui.results.box, flatters, stale);
  ui.desk.append(make("div", { class: "source" }, ui.lens.box, shown, legend), ui.reads.box);
  root.append(ui.trainRow, ui.outcome, ui.tryRow, said, ui.desk, heatSaid);
  train.onclick = () => void ui.channel.say({ act: ui.data.progress ? "stop" : "train" });
  live.onclick = () => (ui.lens.isOpen() ? ui.lens.close() : void readLive(ui));
  ready.onclick = () => {
    ui.lens.close();
    void ui.channel.say({ act: "ready" });
  };
  explain.onclick = async () => {
    ui.lens.close(); // the last photo it sent stands still
    ui.isExplaining = true;
    draw(ui);
    await ui.channel.say({ act: "explain" });
    ui.isExplaining = false;
    draw(ui);
  };
  return ui;
}

/** @param {Picture} ui */
function draw(ui) {
  drawTraining(ui);
  const { data, lens } = ui;
  const { labels, chances } = data;
  ui.tryRow.hidden = !data.can;
  ui.live.textContent = lens.isOpen() ? labels.close : labels.live;
  ui.live.setAttribute("aria-pressed", String(lens.isOpen()));
  ui.file.button.textContent = labels.file;
  ui.ready.textContent = labels.ready;
  ui.ready.hidden = !data.hasReady;
  ui.explain.textContent = ui.isExplaining ? labels.explaining : labels.explain;
  ui.explain.hidden = !chances.length;
  ui.explain.disabled = ui.isExplaining;
  const fault = data.faults[lens.fault()] ?? "";
  ui.said.textContent = [data.said, fault].filter(Boolean).join(" ");
  ui.said.hidden = !ui.said.textContent;
  const isStill = !lens.isOpen() && Boolean(data.url);
  ui.desk.hidden = !lens.isOpen() && !chances.length;
  ui.shown.hidden = !isStill;
  if (!isStill) ui.photo.removeAttribute("src");
  else if (ui.photo.src !== data.url) ui.photo.src = data.url;
  ui.photo.alt = labels.photo;
  ui.reads.show(
    data.names.map((name, at) => {
      const share = chances.length ? chances[at] : null;
      return { name, share, told: share === null ? "" : writePercent(share, data.lang, 0) };
    }),
    labels.reads,
  );
  drawHeat(ui, isStill ? data.heat : null);
}

/**
 * The button, how far it is, and what came out.
 * @param {Picture} ui
 */
function drawTraining(ui) {
  const { progress, problem, result, labels, trains } = ui.data;
  ui.trainRow.hidden = !trains;
  ui.train.textContent = progress ? labels.stop : labels.train;
  ui.train.disabled = Boolean(problem) && !progress;
  ui.hint.textContent = progress ? progress.said : problem;
  ui.bar.hidden = !progress;
  ui.bar.value = progress?.share ?? 0;
  ui.bar.setAttribute("aria-label", progress?.said ?? labels.train);
  ui.outcome.hidden = !result;
  ui.result.textContent = result?.said ?? "";
  ui.results.show(result?.rows ?? [], labels.results);
  for (const [element, words] of /** @type {const} */ ([
    [ui.flatters, result?.flatters],
    [ui.stale, result?.stale],
  ])) {
    element.textContent = words ?? "";
    element.hidden = !words;
  }
  clearTimeout(ui.ticking);
  if (progress) ui.ticking = setTimeout(() => void (ui.root.isConnected && ui.channel.say({ act: "tick" })), LOOK);
}

/** @param {Picture} ui @param {Heat | null} heat */
function drawHeat(ui, heat) {
  const { labels } = ui.data;
  ui.heat.hidden = ui.legend.hidden = !heat;
  ui.heatSaid.textContent = heat?.said ?? "";
  ui.heatSaid.hidden = !heat;
  if (!heat) return;
  ui.heat.setAttribute("aria-label", labels.map);
  ui.legend.textContent = `${labels.fell} · ${labels.rose}`;
  paintHeat(ui.heat, heat);
}

/**
 * Send what the camera sees, and wait for the answer before the next one.
 * @param {Picture} ui
 */
async function readLive(ui) {
  const { lens } = ui;
  await lens.open();
  draw(ui);
  while (lens.isOpen()) {
    const photo = lens.take();
    if (photo) await ui.channel.say({ act: "look", live: true, photo: { data: photo } });
    if (ui.data.said) lens.close(); // no answer: the words under the buttons say why
    await new Promise((resolve) => setTimeout(resolve, ui.data.pause));
  }
}

/**
 * @param {Picture} ui
 * @param {File} file
 */
async function tryFile(ui, file) {
  ui.lens.close();
  const photo = await readFile(file, ui.data.mostBytes);
  await ui.channel.say({ act: "look", live: false, photo });
}
