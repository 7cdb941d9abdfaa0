// Learning curves over epochs, updates or seconds. A pointer, a finger or the arrows read the values at one place.
import { dot, draw, writeWhole, xOf } from "./curves_drawing.js";
import { clamp, dress, make, pictureIn, svg, writeShort } from "./in_browser/base.js";
import { isNumber } from "./in_browser/charts.js";
import { meaningOf } from "./in_browser/hand.js";
import { heightOf } from "./in_browser/scales.js";

/** @import { Curve, Data, Picture } from "./curves_drawing.js" */
/** @import { Component, Surroundings } from "./in_browser/base.js" */

/** Half the width of the mark where a curve is read, times the type's size. */
const POINTED = 0.36;
const KEYS = { ArrowLeft: -1, ArrowRight: 1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY };

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  ui.drawing.style.height = `${ui.data.height}px`;
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 * @returns {Picture}
 */
function build(root, data) {
  const legend = make("div", { class: "legend" });
  const drawing = svg("svg", { class: "plot", role: "slider", tabindex: 0 });
  root.append(legend, drawing);
  const [title, ruler] = [svg("text", { "text-anchor": "end" }), svg("g", { class: "ruler" })];
  const box = { left: 0, right: 1, top: 0, bottom: 1 };
  const ui = { legend, drawing, title, ruler, at: null, data, box, type: 14 };
  new ResizeObserver(() => show(ui)).observe(drawing);
  /** @param {PointerEvent} event */
  const follow = ({ clientX }) => {
    const { box, data } = ui;
    const share = (clientX - drawing.getBoundingClientRect().left - box.left) / (box.right - box.left);
    const places = placesOf(ui);
    if (places.length) read(ui, nearest(places, data.x.low + clamp(share, 0, 1) * (data.x.high - data.x.low)));
  };
  drawing.addEventListener("pointermove", follow);
  drawing.addEventListener("pointerdown", follow);
  drawing.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && read(ui, null));
  drawing.addEventListener("blur", () => read(ui, null));
  drawing.addEventListener("keydown", (event) => {
    const move = meaningOf(event, KEYS);
    if (move !== undefined) step(ui, move);
  });
  return ui;
}

/** @param {Picture} ui */
function show(ui) {
  draw(ui);
  dress(ui.drawing, { "aria-valuemin": ui.data.x.low, "aria-valuemax": ui.data.x.high });
  read(ui, ui.at);
}

/**
 * Say what each curve has at a place, in the legend and to who listens; or nothing.
 * @param {Picture} ui
 * @param {number | null} at a value of the horizontal axis
 */
function read(ui, at) {
  const { box, data, drawing } = ui;
  ui.at = at;
  const found = data.curves.map((curve) => (at === null ? undefined : pointNear(curve, at)));
  const values = found.map((point) => (point ? writeShort(point.y ?? Number.NaN, data.lang) : ""));
  ui.legend.querySelectorAll("b").forEach((said, i) => {
    said.textContent = values[i];
  });
  const place = at === null ? data.x.title : `${data.x.title} ${writeWhole(at, data.lang)}`;
  ui.title.textContent = place;
  const said = data.curves.flatMap(({ name }, i) => (values[i] ? [`${name} ${values[i]}`] : []));
  drawing.setAttribute("aria-valuenow", String(at ?? data.x.low));
  drawing.setAttribute("aria-valuetext", [place, ...said].join("; "));
  ui.ruler.replaceChildren();
  if (at === null) return;
  ui.ruler.append(svg("line", { x1: xOf(ui, at), x2: xOf(ui, at), y1: box.top - 4, y2: box.bottom }));
  found.forEach((point, i) => {
    if (!point || !isNumber(point.y) || heightOf(data.y, point.y) > 1.02) return;
    const { split } = data.curves[i];
    ui.ruler.append(svg("g", { class: `curve ${split}` }, dot(ui, split, point.x, point.y, POINTED)));
  });
}

/**
 * Read the next or the last measured place, from where the ruler stands.
 * @param {Picture} ui
 * @param {number} by how many measured places; endless for the first and the last
 */
function step(ui, by) {
  const places = placesOf(ui);
  if (!places.length) return;
  const from = ui.at === null ? (by > 0 ? -1 : places.length) : places.indexOf(nearest(places, ui.at));
  read(ui, places[clamp(from + by, 0, places.length - 1)]);
}

/**
 * The measured places of the curve in front.
 * @param {Picture} ui
 */
const placesOf = ({ data }) => data.curves.at(-1)?.x ?? [];

/**
 * @param {number[]} places not empty
 * @param {number} at
 */
function nearest(places, at) {
  return places.reduce((best, place) => (Math.abs(place - at) < Math.abs(best - at) ? place : best));
}

/**
 * The measured point that is nearest; none where the curve has long ended, or has not begun.
 * @param {Curve} curve
 * @param {number} at
 */
function pointNear({ x, y }, at) {
  if (!x.length) return undefined;
  const place = nearest(x, at);
  const step = x.length > 1 ? (x[x.length - 1] - x[0]) / (x.length - 1) : 0;
  return Math.abs(place - at) > 1.5 * step && place !== at ? undefined : { x: place, y: y[x.indexOf(place)] };
}
