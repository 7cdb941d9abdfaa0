// The grid as it is flown over: towers, stations, parcels, zones, drones, and an arrow for what each cell is worth.
import { dress, make, svg } from "../in_browser/base.js";
import { NOTHING, PARCEL, STATION, TOWER, ZONE } from "./ground.js";

/** @typedef {{ cell: number, isLaden: boolean, charge: number | null }} Drone charge: 0 to 100; null: batteries do not count */
/** @typedef {{ cell: number, action: number, value: number, isRight: boolean | null }} Arrow null: nobody knows */
/**
 * @typedef {object} Scene
 * @property {number} side of the grid, in cells
 * @property {number[]} ground what each cell holds
 * @property {Drone[]} drones the one that learns comes first
 * @property {Arrow[]} arrows
 * @property {"" | "took" | "delivered" | "crashed"} outcome of the last move of the one that learns
 */

/** Degrees that an arrow to the right is turned by, for each action; to stay is a dot. */
const TURNS = [180, 90, 0, 270];
/** @type {Record<number, string>} What each thing on the ground looks like, in a cell of 1 × 1. */
const SHAPES = {
  [PARCEL]: "M.27 .38 .5 .27 .73 .38V.66L.5 .77 .27 .66ZM.27 .38 .5 .49 .73 .38M.5 .49V.77",
  [ZONE]: "M.5 .2A.3 .3 0 1 1 .499 .2ZM.5 .36A.14 .14 0 1 1 .499 .36Z",
  [STATION]: "M.56 .18 .32 .55H.48L.44 .82 .68 .45H.52Z",
  [TOWER]: "M.14 .14H.86V.86H.14Z",
};
/** @type {Record<number, string>} */
const KINDS = { [NOTHING]: "", [PARCEL]: "parcel", [ZONE]: "zone", [STATION]: "station", [TOWER]: "tower" };
/** Four rotors on two arms. */
const ROTORS = [
  [0.3, 0.3],
  [0.7, 0.3],
  [0.3, 0.7],
  [0.7, 0.7],
];

/** Make the grid; `show` draws a scene, `cellAt` says over which cell a pointer is. */
export function grid() {
  const [floor, arrows, things, air] = ["floor", "arrows", "things", "air"].map((name) => svg("g", { class: name }));
  const drawing = svg("svg", { class: "city", role: "img" }, floor, arrows, things, air);
  let drawn = { side: 0, drones: 0 };

  /** @param {Scene} scene */
  function show(scene) {
    const { side, drones } = scene;
    if (drawn.side !== side || drawn.drones !== drones.length) {
      drawn = { side, drones: drones.length };
      dress(drawing, { viewBox: `-.06 -.06 ${side + 0.12} ${side + 0.12}` });
      air.replaceChildren(...drones.map((_drone, at) => droneOf(at)));
    }
    const at = (/** @type {number} */ cell) => `translate(${cell % side} ${Math.floor(cell / side)})`;
    floor.replaceChildren(...[...scene.ground.keys()].map((cell) => tileOf(scene, cell, at(cell))));
    arrows.replaceChildren(...scene.arrows.map((arrow) => arrowOf(arrow, at(arrow.cell))));
    things.replaceChildren(
      ...scene.ground.flatMap((held, cell) =>
        held === NOTHING
          ? []
          : [svg("path", { class: KINDS[held], d: SHAPES[held], transform: at(cell), "data-cell": cell })],
      ),
    );
    drones.forEach((drone, number) => {
      showDrone(/** @type {SVGGElement} */ (air.children[number]), drone, side, number ? "" : scene.outcome);
    });
  }

  return {
    box: make("div", { class: "holder" }, drawing),
    drawing,
    show,
    /**
     * The cell under a pointer; −1 outside.
     * @param {PointerEvent} event
     */
    cellAt(event) {
      const { left, top, width, height } = drawing.getBoundingClientRect();
      const unit = Math.min(width, height) / (drawn.side + 0.12); // the grid stands in the middle of its box
      const [column, row] = [event.clientX - left - width / 2, event.clientY - top - height / 2].map((pixels) =>
        Math.floor(pixels / unit + drawn.side / 2),
      );
      const isInside = column >= 0 && row >= 0 && column < drawn.side && row < drawn.side;
      return isInside ? row * drawn.side + column : -1;
    },
  };
}

/**
 * @param {Scene} scene
 * @param {number} cell
 * @param {string} transform
 */
function tileOf({ arrows }, cell, transform) {
  const value = arrows.find((arrow) => arrow.cell === cell)?.value;
  const tile = svg("rect", { class: "tile", x: 0.02, y: 0.02, width: 0.96, height: 0.96, rx: 0.08, transform });
  if (value === undefined || arrows.length < 2) return tile;
  const values = arrows.map((arrow) => arrow.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  tile.classList.toggle("low", value < 0);
  tile.style.setProperty("--share", `${Math.round(15 + (60 * (value - low)) / (high - low || 1)) || 0}%`);
  return tile;
}

/**
 * @param {Arrow} arrow
 * @param {string} transform
 */
function arrowOf({ action, isRight }, transform) {
  const kind = isRight === false ? "arrow wrong" : "arrow";
  if (action === TURNS.length) return svg("circle", { class: kind, cx: 0.5, cy: 0.5, r: 0.07, transform });
  const turned = `${transform} rotate(${TURNS[action]} .5 .5)`;
  return svg("path", { class: kind, d: "M.2 .5H.72M.56 .35 .76 .5 .56 .65", transform: turned });
}

/** @param {number} number 0: the one that learns */
function droneOf(number) {
  const arms = svg("path", { class: "arms", d: "M.3 .3 .7 .7M.7 .3 .3 .7" });
  const rotors = ROTORS.map(([cx, cy]) => svg("circle", { class: "rotor", cx, cy, r: 0.15 }));
  const body = svg("circle", { class: "body", cx: 0.5, cy: 0.5, r: 0.15 });
  const load = svg("path", { class: "load", d: "M.38 .4H.62V.62H.38Z" });
  const bed = svg("rect", { class: "bed", x: 0.14, y: 0.9, width: 0.72, height: 0.07, rx: 0.03 });
  const charge = svg("rect", { class: "charge", x: 0.14, y: 0.9, width: 0.72, height: 0.07, rx: 0.03 });
  return svg("g", { class: number ? "drone other" : "drone" }, arms, ...rotors, body, load, bed, charge);
}

/**
 * @param {SVGGElement} element
 * @param {Drone} drone
 * @param {number} side
 * @param {Scene["outcome"]} outcome
 */
function showDrone(element, { cell, isLaden, charge }, side, outcome) {
  element.style.transform = `translate(${cell % side}px, ${Math.floor(cell / side)}px)`;
  element.classList.toggle("laden", isLaden);
  element.dataset.outcome = outcome;
  element.classList.toggle("charged", charge !== null);
  element.lastElementChild?.setAttribute("width", String(0.72 * ((charge ?? 0) / 100)));
}
