// The memory as a strip of film: what came of every moment that is kept, and the moments of a batch, lit and looked at.
import { make, writeWhole } from "../in_browser/base.js";
import { mulberry32 } from "../in_browser/chance.js";
import { PARCEL, STATION, TOWER, ZONE } from "./ground.js";

/** @import { Picture } from "./picture.js" */
/** @typedef {{ scenes: Uint8Array, outcomes: Uint8Array, size: number }} Film size: numbers of each scene */

/** What came of a move, as core/dqn/explorer.py says it. */
const OUTCOMES = /** @type {const} */ (["", "took", "delivered", "crashed"]);
/** Pixels: of the band, above it for what is lit, and between two thumbnails. */
const [BAND, LIGHTS, GAP] = [26, 12, 3];
/** Thumbnails are at least as large, and at most; and rows of them. */
const [SMALLEST, LARGEST, ROWS] = [18, 40, 2];
/** Added to what a cell of the ground holds: core/dqn/scenes.py. */
const [DRONE, LADEN, ABOARD] = [8, 16, 255];
const MOVES = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
  [0, 0],
];

/** Make the strip; `drawFilm` fills it. */
export function film() {
  const canvas = make("canvas", { role: "img" });
  const [title, said] = [make("span", { class: "title" }), make("span", { class: "said" })];
  const again = make("button", { type: "button", class: "plain again" });
  const head = make("div", { class: "head" }, title, said, again);
  return {
    box: make("div", { class: "film" }, head, canvas),
    canvas,
    title,
    said,
    again,
    lit: /** @type {number[]} */ ([]),
  };
}

/**
 * Draw other moments, as the training does.
 * @param {Picture} ui
 */
function drawAgain(ui) {
  const { first, last } = kept(ui);
  const { batch, isLatest } = ui.data.film;
  const count = Math.min(batch, last - first);
  if (isLatest) return Array.from({ length: count }, (_, at) => last - count + at);
  const chance = mulberry32(ui.drawnAgain);
  const found = new Set();
  while (found.size < count) found.add(first + Math.floor(chance() * (last - first)));
  return [...found];
}

/**
 * The moments that are kept at the age that is shown: from the first to the one before the last.
 * @param {Picture} ui
 */
function kept(ui) {
  const last = ui.data.ages[ui.ageShown()] ?? 0;
  return { first: Math.max(0, last - ui.data.film.memory), last };
}

/** @param {Picture} ui */
export function drawFilm(ui) {
  const { film: held, data } = ui;
  const { labels, lang } = data;
  const { first, last } = kept(ui);
  const recorded = data.film.drawn[ui.ageShown()] ?? [];
  const lit = ui.drawnAgain ? drawAgain(ui) : recorded;
  const sorted = [...lit].sort((one, other) => one - other);
  held.title.textContent = labels.memory.replace("%n", writeWhole(last - first, lang));
  held.again.textContent = labels.again;
  held.again.hidden = data.film.isLatest || !last;
  held.box.hidden = !data.film.outcomes;
  held.box.classList.toggle("to-come", !ui.film.tape);
  if (!ui.film.tape) {
    layOut(held.canvas, lit.length); // its place is kept, so that nothing moves once it has come
    return;
  }
  const counts = OUTCOMES.map((_, kind) => sorted.filter((moment) => ui.film.tape?.outcomes[moment] === kind).length);
  const words = last
    ? labels.drawn
        .replace("%n", writeWhole(sorted.length, lang))
        .replace("%d", writeWhole(counts[2], lang))
        .replace("%c", writeWhole(counts[3], lang))
    : labels.nothingYet;
  held.said.textContent = words;
  held.canvas.setAttribute("aria-label", `${held.title.textContent} ${words}`);
  paint(ui, sorted, first, last);
}

/**
 * Give the strip its size, for as many lit moments; return where they stand.
 * @param {HTMLCanvasElement} canvas
 * @param {number} count
 * @returns {{ width: number, size: number, across: number, room: number }} size: of one moment; room: for how many
 */
function layOut(canvas, count) {
  const width = canvas.clientWidth || 800;
  const size = Math.max(SMALLEST, Math.min(LARGEST, Math.floor(width / Math.ceil(count / ROWS || 1)) - GAP));
  const across = Math.max(1, Math.floor((width + GAP) / (size + GAP)));
  const room = across * (width < 500 ? ROWS + 1 : ROWS);
  const height = LIGHTS + BAND + 8 + (Math.ceil(Math.min(count, room) / across) || 1) * (size + GAP);
  const scale = devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.height = `${height}px`;
  return { width, size, across, room };
}

/**
 * @param {Picture} ui
 * @param {number[]} lit moments, in order
 * @param {number} first
 * @param {number} last
 */
function paint(ui, lit, first, last) {
  const { canvas } = ui.film;
  const tape = /** @type {Film} */ (ui.film.tape);
  const { width, size, across, room } = layOut(canvas, lit.length);
  const shown = lit.slice(0, room);
  const scale = devicePixelRatio || 1;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(scale, scale);
  const inks = inksOf(canvas);
  paintBand(pen, tape, first, last, width, inks);
  pen.fillStyle = inks.lit;
  for (const moment of lit) {
    const x = ((moment - first + 0.5) / Math.max(last - first, 1)) * width;
    pen.fillRect(x - 1, 0, 2, LIGHTS + BAND);
  }
  shown.forEach((moment, at) => {
    const [x, y] = [(at % across) * (size + GAP), LIGHTS + BAND + 8 + Math.floor(at / across) * (size + GAP)];
    paintMoment(pen, ui, moment, x, y, size, inks);
  });
}

