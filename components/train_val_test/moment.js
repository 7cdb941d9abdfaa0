// What the network does at one moment of its training: how it reads one digit, and what it gets wrong.
import { bytesOf } from "../in_browser/arrays.js";
import { make, writePercent } from "../in_browser/base.js";
import { digitBars } from "../in_browser/charts.js";
import { pad } from "../in_browser/pad.js";
import { asInk, paint, pixels, SIDE } from "../in_browser/pixels.js";

/** @import { Frame, Picture } from "./picture.js" */

const DIGITS = [...Array(10).keys()];
const MISTAKES = 10;
/** A validation digit's count that is full colour: there are some 600 of each. */
const MANY = 700;

/**
 * Make the parts beside the chart; `showMoment` fills them.
 * @param {{ drawn(ink: Uint8Array): void, another(): void, erase(): void }} hands
 */
export function moment(hands) {
  const paper = pad(hands.drawn);
  const seen = pixels(SIDE, SIDE, { class: "pixels seen" });
  const [another, erase] = ["another", "erase"].map((kind) => make("button", { type: "button", class: kind }));
  another.onclick = hands.another;
  erase.onclick = hands.erase;
  const titles = { digit: make("h4"), mistakes: make("h4"), matrix: make("h4") };
  const bars = digitBars();
  const note = make("p", { class: "note" });
  const gallery = [...Array(MISTAKES)].map(buildMistake);
  const lost = make("p", { class: "lost" });
  const { table, cells, corner } = buildMatrix();
  const under = make("div", { class: "under" }, another, erase, seen);
  const sections = {
    digit: make(
      "section",
      { class: "one" },
      titles.digit,
      make("div", { class: "own" }, make("div", {}, paper.box, under), bars.box),
      note,
    ),
    mistakes: make(
      "section",
      {},
      titles.mistakes,
      make("div", { class: "gallery" }, lost, ...gallery.map(({ box }) => box)),
    ),
    matrix: make("section", {}, titles.matrix, table),
  };
  return {
    box: make("div", { class: "moment-parts" }, sections.digit, sections.mistakes, sections.matrix),
    paper,
    seen,
    another,
    erase,
    titles,
    bars,
    note,
    gallery,
    lost,
    cells,
    corner,
    sections,
  };
}

function buildMatrix() {
  const corner = make("td", { class: "corner" });
  const rows = DIGITS.map(() => DIGITS.map(() => make("td")));
  const head = make("tr", {}, corner, ...DIGITS.map((digit) => make("th", { scope: "col" }, String(digit))));
  const lines = rows.map((cells, digit) => make("tr", {}, make("th", { scope: "row" }, String(digit)), ...cells));
  return { corner, cells: rows.flat(), table: make("table", {}, head, ...lines) };
}

function buildMistake() {
  const canvas = pixels();
  const words = make("figcaption");
  return { canvas, words, box: make("figure", {}, canvas, words) };
}

/**
 * Write what does not change with the moment.
 * @param {Picture} ui
 */
export function dressMoment({ moment: parts, data, state }) {
  const { labels } = data;
  for (const name of /** @type {const} */ (["digit", "mistakes", "matrix"]))
    parts.titles[name].textContent = labels[name];
  parts.corner.textContent = labels.corner;
  parts.another.textContent = labels.another;
  parts.erase.textContent = labels.erase;
  parts.another.hidden = data.hidden.includes("tvt_digit");
  const isDrawn = parts.paper.isDrawn();
  parts.erase.hidden = !isDrawn;
  parts.seen.hidden = !isDrawn || !data.digit.drawn;
  parts.box.dataset.part = state.part;
  const bytes = bytesOf(data.digit.image);
  if (data.digit.drawn) {
    paint(parts.seen, bytes, asInk);
    parts.seen.setAttribute("aria-label", labels.seen);
    parts.seen.title = labels.seen;
  } else {
    parts.paper.show(bytes, labels.chosen);
  }
}

/**
 * @param {Picture} ui
 * @param {number} at
 */
export function showMoment(ui, at) {
  const now = ui.data.frames[at];
  showDigit(ui, at);
  showMistakes(ui, now);
  showMatrix(ui, now);
}

/**
 * The bars of the last moment whose weights are kept; a run that is not over has kept none.
 * @param {Picture} ui
 * @param {number} at
 */
function showDigit({ moment: parts, data }, at) {
  const { moments, chances } = data.digit;
  let last = moments.length - 1;
  while (last > 0 && moments[last] > at) last -= 1;
  const found = chances[last];
  parts.bars.show(
    DIGITS.map((digit) => found?.[digit] ?? Number.NaN),
    data.lang,
  );
  parts.bars.box.classList.toggle("unknown", !found);
  const isExact = moments[last] === at;
  const epoch = data.frames[moments[last]]?.epoch;
  parts.note.textContent = found ? (isExact ? "" : data.labels.kept.replace("%s", String(epoch))) : data.labels.later;
}

/**
 * @param {Picture} ui
 * @param {Frame | undefined} now
 */
function showMistakes({ moment: parts, data, digits }, now) {
  const { lang, labels } = data;
  const mistakes = now?.mistakes ?? [];
  parts.lost.textContent = now?.validation.loss === null && !mistakes.length ? labels.lost : "";
  parts.gallery.forEach(({ box, canvas, words }, i) => {
    box.classList.toggle("none", i >= mistakes.length);
    if (i >= mistakes.length) return;
    const [index, truth, predicted, confidence] = mistakes[i];
    paint(canvas, digits(index), asInk);
    const text = labels.mistake.replace("%a", String(truth)).replace("%b", String(predicted));
    words.textContent = `${text} ${writePercent(confidence, lang, 0)}`;
    canvas.setAttribute("aria-label", words.textContent);
  });
}

/**
 * @param {Picture} ui
 * @param {Frame | undefined} now
 */
function showMatrix({ moment: parts, data }, now) {
  const confusion = now?.confusion ?? [];
  const highest = Math.max(1, ...confusion.filter((_, i) => !isRight(i)));
  parts.cells.forEach((cell, i) => {
    const count = confusion[i] ?? 0;
    cell.textContent = count ? String(count) : "";
    cell.className = isRight(i) ? "right" : "wrong";
    cell.style.setProperty("--share", Math.sqrt(count / (isRight(i) ? MANY : highest)).toFixed(3));
    cell.title = data.labels.cell
      .replace("%a", String(Math.floor(i / 10)))
      .replace("%b", String(i % 10))
      .replace("%n", String(count));
  });
}

/** @param {number} cell */
function isRight(cell) {
  return cell % 11 === 0;
}
