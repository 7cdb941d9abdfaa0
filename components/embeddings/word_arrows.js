// Words on their two principal axes, an arrow from the first to the second of each pair.
import { clamp, make, pictureIn, svg } from "../in_browser/base.js";
import { scaleOf } from "./letter_places.js";
import { placeWords, ruler } from "./word_labels.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Box } from "./word_labels.js" */
/**
 * @typedef {object} Data
 * @property {[word: string, x: number, y: number][]} words
 * @property {[first: number, second: number][]} pairs by their place in `words`
 * @property {Record<"picture" | "x" | "y", string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

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
  const ui = { data, map: svg("svg", { class: "map", role: "img" }) };
  root.append(make("div", {}, ui.map));
  new ResizeObserver(() => draw(ui)).observe(ui.map);
  return ui;
}

/** @param {Picture} ui */
function draw({ map, data }) {
  const { clientWidth: width, clientHeight: height } = map;
  if (!width || !height) return;
  const { words, pairs, labels, projection } = data;
  const size = projection ? 24 : width < 500 ? 14 : 16;
  const mark = projection ? 9 : 6;
  const scale = scaleOf(new Float32Array(words.flatMap(([, x, y]) => [x, y])), width, height);
  const spots = words.map(([text, x, y]) => ({ text, x: scale.x(x), y: scale.y(y) }));
  const font = `600 ${size}px ${getComputedStyle(map).fontFamily}`;
  const places = placeWords(spots, { width, height }, { size: size * 1.3, mark, widthOf: ruler(font) });
  map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  map.setAttribute("aria-label", labels.picture);
  map.replaceChildren(
    ...axes(scale.x(0), scale.y(0), width, height, labels),
    ...spots.map((spot, i) => tie(spot, places[i], mark)),
    ...pairs.map(([from, to]) => arrow(spots[from], spots[to], mark)),
    ...spots.map((spot, i) => point(spot, mark, isSecond(i, pairs))),
    ...places.map((box, i) => {
      const at = { class: "word", x: box.x + box.width / 2, y: box.y + box.height / 2, dy: "0.35em" };
      return svg("text", { ...at, "font-size": size }, words[i][0]);
    }),
  );
}

/**
 * @param {number} i
 * @param {[number, number][]} pairs
 */
function isSecond(i, pairs) {
  return pairs.some(([, second]) => second === i) && !pairs.some(([first]) => first === i);
}

/**
 * A circle for the first word of a pair or one alone, a square for the second.
 * @param {{ x: number, y: number }} spot
 * @param {number} r
 * @param {boolean} isSquare
 */
function point({ x, y }, r, isSquare) {
  if (isSquare) return svg("rect", { class: "second", x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  return svg("circle", { class: "first", cx: x, cy: y, r });
}

/**
 * A thin line to a word that could not be written beside its point.
 * @param {{ x: number, y: number }} spot
 * @param {Box} box
 * @param {number} mark
 */
function tie({ x, y }, box, mark) {
  const [x2, y2] = [clamp(x, box.x, box.x + box.width), clamp(y, box.y, box.y + box.height)];
  const isFar = Math.hypot(x2 - x, y2 - y) > mark + 8;
  return svg("line", isFar ? { class: "tie", x1: x, y1: y, x2, y2 } : {});
}

/**
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {number} r
 */
function arrow(from, to, r) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const [tipX, tipY] = [to.x - ux * (r + 2), to.y - uy * (r + 2)];
  const [backX, backY] = [tipX - ux * 10, tipY - uy * 10];
  const head = `M${tipX} ${tipY} ${backX - uy * 5} ${backY + ux * 5} ${backX + uy * 5} ${backY - ux * 5}Z`;
  return svg(
    "g",
    { class: "arrow" },
    svg("line", { x1: from.x, y1: from.y, x2: backX, y2: backY }),
    svg("path", { d: head }),
  );
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {Data["labels"]} labels
 */
function axes(x, y, width, height, labels) {
  return [
    svg("line", { class: "axis", x1: 0, x2: width, y1: y, y2: y }),
    svg("line", { class: "axis", x1: x, x2: x, y1: 0, y2: height }),
    svg("text", { class: "side", x: width - 6, y: height - 8, "text-anchor": "end" }, labels.x),
    svg("text", { class: "side", x: 6, y: 16 }, labels.y),
  ];
}
