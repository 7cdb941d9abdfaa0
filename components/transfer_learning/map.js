// Every photo measured on, small, where its two main axes put it: a slider takes it from before the training to after.

import { bytesOf } from "../in_browser/arrays.js";
import { make, writePercent } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */
/** @import { Panel } from "./panel.js" */
/** @typedef {{ kind: string, places: string, kept: number, alike: number }} Laid */

/** All photos in one picture: pixels of a small one's sides, and how many stand in a row. */
const [SHEET, TILE, COLUMNS] = ["/assets/signs.webp", 40, 46];
/** One colour for each sign (Okabe and Ito's, and two greys), as a frame: the photo itself says which. */
const FRAMES = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#d55e00",
  "#cc79a7",
  "#56b4e9",
  "#b8a900",
  "#6e6e6e",
  "#8c564b",
  "#17406b",
];
/** Pixels of a photo on the map, at most, and as a share of its side. */
const [LARGEST, SHARE] = [26, 0.06];

/** Make the map; `drawMap` fills it. */
export function map() {
  const drawing = make("canvas", { role: "img" });
  const slide = make("input", { type: "range", min: 0, max: 100, step: 1, value: 100 });
  const [before, after, words] = [make("span"), make("span"), make("div", { class: "map-words" })];
  const row = make("div", { class: "map-row" }, before, slide, after);
  const sheet = new Image();
  return { box: make("div", { class: "map" }, drawing, row, words), drawing, slide, before, after, words, sheet };
}

/**
 * @param {Picture} ui
 * @param {Panel} shown
 */
export function drawMap(ui, shown) {
  const { map: parts } = ui.panel;
  if (!shown.map) return;
  const { labels, lang } = ui.data;
  const { numbers, signs, before, after } = shown.map;
  if (!parts.sheet.src) parts.sheet.src = SHEET;
  const at = { before: placesOf(before), after: placesOf(after) };
  const which = new Uint16Array(bytesOf(numbers).buffer);
  const kinds = bytesOf(signs);
  parts.before.textContent = labels.before[before.kind];
  parts.after.textContent = labels.after[after.kind];
  parts.slide.setAttribute("aria-label", labels.slide);
  const show = () => {
    const share = Number(parts.slide.value) / 100;
    const { alike, kept } = share < 0.5 ? before : after;
    const words = [
      labels.alike.replace("%n", writePercent(alike, lang, 0)),
      labels.kept.replace("%n", writePercent(kept, lang, 0)),
    ];
    parts.words.textContent = `${words.join(". ")}.`;
    parts.drawing.setAttribute("aria-label", `${labels.map}. ${parts.words.textContent}`);
    paint(parts, which, kinds, at, share);
  };
  parts.slide.oninput = show;
  parts.sheet.onload = show;
  show();
}

/** @param {Laid} laid */
function placesOf({ places }) {
  return new Int8Array(bytesOf(places).buffer);
}

/**
 * @param {ReturnType<typeof map>} parts
 * @param {Uint16Array} which photo each one is
 * @param {Uint8Array} kinds which sign it shows
 * @param {{ before: Int8Array, after: Int8Array }} at
 * @param {number} share of the way from before to after
 */
function paint({ drawing, sheet }, which, kinds, at, share) {
  const scale = window.devicePixelRatio || 1;
  const [width, height] = [drawing.clientWidth, drawing.clientHeight];
  if (!width) return;
  drawing.width = width * scale;
  drawing.height = height * scale;
  const pen = /** @type {CanvasRenderingContext2D} */ (drawing.getContext("2d"));
  pen.scale(scale, scale);
  const side = Math.min(LARGEST, SHARE * width);
  const place = (/** @type {number} */ i, /** @type {number} */ axis, /** @type {number} */ size) => {
    const value = at.before[2 * i + axis] * (1 - share) + at.after[2 * i + axis] * share;
    return side / 2 + (0.5 + value / 254) * (size - side);
  };
  for (let i = 0; i < which.length; i++) {
    const [x, y] = [place(i, 0, width) - side / 2, place(i, 1, height) - side / 2];
    const [column, row] = [which[i] % COLUMNS, Math.floor(which[i] / COLUMNS)];
    pen.fillStyle = FRAMES[kinds[i]];
    pen.fillRect(x - 1.5, y - 1.5, side + 3, side + 3);
    if (sheet.complete && sheet.naturalWidth)
      pen.drawImage(sheet, column * TILE, row * TILE, TILE, TILE, x, y, side, side);
  }
}