/** @param {Element} element whose style sheet names the colours */
function inksOf(element) {
  const style = getComputedStyle(element);
  const ink = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: ink("st-secondary-background-color"),
    line: ink("st-border-color"),
    text: ink("st-text-color"),
    lit: ink("purple"),
    outcomes: [ink("slate"), ink("blue"), ink("green"), ink("orange")],
  };
}
/** @typedef {ReturnType<typeof inksOf>} Inks */

/**
 * What came of the moments, column by column: the share of each outcome that matters.
 * @param {CanvasRenderingContext2D} pen
 * @param {Film} tape
 * @param {number} first
 * @param {number} last
 * @param {number} width
 * @param {Inks} inks
 */
function paintBand(pen, { outcomes }, first, last, width, inks) {
  pen.fillStyle = inks.paper;
  pen.fillRect(0, LIGHTS, width, BAND);
  const columns = Math.min(Math.floor(width / 2), Math.max(last - first, 1));
  const wide = width / columns;
  for (let column = 0; column < columns; column++) {
    const from = first + Math.floor(((last - first) * column) / columns);
    const to = Math.max(from + 1, first + Math.floor(((last - first) * (column + 1)) / columns));
    const counts = [0, 0, 0, 0];
    for (let moment = from; moment < to && moment < last; moment++) counts[outcomes[moment]]++;
    let y = LIGHTS + BAND;
    for (const kind of [2, 3]) {
      if (!counts[kind]) continue;
      const high = Math.max(3, BAND * Math.sqrt(counts[kind] / (to - from)));
      pen.fillStyle = inks.outcomes[kind];
      pen.fillRect(column * wide, y - Math.min(high, y - LIGHTS), wide, Math.min(high, y - LIGHTS));
      y = Math.max(LIGHTS, y - high);
    }
  }
}

/**
 * One moment, small: where all was, what the drone did, and what came of it as its frame.
 * @param {CanvasRenderingContext2D} pen
 * @param {Picture} ui
 * @param {number} moment
 * @param {number} left
 * @param {number} top
 * @param {number} size in pixels
 * @param {Inks} inks
 */
function paintMoment(pen, ui, moment, left, top, size, inks) {
  const { cells, side, action } = sceneOf(ui, moment);
  const tape = /** @type {Film} */ (ui.film.tape);
  const [unit, kind] = [(size - 2) / side, tape.outcomes[moment]];
  pen.fillStyle = inks.paper;
  pen.fillRect(left, top, size, size);
  for (const [at, held] of cells.entries()) {
    const [x, y] = [left + 1 + (at % side) * unit, top + 1 + Math.floor(at / side) * unit];
    const [ground, flying] = [held % DRONE, Math.floor(held / DRONE)];
    /** @type {Record<number, string>} */
    const colours = { [TOWER]: inks.outcomes[0], [PARCEL]: "#b5651d", [ZONE]: inks.outcomes[2], [STATION]: "#f0e442" };
    if (colours[ground]) {
      pen.fillStyle = colours[ground];
      const inset = ground === TOWER ? 0.3 : unit * 0.14;
      pen.fillRect(x + inset, y + inset, unit - 2 * inset, unit - 2 * inset);
    }
    if (!flying) continue;
    pen.fillStyle = flying >= 2 ? "#b5651d" : inks.text;
    pen.beginPath();
    pen.arc(x + unit / 2, y + unit / 2, unit * 0.42, 0, 2 * Math.PI);
    pen.fill();
    if (at !== cells.indexOf(held) || !isOurs(ui, at, side, cells)) continue;
    const [right, down] = MOVES[action];
    pen.strokeStyle = inks.text;
    pen.lineWidth = Math.max(1, unit * 0.22);
    pen.beginPath();
    pen.moveTo(x + unit / 2, y + unit / 2);
    pen.lineTo(x + unit / 2 + right * unit, y + unit / 2 + down * unit);
    pen.stroke();
  }
  pen.strokeStyle = kind ? inks.outcomes[kind] : inks.line;
  pen.lineWidth = kind ? 2.5 : 1;
  pen.strokeRect(left + 1, top + 1, size - 2, size - 2);
}

/**
 * Whether the drone of a cell is the one that learns: the only one of the small world, the one in the window's middle.
 * @param {Picture} ui
 * @param {number} at
 * @param {number} side
 * @param {number[]} cells
 */
function isOurs({ data }, at, side, cells) {
  return data.world === "small" || at === (side * side - 1) / 2 || cells.length === 1;
}

/**
 * What a moment looked like: what each cell holds, with `DRONE` and `LADEN` added, and what the drone did.
 * @param {Picture} ui
 * @param {number} moment
 */
function sceneOf({ data, film: held }, moment) {
  const { scenes, size } = /** @type {Film} */ (held.tape);
  const told = scenes.subarray(moment * size, (moment + 1) * size);
  if (data.world !== "small") {
    return { cells: [...told.subarray(0, size - 2)], side: Math.sqrt(size - 2), action: told[size - 1] };
  }
  const [drone, zone, parcel, action] = told;
  const cells = [...data.city];
  cells[zone] = ZONE;
  if (parcel !== ABOARD) cells[parcel] = PARCEL;
  cells[drone] += DRONE + (parcel === ABOARD ? LADEN : 0);
  return { cells, side: data.side, action };
}
