// The whole map of the frequent words, to be walked: zoom, drag, choose a word, and see who its neighbours really are.
// The coordinates come once: the component says which ones it holds, and Python leaves them out from then on.
import { floatsOf } from "../in_browser/arrays.js";
import { make, pictureIn, writeNumber } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { drawMap } from "./word_map_canvas.js";
import { view } from "./word_map_view.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Near a word and how far it points the same way
 * @property {string} word
 * @property {number} cosine in all dimensions
 * @property {number} x
 * @property {number} y
 */
/**
 * @typedef {object} Data
 * @property {string} version of the coordinates
 * @property {string} [words] one a line; left out once the browser holds them
 * @property {string} [xy] float32 (words, 2) in base64
 * @property {Near | null} chosen
 * @property {Near[]} near the nearest in all dimensions
 * @property {string[]} false those that are near on the picture alone, nearest first
 * @property {string} unknown what is said of a word that has no vector
 * @property {boolean} searches whether the field is shown
 * @property {Record<"map" | "search" | "go" | "closer" | "farther" | "whole" | "near" | "false" | "choose", string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.tell = (word) => setStateValue("word", word);
  if (data.xy && data.words) {
    ui.words = data.words.split("\n");
    ui.xy = floatsOf(data.xy);
    ui.rows = new Map(ui.words.map((word, i) => [word, i]));
    ui.held = data.version;
    ui.view.fit(ui.xy);
    setStateValue("holds", ui.held);
  } else if (ui.held !== data.version) {
    setStateValue("holds", "");
  }
  const isAnother = ui.data.chosen?.word !== data.chosen?.word;
  ui.data = data;
  if (isAnother || !ui.isShown) showList(ui);
  if (isAnother && data.chosen) ui.view.walkTo([data.chosen, ...data.near]);
  showWords(ui);
  ui.isShown = true;
  ui.draw();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const canvas = make("canvas", { tabindex: 0, role: "application" });
  const search = make("input", { type: "search", maxlength: 40, autocomplete: "off" });
  const [go, closer, farther, whole] = ["", "+", "−", "⤢"].map((text) => make("button", { type: "button" }, text));
  const form = make("form", {}, search, go);
  const ui = {
    data,
    held: "",
    isShown: false,
    words: /** @type {string[]} */ ([]),
    rows: /** @type {Map<string, number>} */ (new Map()),
    xy: new Float32Array(),
    canvas,
    parts: { search, go, closer, farther, whole, form },
    said: make("p", { class: "said", role: "status" }),
    near: make("div", { class: "list" }),
    view: view(canvas, () => ui.draw()),
    draw() {
      drawMap(ui);
    },
    tell(/** @type {string} */ _word) {},
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    if (search.value.trim()) ui.tell(search.value.trim());
  };
  closer.onclick = () => ui.view.zoom(1.6);
  farther.onclick = () => ui.view.zoom(1 / 1.6);
  whole.onclick = () => ui.view.fit(ui.xy);
  ui.view.onChoose((x, y) => {
    const found = under(ui, x, y);
    if (found) ui.tell(found);
  });
  canvas.onkeydown = (event) => {
    const walk = meaningOf(event, { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });
    if (walk) ui.view.move(60 * walk[0], 60 * walk[1]);
    const zoom = meaningOf(event, { "+": 1.6, "=": 1.6, "-": 1 / 1.6 });
    if (zoom) ui.view.zoom(zoom);
  };
  const stage = make("div", { class: "stage" }, canvas, make("div", { class: "zoom" }, closer, farther, whole));
  root.append(make("div", { class: "columns" }, stage, make("div", { class: "about" }, form, ui.said, ui.near)));
  new ResizeObserver(() => {
    if (ui.view.resize()) ui.view.fit(ui.xy);
    ui.draw();
  }).observe(canvas);
  return ui;
}

/**
 * The word under a finger: the nearest drawn point, if it is near enough.
 * @param {Picture} ui
 * @param {number} x
 * @param {number} y
 */
function under({ words, xy, view: { toX, toY } }, x, y) {
  let [best, least] = [-1, 16];
  for (let i = 0; i < words.length; i++) {
    const distance = Math.hypot(toX(xy[2 * i]) - x, toY(xy[2 * i + 1]) - y);
    if (distance < least) [best, least] = [i, distance];
  }
  return words[best];
}

/** @param {Picture} ui */
function showWords({ canvas, parts, said, data }) {
  const { labels } = data;
  canvas.setAttribute("aria-label", labels.map);
  parts.search.setAttribute("aria-label", labels.search);
  parts.search.placeholder = labels.search;
  parts.go.textContent = labels.go;
  parts.form.hidden = !data.searches;
  for (const name of /** @type {const} */ (["closer", "farther", "whole"])) {
    parts[name].title = labels[name];
    parts[name].setAttribute("aria-label", labels[name]);
  }
  said.textContent = data.unknown || (data.chosen ? "" : labels.choose);
}

/** @param {Picture} ui */
function showList(ui) {
  const { chosen, near, false: misleading, labels, lang } = ui.data;
  if (!chosen) return ui.near.replaceChildren();
  const button = (/** @type {string} */ word, /** @type {string} */ after) => {
    const one = make("button", { type: "button" }, word, ...(after ? [make("small", {}, after)] : []));
    one.onclick = () => ui.tell(word);
    return make("li", {}, one);
  };
  return ui.near.replaceChildren(
    make("h4", {}, chosen.word),
    make("h5", { class: "true" }, labels.near),
    make("ul", { class: "true" }, ...near.map(({ word, cosine }) => button(word, writeNumber(cosine, lang)))),
    make("h5", { class: "false" }, labels.false),
    make("ul", { class: "false" }, ...misleading.map((word) => button(word, ""))),
  );
}
