// The map of the letters: where each one stands, what the network invents and expects, at every frame of a run.
// All frames are here: scrubbing and playing cost no round trip. On release Python learns the frame and the letter.
import { floatsOf } from "../in_browser/arrays.js";
import { make, pictureIn, svg, writeNumber, writePercent } from "../in_browser/base.js";
import { bar } from "../in_browser/charts.js";
import { meaningOf } from "../in_browser/hand.js";
import { transport } from "../in_browser/transport.js";
import { lossTrack } from "./loss_track.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Level, Losses } from "./loss_track.js" */
/** @typedef {"vowel" | "consonant" | "accented" | "other"} Group */
/**
 * @typedef {object} Data a finished run, frame by frame: core/embeddings/map_data.py
 * @property {string} run
 * @property {string} characters
 * @property {Group[]} groups of each character
 * @property {number} embedding numbers that stand for a character
 * @property {string} table float32 (frames, characters, embedding) in base64
 * @property {string} xy places on the picture, float32 (frames, characters, 2) in base64
 * @property {number[]} kept share of the variance that the picture keeps
 * @property {(Losses & { update: number })[]} frames
 * @property {[word: string, isKnown: boolean][][]} invented
 * @property {number[][]} chances of each character after the beginning that the student typed
 * @property {Level[]} levels losses of counting and of chance
 * @property {number} ceiling the highest loss that is drawn
 * @property {number} frame where the student left the slider
 * @property {number} letter the chosen one, or -1
 * @property {TransportLabels & Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @type {Group[]} */
const GROUPS = ["vowel", "consonant", "accented", "other"];
const NEIGHBOURS = 3;
const LIKELIEST = 8;
/** Milliseconds for a frame while playing: the letters take 300 to arrive. */
const PACE = 350;
/** Pixels between two letters that cover each other. */
const COVERED = 14;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  const isAnotherRun = ui.run !== data.run;
  if (isAnotherRun || ui.data.letter !== data.letter) ui.letter = data.letter;
  if (isAnotherRun || ui.data.xy !== data.xy) ui.xy = floatsOf(data.xy);
  if (isAnotherRun) ui.table = floatsOf(data.table);
  ui.run = data.run;
  ui.data = data;
  ui.tell = (letter) => setStateValue("letter", letter);
  if (isAnotherRun) drawLetters(ui);
  showWords(ui);
  resize(ui);
  ui.transport.follow({
    run: data.run,
    moments: data.frames.length,
    at: data.frame,
    pace: PACE,
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
    letter: -1,
    table: new Float32Array(),
    xy: new Float32Array(),
    tell(/** @type {number} */ _letter) {},
    /** From the run's coordinates to pixels. */
    toX: (/** @type {number} */ x) => x,
    toY: (/** @type {number} */ y) => y,
    transport: transport(),
    legend: make("div", { class: "legend" }),
    map: svg("svg", { class: "map", role: "group" }),
    axes: svg("g", { class: "axes" }),
    lines: svg("g", { class: "lines" }),
    letters: svg("g"),
    points: /** @type {SVGGElement[]} */ ([]),
    kept: make("p", { class: "kept" }),
    near: make("p", { class: "near", "aria-live": "polite" }),
    track: lossTrack(),
    inventedTitle: make("h4"),
    invented: make("ul", { class: "invented" }),
    chancesTitle: make("h4"),
    chances: make("div", { class: "chances" }),
  };
  ui.map.append(ui.axes, ui.lines, ui.letters);
  const left = make("section", { class: "wide" }, ui.legend, ui.map, ui.kept, ui.near);
  const words = [ui.inventedTitle, ui.invented, ui.chancesTitle, ui.chances];
  const right = make("section", { class: "side" }, ui.track.element, ...words);
  root.append(ui.transport.element, make("div", { class: "panels" }, left, right));
  new ResizeObserver(() => {
    resize(ui);
    ui.transport.go(ui.transport.at());
  }).observe(ui.map);
  return ui;
}

/** @param {Picture} ui */
function showWords(ui) {
  const { labels, lang } = ui.data;
  ui.map.setAttribute("aria-label", labels.map);
  ui.inventedTitle.textContent = labels.invented;
  ui.chancesTitle.textContent = labels.chances;
  if (ui.legend.dataset.lang === lang) return;
  ui.legend.dataset.lang = lang;
  ui.legend.replaceChildren(
    ...GROUPS.map((group) => {
      const mark = { viewBox: "-12 -12 24 24", class: `key ${group}`, "aria-hidden": "true" };
      return make("span", {}, svg("svg", mark, shape(group, 9)), labels[group]);
    }),
  );
}

/**
 * A circle for vowels, a square for consonants, a diamond for accents: never colour alone.
 * @param {Group} group
 * @param {number} r
 */
