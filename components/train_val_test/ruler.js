// The ruler: moving along the epochs shows what the network got wrong, and thought of one digit, at that moment.
// All frames are here, so scrubbing and playing cost no round trip; on release Python learns the frame.
import { bytesOf } from "../in_browser/arrays.js";
import { clamp, make, pictureIn, svg, writeNumber, writePercent } from "../in_browser/base.js";
import { curve, digitBars, isNumber } from "../in_browser/charts.js";
import { asInk, paint, pixels, SIDE } from "../in_browser/pixels.js";
import { transport } from "../in_browser/transport.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/**
 * @typedef {object} Frame
 * @property {number} epoch
 * @property {number | null} train error
 * @property {number | null} validation error
 * @property {number[]} confusion ten rows of ten: true digits, and what they were taken for
 * @property {[index: number, truth: number, predicted: number, confidence: number][]} mistakes
 */
/**
 * @typedef {object} Data a finished run
 * @property {string} run
 * @property {Frame[]} frames
 * @property {number} frame where the student left the ruler
 * @property {{ index: number[], pixels: string }} images 28 × 28 bytes in base64 of each digit that was ever mistaken
 * @property {{ image: string, probabilities: (number | null)[][] }} [digit] the student's own, at each frame
 * @property {TransportLabels & Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const DIGITS = [...Array(10).keys()];
const MISTAKES = 12;
/** A validation digit's count that is full colour: there are some 600 of each. */
const MANY = 700;
/** Milliseconds for a frame while playing: eight seconds in all, but neither a blur nor a wait. */
const [PLAY_ALL, SHORTEST, LONGEST] = [8000, 120, 700];

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  if (ui.run !== data.run) ui.digits = cut(data.images);
  ui.run = data.run;
  ui.data = data;
  showWords(ui);
  drawTrack(ui);
  ui.transport.follow({
    run: data.run,
    moments: data.frames.length,
    at: data.frame,
    pace: clamp(PLAY_ALL / data.frames.length, SHORTEST, LONGEST),
    labels: data.labels,
    show: (frame) => show(ui, frame),
    tell: (frame) => setStateValue("frame", frame),
  });
  return ui.transport.stop;
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    run: "",
    /** Pixels of each mistaken digit, by its place among the validation digits. */
    digits: /** @type {Map<number, Uint8Array>} */ (new Map()),
    transport: transport(),
    track: svg("svg", {
      class: "track",
      viewBox: "0 0 1000 60",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    }),
    matrixTitle: make("h4"),
    ...buildMatrix(),
    galleryTitle: make("h4"),
    gallery: [...Array(MISTAKES)].map(buildMistake),
    digitTitle: make("h4"),
    digit: pixels(),
    bars: digitBars(),
  };
  ui.transport.rail.prepend(ui.track);
  root.append(
    ui.transport.element,
    make(
      "div",
      { class: "panels" },
      make("section", {}, ui.matrixTitle, ui.matrix),
      make("section", {}, ui.galleryTitle, make("div", { class: "gallery" }, ...ui.gallery.map(({ box }) => box))),
      make("section", {}, ui.digitTitle, make("div", { class: "own" }, ui.digit, ui.bars.box)),
    ),
  );
  return ui;
}

function buildMatrix() {
  const corner = make("td", { class: "corner" });
  const rows = DIGITS.map(() => DIGITS.map(() => make("td")));
  const head = make("tr", {}, corner, ...DIGITS.map((digit) => make("th", { scope: "col" }, String(digit))));
  const lines = rows.map((cells, digit) => make("tr", {}, make("th", { scope: "row" }, String(digit)), ...cells));
  return { corner, cells: rows.flat(), matrix: make("table", {}, head, ...lines) };
}

function buildMistake() {
  const canvas = pixels();
  const words = make("figcaption");
  return { canvas, words, box: make("figure", {}, canvas, words) };
}

/** @param {Data["images"]} images */
function cut(images) {
  const all = bytesOf(images.pixels);
  const size = SIDE * SIDE;
  return new Map(images.index.map((index, i) => [index, all.subarray(i * size, (i + 1) * size)]));
}

/** @param {Picture} ui */
function showWords(ui) {
  const { labels } = ui.data;
  ui.matrixTitle.textContent = labels.matrix;
  ui.corner.textContent = labels.corner;
  ui.galleryTitle.textContent = labels.mistakes;
  ui.digitTitle.textContent = labels.digit;
}

/**
 * The two error curves behind the slider, so that playing shows where one is.
 * @param {Picture} ui
 */
function drawTrack({ track, data: { frames } }) {
  const highest = Math.max(...frames.flatMap((frame) => [frame.train, frame.validation]).filter(isNumber), 1e-9);
  const x = (/** @type {number} */ i) => (frames.length > 1 ? (i / (frames.length - 1)) * 1000 : 500);
  const y = (/** @type {number} */ error) => 56 - 52 * Math.sqrt(Math.min(error, highest) / highest);
  const thin = { "stroke-width": 2.5, "vector-effect": "non-scaling-stroke" };
  track.replaceChildren(curve("train", frames, x, y, thin), curve("validation", frames, x, y, thin));
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function show(ui, frame) {
  const now = ui.data.frames[frame];
  showMatrix(ui, now);
  showMistakes(ui, now);
  showDigit(ui, frame);
  const epoch = writeNumber(now.epoch, ui.data.lang, Number.isInteger(now.epoch) ? 0 : 2);
  return ui.data.labels.epoch.replace("%s", epoch);
}

/**
 * @param {Picture} ui
 * @param {Frame} now
 */
function showMatrix(ui, { confusion }) {
  const highest = Math.max(1, ...confusion.filter((_, i) => !isRight(i)));
  ui.cells.forEach((cell, i) => {
    const count = confusion[i];
    cell.textContent = count ? String(count) : "";
    cell.className = isRight(i) ? "right" : "wrong";
    cell.style.setProperty("--share", Math.sqrt(count / (isRight(i) ? MANY : highest)).toFixed(3));
    cell.title = ui.data.labels.cell
      .replace("%a", String(Math.floor(i / 10)))
      .replace("%b", String(i % 10))
      .replace("%n", String(count));
  });
}

/** @param {number} cell */
function isRight(cell) {
  return cell % 11 === 0;
}

/**
 * @param {Picture} ui
 * @param {Frame} now
 */
function showMistakes(ui, { mistakes }) {
  const { lang, labels } = ui.data;
  ui.gallery.forEach(({ box, canvas, words }, i) => {
    box.hidden = i >= mistakes.length;
    if (box.hidden) return;
    const [index, truth, predicted, confidence] = mistakes[i];
    paint(canvas, ui.digits.get(index) ?? [], asInk);
    const text = labels.mistake.replace("%a", String(truth)).replace("%b", String(predicted));
    words.textContent = `${text} ${writePercent(confidence, lang, 0)}`;
    canvas.setAttribute("aria-label", words.textContent);
  });
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function showDigit(ui, frame) {
  const { digit, lang, labels } = ui.data;
  ui.digitTitle.hidden = !digit;
  const row = /** @type {HTMLElement} */ (ui.digit.parentElement);
  row.hidden = !digit;
  if (!digit) return;
  paint(ui.digit, bytesOf(digit.image), asInk);
  ui.digit.setAttribute("aria-label", labels.digit);
  ui.bars.show(
    DIGITS.map((i) => digit.probabilities[frame]?.[i] ?? Number.NaN),
    lang,
  );
}
