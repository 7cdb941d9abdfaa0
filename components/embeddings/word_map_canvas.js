// The map of the words as it is drawn: every word a point, as many written as fit, the frequent ones first.
import { ruler, shared } from "./word_labels.js";

/** @import { Picture } from "./word_map.js" */
/** @import { Box } from "./word_labels.js" */
/** @typedef {{ ink: string, paper: string, size: number, family: string }} Type */

/** Words that are written at most, and how many points are tried for it. */
const [WRITTEN, TRIED] = [140, 900];
/** What is worth writing: two letters or more; the vocabulary has marks and signs too. */
const WORD = /^[\p{L}’'-]{2,}$/u;
const [TRUE, FALSE, CHOSEN] = ["#0072b2", "#d55e00", "#cc79a7"];

/** @param {Picture} ui */
export function drawMap(ui) {
  const context = ui.canvas.getContext("2d");
  const { width, height } = ui.view.size();
  if (!context || !width || !ui.xy.length) return;
  const style = getComputedStyle(ui.canvas);
  const ink = style.color;
  const type = { ink, paper: style.backgroundColor, size: ui.data.projection ? 19 : 13, family: style.fontFamily };
  context.clearRect(0, 0, width, height);
  drawPoints(ui, context, ink);
  const written = drawChosen(ui, context, type);
  writeFrequent(ui, context, type, written);
}

/**
 * @param {Picture} ui
 * @param {CanvasRenderingContext2D} context
 * @param {string} ink
 */
function drawPoints({ xy, view }, context, ink) {
  const r = view.closeness() > 4 ? 2.5 : 1.6;
  const { width, height } = view.size();
  context.fillStyle = ink;
  context.globalAlpha = view.closeness() > 4 ? 0.5 : 0.22;
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [view.toX(xy[i]), view.toY(xy[i + 1])];
    if (x >= 0 && y >= 0 && x < width && y < height) context.fillRect(x - r, y - r, 2 * r, 2 * r);
  }
  context.globalAlpha = 1;
}

/**
 * Draw the chosen word, its true neighbours with a line each, the false ones without; return where words now stand.
 * @param {Picture} ui
 * @param {CanvasRenderingContext2D} context
 * @param {Type} type
 */
function drawChosen({ data, view, rows, xy }, context, { ink, paper, size, family }) {
  /** @type {Box[]} */
  const written = [];
  if (!data.chosen) return written;
  const font = `700 ${size + 1}px ${family}`;
  const widthOf = ruler(font);
  const at = (/** @type {{ x: number, y: number }} */ word) => ({ x: view.toX(word.x), y: view.toY(word.y) });
  const middle = at(data.chosen);
  const misleading = data.false.map((word) => {
    const row = rows.get(word) ?? -1;
    return { word, x: view.toX(xy[2 * row]), y: view.toY(xy[2 * row + 1]) };
  });
  context.strokeStyle = TRUE;
  context.lineWidth = 1.5;
  for (const { x, y } of data.near.map(at)) stroke(context, middle, { x, y });
  const all = [
    { word: data.chosen.word, ...middle, colour: CHOSEN, isFull: true },
    ...data.near.map((word) => ({ word: word.word, ...at(word), colour: TRUE, isFull: true })),
    ...misleading.map((word) => ({ ...word, colour: FALSE, isFull: false })),
  ];
  for (const { x, y, colour, isFull } of all) {
    context.beginPath();
    context.arc(x, y, 5.5, 0, 2 * Math.PI);
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 2;
    if (isFull) context.fill();
    else context.stroke();
  }
  context.font = font;
  for (const { word, x, y } of all) {
    const box = free(x, y, widthOf(word), size + 2, written);
    if (!box) continue;
    written.push(box);
    write(context, word, box, ink, paper);
  }
  return written;
}

/**
 * A place for a word above, below or beside its point, or none.
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {Box[]} written
 */
function free(x, y, width, height, written) {
  const places = [
    [x - width / 2, y - height - 6],
    [x - width / 2, y + 6],
    [x + 8, y - height / 2],
    [x - width - 8, y - height / 2],
  ];
  for (const [left, top] of places) {
    const box = { x: left, y: top, width, height };
    if (!written.some((other) => shared(other, box) > 0)) return box;
  }
  return undefined;
}

/**
 * @param {Picture} ui
 * @param {CanvasRenderingContext2D} context
 * @param {Type} type
 * @param {Box[]} written
 */
function writeFrequent({ words, xy, view }, context, { ink, paper, size, family }, written) {
  const { width, height } = view.size();
  context.font = `500 ${size}px ${family}`;
  let [tried, count] = [0, 0];
  for (let i = 0; i < words.length && tried < TRIED && count < WRITTEN; i++) {
    const [x, y] = [view.toX(xy[2 * i]), view.toY(xy[2 * i + 1])];
    if (x < 0 || y < 0 || x > width || y > height || !WORD.test(words[i])) continue;
    tried += 1;
    const wide = context.measureText(words[i]).width;
    const box = { x: x - wide / 2 - 3, y: y - size - 3, width: wide + 6, height: size + 4 };
    if (box.x < 0 || box.x + box.width > width || box.y < 0) continue;
    if (written.some((other) => shared(other, box) > 0)) continue;
    written.push(box);
    count += 1;
    write(context, words[i], { ...box, x: x - wide / 2 }, ink, paper);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} word
 * @param {Box} box
 * @param {string} ink
 * @param {string} paper
 */
function write(context, word, box, ink, paper) {
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  context.textBaseline = "bottom";
  context.strokeText(word, box.x, box.y + box.height); // a rim of paper: words are read above points
  context.fillText(word, box.x, box.y + box.height);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 */
function stroke(context, from, to) {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}
