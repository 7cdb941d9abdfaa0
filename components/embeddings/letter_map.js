// The map of the letters: where each one stands, what the network invents and expects, at every frame of a run.
// All frames are here: scrubbing and playing cost no round trip. On release Python learns the frame and the letter.
import { floatsOf } from "../in_browser/arrays.js";
import { make, pictureIn, svg, writeNumber, writePercent } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { more } from "../in_browser/more.js";
import { transport } from "../in_browser/transport.js";
import { legend, mark } from "./letter_marks.js";
import { apart, scaleOf } from "./letter_places.js";
import { playThrough } from "./letter_play.js";
import { expected, invented } from "./letter_sides.js";
import { lossTrack } from "./loss_track.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/** @import { Group } from "./letter_marks.js" */
/** @import { Scale } from "./letter_places.js" */
/** @import { Level, Losses } from "./loss_track.js" */
/**
 * @typedef {object} Data a finished run, frame by frame: core/embeddings/map_data.py
 * @property {string} run
 * @property {string} characters
 * @property {Group[]} groups of each character
 * @property {boolean[]} rare whether a character was seen too seldom to have been learned
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
 * @property {string} letter the chosen one, or nothing
 * @property {number} plays how often the student asked to see the letters move
 * @property {number} heard how often they have moved already
 * @property {boolean} centred whether the middles of vowels and of consonants are drawn
 * @property {boolean} scrubs whether the slider is shown
 * @property {TransportLabels & Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */
/** @typedef {[x: number, y: number]} Place */

const NEIGHBOURS = 3;
/** Milliseconds for a frame while playing. */
const PACE = 350;

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
  if (data.plays > ui.plays) {
    playThrough(ui.transport, data.frames.length, () => {
      setStateValue("frame", data.frames.length - 1);
      setStateValue("played", data.plays);
    });
  }
  ui.plays = data.plays;
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
    letter: "",
    plays: data.heard,
    table: new Float32Array(),
    xy: new Float32Array(),
    tell(/** @type {string} */ _letter) {},
    scale: /** @type {Scale} */ ({ x: (x) => x, y: (y) => y }),
    size: { width: 0, height: 0, radius: 12 },
    transport: transport(),
    legend: make("div", { class: "legend" }),
    map: svg("svg", { class: "map", role: "group" }),
    axes: svg("g", { class: "axes" }),
    ties: svg("g", { class: "ties" }),
    lines: svg("g", { class: "lines" }),
    middles: svg("g", { class: "middles" }),
    letters: svg("g"),
    points: /** @type {SVGGElement[]} */ ([]),
    drawn: "",
    /** Whether the letters were just drawn: they then stand where they are at once, and do not fly in. */
    isNew: true,
    /** Where each letter is drawn: at its place, or beside it where another one stands. */
    at: /** @type {Place[]} */ ([]),
    near: make("p", { class: "near", "aria-live": "polite" }),
    more: more(root, true),
    track: lossTrack(),
    invented: invented(),
    expected: expected(),
  };
  ui.map.append(ui.axes, ui.ties, ui.lines, ui.letters, ui.middles);
  const stage = make("section", { class: "stage" }, ui.map, ui.transport.element, ui.legend, ui.near);
  const sides = make("div", { class: "sides folds" }, ui.track.element, ui.invented.element, ui.expected.element);
  root.append(stage, ui.more, sides);
  new ResizeObserver(() => {
    resize(ui);
    ui.transport.go(ui.transport.at());
  }).observe(ui.map);
  return ui;
}

/** @param {Picture} ui */
function showWords(ui) {
  const { labels, lang, scrubs } = ui.data;
  ui.map.setAttribute("aria-label", labels.map);
  ui.more.textContent = labels.more;
  ui.transport.element.hidden = !scrubs;
  if (ui.legend.dataset.lang === lang) return;
  ui.legend.dataset.lang = lang;
  ui.legend.replaceChildren(...legend(labels));
}

/**
 * Draw at the size there is, so that type keeps its size on a phone and on a wall.
 * @param {Picture} ui
 */
function resize(ui) {
  const { clientWidth: width, clientHeight: height } = ui.map;
  if (!width || !height) return;
  const radius = ui.data.projection ? 18 : Math.max(8, Math.min(13, Math.min(width, height) / 45));
  ui.size = { width, height, radius };
  ui.scale = scaleOf(ui.xy, width, height);
  ui.map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const [x, y] = [ui.scale.x(0), ui.scale.y(0)];
  ui.axes.replaceChildren(
    svg("line", { x1: 0, x2: width, y1: y, y2: y }),
    svg("line", { x1: x, x2: x, y1: 0, y2: height }),
    svg("text", { x: width - 6, y: y - 6, "text-anchor": "end" }, ui.data.labels.x),
    svg("text", { x: x + 6, y: 16 }, ui.data.labels.y),
  );
  drawLetters(ui);
  ui.track.draw(ui.data);
}

/** @param {Picture} ui */
function drawLetters(ui) {
  const { characters, groups, rare, labels, lang } = ui.data;
  const wanted = [ui.run, ui.size.radius, lang].join();
  if (ui.drawn === wanted) return;
  ui.drawn = wanted;
  ui.points = [...characters].map((character, i) => {
    const label = rare[i] ? `${character} (${labels.rare})` : character;
    const point = mark(character, groups[i], rare[i], ui.size.radius, label);
    point.onclick = () => choose(ui, character);
    point.onkeydown = (event) => {
      if (meaningOf(event, { Enter: true, " ": true })) choose(ui, character);
    };
    return point;
  });
  ui.letters.replaceChildren(...ui.points);
  ui.isNew = true;
}

