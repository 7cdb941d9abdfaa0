// The loss of the mini GPT-2 against the updates, both on logarithmic scales: the stories' entropy below, an age marked.
import { COLOURS, dress, pictureIn, svg, writeNumber, writeShort } from "../in_browser/base.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ update: number, loss: number }} Point in nats per token */
/**
 * @typedef {object} Data
 * @property {Point[]} curve
 * @property {Point} here the age that is shown
 * @property {number} floor what no model can go below, in nats per token
 * @property {Record<"alt" | "updates" | "loss" | "floor", string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const LOSSES = [0.25, 0.5, 1, 2, 4, 8];
const [TYPE, PROJECTED_TYPE] = [14, 22];

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = { data, picture: svg("svg", { class: "ages", role: "img" }) };
  root.append(ui.picture);
  new ResizeObserver(() => draw(ui)).observe(ui.picture);
  return ui;
}

/** @param {Picture} ui */
function draw({ data, picture }) {
  const { curve, here, floor, labels, lang, projection } = data;
  const [width, height] = [picture.clientWidth || 320, picture.clientHeight || 260];
  const size = projection ? PROJECTED_TYPE : TYPE;
  const [left, right, top, bottom] = [size * 3, size, size * 1.8, size * 3.2];
  const last = curve[curve.length - 1].update;
  const high = Math.max(...LOSSES, ...curve.map(({ loss }) => loss));
  const low = Math.min(floor, LOSSES[0]) * 0.9;
  const x = (/** @type {number} */ update) =>
    left + (Math.log(Math.max(update, 1)) / Math.log(last)) * (width - left - right);
  const y = (/** @type {number} */ loss) =>
    top + (Math.log(high / loss) / Math.log(high / low)) * (height - top - bottom);
  const tens = [...Array(Math.floor(Math.log10(last)) + 1).keys()].map((power) => 10 ** power);
  const text = (/** @type {Record<string, string | number>} */ attributes, /** @type {string} */ words) =>
    svg("text", { "font-size": size, ...attributes }, words);

  dress(picture, { viewBox: `0 0 ${width} ${height}`, "aria-label": labels.alt });
  picture.replaceChildren(
    ...LOSSES.flatMap((loss) => [
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y(loss), y2: y(loss) }),
      text({ x: left - 6, y: y(loss), dy: "0.35em", "text-anchor": "end" }, writeShort(loss, lang)),
    ]),
    ...tens.map((update) =>
      text({ x: x(update), y: height - bottom + size * 1.3, "text-anchor": "middle" }, writeShort(update, lang, 6)),
    ),
    text({ x: left - size * 2.4, y: size }, labels.loss),
    text({ x: width - right, y: height - size * 0.4, "text-anchor": "end" }, labels.updates),
    svg("line", { class: "floor", x1: left, x2: width - right, y1: y(floor), y2: y(floor) }),
    text({ x: left + 4, y: y(floor) - size * 0.4 }, labels.floor),
    svg("polyline", {
      class: "curve",
      points: curve.map(({ update, loss }) => `${x(update)},${y(loss)}`).join(" "),
      stroke: COLOURS.validation,
    }),
    svg("path", { class: "here", d: diamond(x(here.update), y(here.loss), size * 0.7) }),
    text(
      { class: "said", y: y(here.loss) - size * 0.7, ...beside(x(here.update), width, size) },
      writeNumber(here.loss, lang, 2),
    ),
  );
}

/**
 * Write at the right of a place, where a falling curve leaves room; at its left where the picture ends.
 * @param {number} place
 * @param {number} width
 * @param {number} size
 */
function beside(place, width, size) {
  const isLate = place > width - 4 * size;
  return { x: place + (isLate ? -size : size) * 0.7, "text-anchor": isLate ? "end" : "start" };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
function diamond(x, y, r) {
  return `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
}
