// What a line made: a card for each tensor, with its shape, its type, its numbers and a small picture of them.
import { bytesOf } from "../in_browser/arrays.js";
import { make, writeShort } from "../in_browser/base.js";
import { asInk, bySign, paint, pixels } from "../in_browser/pixels.js";

/** @import { Picture } from "./picture.js" */
/**
 * What is new about a name: see `core/keras_pytorch/tensors.py`.
 * @typedef {object} News
 * @property {string} name
 * @property {"tensor" | "number" | "none"} kind none: a gradient that is gone
 * @property {number[]} [shape]
 * @property {string} [dtype]
 * @property {boolean} [learns]
 * @property {(number | string)[]} [values] the first numbers
 * @property {boolean} [more] whether there are others
 * @property {string[]} [texts] what the first numbers stand for
 * @property {number | string} [value]
 * @property {number | string} [low]
 * @property {number | string} [high]
 * @property {number | string} [length] of all numbers as one vector
 * @property {number | string} [moved] the largest change of a number
 * @property {string} [map]
 * @property {number} [rows]
 * @property {number | string} [top] the size of ±127 in the map
 * @property {string[]} [pictures]
 */

const LEVELS = 127;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
/** What is larger, or begins with more zeros behind the comma, is written with a power of ten. */
const [LARGEST, SMALLEST] = [100_000, -4];

/**
 * @param {Picture} ui
 * @param {News} news
 * @param {boolean} isOld shown because it is chosen, and not because this line made it
 */
export function card(ui, news, isOld = false) {
  const { labels } = ui.data;
  const { name, kind } = news;
  const box = make("article", { class: `card ${isOld ? "old" : ""}`.trim() });
  const title = make("button", { type: "button", class: "name", title: labels.mark }, name);
  title.classList.toggle("marked", ui.marked.name === name);
  title.setAttribute("aria-pressed", String(ui.marked.name === name));
  title.onclick = () => ui.mark({ name });
  const told =
    kind === "tensor" ? `(${news.shape?.join(", ")}${news.shape?.length === 1 ? "," : ""}) ${news.dtype}` : "";
  box.append(make("header", {}, title, make("code", {}, told)));
  if (kind === "none") box.append(make("p", {}, labels.none));
  if (kind === "number") box.append(make("p", { class: "single" }, say(ui, news.value ?? 0, 5)));
  if (news.pictures) box.append(pictures(news));
  if (news.map) box.append(map(ui, news));
  if (news.values) box.append(values(ui, news));
  const numbers = numbersOf(ui, news);
  if (numbers) box.append(make("p", { class: "numbers" }, numbers));
  return box;
}

/**
 * @param {Picture} ui
 * @param {News} news
 */
function numbersOf(ui, { low, high, length, moved, name }) {
  const { labels } = ui.data;
  if (low === undefined || high === undefined) return "";
  const told = [labels.range.replace("%a", say(ui, low)).replace("%b", say(ui, high))];
  if (name.endsWith(".grad")) told.push(labels.length.replace("%l", say(ui, length ?? 0)));
  else if (moved !== undefined) told.push(labels.moved.replace("%m", say(ui, moved)));
  return told.join(" · ");
}

/**
 * @param {Picture} ui
 * @param {News} news
 */
function values(ui, { values = [], more, texts, shape }) {
  if (!shape?.length) return make("p", { class: "single" }, say(ui, values[0], 4));
  const rows = values.map((value, at) => {
    const number = make("span", {}, say(ui, value, 9));
    return texts ? make("li", {}, number, make("b", {}, texts[at])) : make("li", {}, number);
  });
  if (more) rows.push(make("li", {}, "…"));
  return make("ul", { class: texts ? "values read" : "values" }, ...rows);
}

/**
 * The numbers as colours: blue above zero, orange below.
 * @param {Picture} ui
 * @param {News} news
 */
function map(ui, { map = "", rows = 1, name, shape }) {
  const levels = new Int8Array(bytesOf(map).buffer);
  const columns = levels.length / rows;
  const size = shape?.join(" × ") ?? "";
  const canvas = pixels(columns, rows, { "aria-label": ui.data.labels.map.replace("%n", name).replace("%s", size) });
  canvas.style.aspectRatio = `${Math.max(columns, 3)} / ${Math.min(Math.max(rows, columns / 12), columns)}`;
  paint(canvas, levels, bySign(LEVELS));
  return canvas;
}

/** @param {News} news */
function pictures({ pictures = [], rows = 1 }) {
  const drawn = pictures.map((one) => {
    const ink = bytesOf(one);
    const canvas = pixels(ink.length / rows, rows, { "aria-hidden": "true" });
    paint(canvas, ink, asInk);
    return canvas;
  });
  return make("div", { class: "pictures-row" }, ...drawn);
}

/**
 * Write a number; very large and very small ones with a power of ten.
 * @param {Picture} ui
 * @param {number | string} value a number, or "nan", "inf", "-inf"
 */
function say({ data: { lang } }, value, digits = 3) {
  if (typeof value === "string") return value.replace("inf", "∞").replace("nan", "NaN").replace("-", "−");
  const power = value ? Math.floor(Math.log10(Math.abs(value))) : 0;
  if (Number.isInteger(value) ? Math.abs(value) < LARGEST * 10 : power >= SMALLEST && Math.abs(value) < LARGEST) {
    return writeShort(value, lang, digits);
  }
  const raised = [...String(power)].map((digit) => (digit === "-" ? "⁻" : RAISED[Number(digit)])).join("");
  return `${writeShort(value / 10 ** power, lang, 2)}·10${raised}`;
}