/**
 * @param {Picture} ui
 * @param {string} letter
 */
function choose(ui, letter) {
  ui.letter = ui.letter === letter ? "" : letter;
  ui.transport.go(ui.transport.at());
  ui.tell(ui.letter);
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function show(ui, frame) {
  const { lang, frames, labels } = ui.data;
  const { width, height, radius } = ui.size;
  const places = ui.points.map((_, i) => place(ui, frame, i));
  ui.letters.classList.toggle("still", ui.isNew);
  ui.isNew = false;
  ui.at = apart(places, radius, width, height);
  ui.points.forEach((point, i) => {
    const character = ui.data.characters[i];
    point.style.transform = `translate(${ui.at[i][0].toFixed(1)}px, ${ui.at[i][1].toFixed(1)}px)`;
    point.classList.toggle("chosen", character === ui.letter);
    point.setAttribute("aria-pressed", String(character === ui.letter));
  });
  ui.ties.replaceChildren(
    ...places.map(([x, y], i) => svg("line", { x1: x, y1: y, x2: ui.at[i][0], y2: ui.at[i][1] })),
  );
  ui.track.mark(frame, ui.data);
  showMiddles(ui, frame);
  showNeighbours(ui, frame);
  ui.invented.show(frame, ui.data);
  ui.expected.show(frame, ui.data);
  return labels.update.replace("%s", writeNumber(frames[frame].update, lang, 0));
}

/**
 * @param {Picture} ui
 * @param {number} frame
 * @param {number} letter
 * @returns {Place}
 */
function place(ui, frame, letter) {
  const at = 2 * (frame * ui.data.characters.length + letter);
  return [ui.scale.x(ui.xy[at] || 0), ui.scale.y(ui.xy[at + 1] || 0)];
}

/**
 * All the numbers of a letter at a frame.
 * @param {Picture} ui
 * @param {number} frame
 * @param {number} letter
 */
function row(ui, frame, letter) {
  const { characters, embedding } = ui.data;
  const start = (frame * characters.length + letter) * embedding;
  return ui.table.subarray(start, start + embedding);
}

/**
 * Mark the middles of the learned vowels and consonants, and write how far apart they are in the full space.
 * @param {Picture} ui
 * @param {number} frame
 */
function showMiddles(ui, frame) {
  const { groups, rare, labels, lang, centred } = ui.data;
  const [vowels, consonants] = ["vowel", "consonant"].map((kind) =>
    [...ui.points.keys()].filter((i) => groups[i] === kind && !rare[i]),
  );
  if (!centred || !vowels.length || !consonants.length) return ui.middles.replaceChildren();
  const [a, b] = [vowels, consonants].map((letters) => middle(letters.map((i) => place(ui, frame, i))));
  const [full, other] = [vowels, consonants].map((letters) => middle(letters.map((i) => row(ui, frame, i))));
  const gap = Math.hypot(...full.map((value, k) => value - other[k]));
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const said = labels.gap.replace("%s", writeNumber(gap, lang, 1));
  return ui.middles.replaceChildren(
    svg("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }),
    svg("circle", { class: "vowel", cx: a[0], cy: a[1], r: 7 }),
    svg("rect", { class: "consonant", x: b[0] - 6, y: b[1] - 6, width: 12, height: 12 }),
    svg("text", { x, y: y - 8 }, said),
  );
}

/**
 * The middle of some points of any dimension.
 * @param {ArrayLike<number>[]} points
 */
function middle(points) {
  return Array.from(points[0], (_, k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
}

/**
 * The nearest letters by distance in all the numbers of the embedding, not on the picture.
 * @param {Picture} ui
 * @param {number} frame
 * @param {number} letter
 */
function nearest(ui, frame, letter) {
  const mine = row(ui, frame, letter);
  return [...ui.points.keys()]
    .filter((i) => i !== letter)
    .map((i) => ({ i, distance: Math.hypot(...row(ui, frame, i).map((value, k) => value - mine[k])) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
}

/**
 * @param {Picture} ui
 * @param {number} frame
 */
function showNeighbours(ui, frame) {
  const { characters, labels, lang, kept, embedding } = ui.data;
  const chosen = ui.letter ? characters.indexOf(ui.letter) : -1;
  const found = chosen < 0 ? [] : nearest(ui, frame, chosen);
  const lines = found.map(({ i }) => {
    const [[x1, y1], [x2, y2]] = [ui.at[chosen], ui.at[i]];
    return svg("line", { x1, y1, x2, y2 });
  });
  ui.lines.replaceChildren(...lines);
  ui.points.forEach((point, i) => {
    point.classList.toggle(
      "neighbour",
      found.some((near) => near.i === i),
    );
  });
  const list = found.map(({ i, distance }) => `${characters[i]} (${writeNumber(distance, lang)})`).join(", ");
  const said = labels.near.replace("%a", ui.letter).replace("%s", list);
  const share = embedding > 2 ? ` ${labels.kept.replace("%s", writePercent(kept[frame], lang, 0))}` : "";
  ui.near.textContent = (chosen < 0 ? labels.choose : said) + share;
}