function shape(group, r) {
  if (group === "consonant") return svg("rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: r / 4 });
  if (group === "accented") return svg("path", { d: `M0 ${-1.35 * r} ${1.35 * r} 0 0 ${1.35 * r} ${-1.35 * r} 0Z` });
  return svg("circle", { r: group === "other" ? 0.8 * r : 1.1 * r });
}

/** @param {Picture} ui */
function drawLetters(ui) {
  const { characters, groups, projection } = ui.data;
  ui.points = [...characters].map((character, i) => {
    const attributes = { class: `letter ${groups[i]}`, tabindex: 0, role: "button", "aria-label": character };
    const mark = shape(groups[i], projection ? 17 : 12);
    const point = svg("g", attributes, mark, svg("text", { dy: "0.35em" }, character));
    point.onclick = () => choose(ui, under(ui, i));
    point.onkeydown = (event) => {
      if (meaningOf(event, { Enter: true, " ": true })) choose(ui, i);
    };
    return point;
  });
  ui.letters.replaceChildren(...ui.points);
}

/**
 * The letter that a click on one means: those it covers come next, one a click, or they could not be reached.
 * @param {Picture} ui
 * @param {number} letter
 */
function under(ui, letter) {
  const frame = ui.transport.at();
  const [x, y] = place(ui, frame, letter);
  const covered = [...ui.points.keys()].filter((i) => {
    const [otherX, otherY] = place(ui, frame, i);
    return i !== letter && Math.hypot(x - otherX, y - otherY) < COVERED;
  });
  const stack = [letter, ...covered];
  return stack[stack.indexOf(ui.letter) + 1] ?? ui.letter;
}

/**
 * @param {Picture} ui
 * @param {number} letter
 */
function choose(ui, letter) {
  ui.letter = ui.letter === letter ? -1 : letter;
  ui.transport.go(ui.transport.at());
  ui.tell(ui.letter);
}

/**
 * Draw at the size there is, so that type keeps its size on a phone and on a wall.
 * @param {Picture} ui
 */
function resize(ui) {
  const { clientWidth: width, clientHeight: height } = ui.map;
  if (!width || !height) return;
  ui.map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const reach = ui.xy.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1e-6);
  const half = Math.min(width, height) / 2 - 22;
  ui.toX = (x) => width / 2 + (x / reach) * Math.max(half, width / 2 - 30);
  ui.toY = (y) => height / 2 - (y / reach) * half;
  ui.axes.replaceChildren(
    svg("line", { x1: 0, x2: width, y1: height / 2, y2: height / 2 }),
    svg("line", { x1: width / 2, x2: width / 2, y1: 0, y2: height }),
    svg("text", { x: width - 6, y: height / 2 - 6, "text-anchor": "end" }, ui.data.labels.x),
    svg("text", { x: width / 2 + 6, y: 16 }, ui.data.labels.y),
  );
  ui.track.draw(ui.data);
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function show(ui, frame) {
  const { lang, frames, labels, kept } = ui.data;
  ui.points.forEach((point, i) => {
    const [x, y] = place(ui, frame, i);
    point.style.transform = `translate(${x}px, ${y}px)`;
    point.classList.toggle("chosen", i === ui.letter);
    point.setAttribute("aria-pressed", String(i === ui.letter));
  });
  ui.kept.textContent = labels.kept.replace("%s", writePercent(kept[frame], lang, 0));
  ui.track.mark(frame, ui.data);
  showNeighbours(ui, frame);
  showInvented(ui, frame);
  showChances(ui, frame);
  return labels.update.replace("%s", writeNumber(frames[frame].update, lang, 0));
}

/**
 * @param {Picture} ui
 * @param {number} frame
 * @param {number} letter
 */
function place(ui, frame, letter) {
  const at = 2 * (frame * ui.data.characters.length + letter);
  return [ui.toX(ui.xy[at] || 0), ui.toY(ui.xy[at + 1] || 0)];
}

/**
 * The nearest letters by distance in all the numbers of the embedding, not on the picture.
 * @param {Picture} ui
 * @param {number} frame
 * @param {number} letter
 */
function nearest(ui, frame, letter) {
  const { characters, embedding } = ui.data;
  /** @param {number} i */
  const row = (i) => {
    const start = (frame * characters.length + i) * embedding;
    return ui.table.subarray(start, start + embedding);
  };
  const mine = row(letter);
  return [...ui.points.keys()]
    .filter((i) => i !== letter)
    .map((i) => ({ i, distance: Math.hypot(...row(i).map((value, k) => value - mine[k])) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function showNeighbours(ui, frame) {
  const { characters, labels, lang } = ui.data;
  const isChosen = ui.letter >= 0 && ui.letter < ui.points.length;
  const found = isChosen ? nearest(ui, frame, ui.letter) : [];
  const [x, y] = place(ui, frame, ui.letter);
  const lines = found.map(({ i }) => {
    const [toX, toY] = place(ui, frame, i);
    return svg("line", { x1: x, y1: y, x2: toX, y2: toY });
  });
  ui.lines.replaceChildren(...lines);
  ui.points.forEach((point, i) => {
    point.classList.toggle(
      "neighbour",
      found.some((near) => near.i === i),
    );
  });
  const list = found.map(({ i, distance }) => `${characters[i]} (${writeNumber(distance, lang)})`).join(", ");
  const said = labels.near.replace("%a", characters[ui.letter]).replace("%s", list);
  ui.near.textContent = isChosen ? said : labels.choose;
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function showInvented(ui, frame) {
  const { invented, labels } = ui.data;
  const items = invented[frame].map(([word, isKnown]) =>
    isKnown
      ? make("li", { class: "known" }, word || "∅", make("small", {}, labels.known))
      : make("li", {}, word || "∅"),
  );
  ui.invented.replaceChildren(...items);
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function showChances(ui, frame) {
  const { labels, characters, lang } = ui.data;
  const chances = ui.data.chances[frame];
  const order = [...chances.keys()].sort((a, b) => chances[b] - chances[a]).slice(0, LIKELIEST);
  const rest = 1 - order.reduce((sum, i) => sum + chances[i], 0);
  /** @type {[name: string, chance: number][]} */
  const rows = order.map((i) => [characters[i] === "." ? labels.end : characters[i], chances[i]]);
  const bars = [...rows, /** @type {const} */ ([labels.rest, rest])].map(([name, chance]) => {
    const row = bar(name);
    row.show(chance, lang);
    return row.box;
  });
  ui.chances.replaceChildren(...bars);
}
