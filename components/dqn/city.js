// The small world under the finger: its rules for one drone (core/dqn/world.py), and a flight by a network's values.
import { mulberry32 } from "../in_browser/chance.js";
import { NOTHING, STATION, TOWER } from "./ground.js";

/** @typedef {{ drone: number, zone: number, parcel: number }} Situation cells; the parcel's is −1 while it is aboard */
/**
 * @typedef {object} City
 * @property {number} side of the grid, in cells
 * @property {number[]} ground its towers and stations
 * @property {number[][]} reaches of each cell, where each action leads; −1 outside
 * @property {number[]} air cells that a drone can be in
 * @property {number[]} free cells that a parcel or a zone can be on
 */
/** @typedef {"" | "took" | "delivered" | "crashed"} Outcome */
/** @typedef {{ situation: Situation, action: number, outcome: Outcome, values: Float32Array }} Move what led there */

/** Rows and columns of each action: left, down, right, up, stay. */
const MOVES = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, 0],
];

/**
 * @param {number} side
 * @param {number[]} ground
 * @returns {City}
 */
export function cityOf(side, ground) {
  const cells = [...ground.keys()];
  const reaches = cells.map((cell) =>
    MOVES.map(([down, right]) => {
      const [row, column] = [Math.floor(cell / side) + down, (cell % side) + right];
      return row < 0 || row >= side || column < 0 || column >= side ? -1 : row * side + column;
    }),
  );
  const air = cells.filter((cell) => ground[cell] !== TOWER);
  const free = cells.filter((cell) => ground[cell] === NOTHING);
  return { side, ground, reaches, air, free };
}

/**
 * The number of a situation, as core/dqn/exact.py counts them.
 * @param {City} city
 * @param {Situation} situation
 */
export function numberOf({ air, free }, { drone, zone, parcel }) {
  const [at, lies] = [free.indexOf(zone), free.indexOf(parcel)];
  const place = parcel < 0 ? 0 : 1 + lies - (lies > at ? 1 : 0);
  return (at * free.length + place) * air.length + air.indexOf(drone);
}

/**
 * The situation of a number.
 * @param {City} city
 * @param {number} number
 * @returns {Situation}
 */
export function situationOf({ air, free }, number) {
  const at = Math.floor(number / (free.length * air.length));
  const place = Math.floor(number / air.length) % free.length;
  const others = free.filter((_cell, other) => other !== at);
  return { drone: air[number % air.length], zone: free[at], parcel: place ? others[place - 1] : -1 };
}

/**
 * Move the drone; chance puts what comes back anywhere.
 * @param {City} city
 * @param {Situation} now
 * @param {number} action
 * @param {() => number} chance from 0 to 1
 * @returns {{ situation: Situation, outcome: Outcome }}
 */
function moved({ reaches, ground, air, free }, now, action, chance) {
  const anyOf = (/** @type {number[]} */ cells) => cells[Math.floor(chance() * cells.length)];
  const { zone, parcel } = now;
  const cell = reaches[now.drone][action];
  if (cell < 0 || ground[cell] === TOWER) {
    const lies = parcel < 0 ? anyOf(free.filter((other) => other !== zone)) : parcel;
    const drone = anyOf(air);
    return { situation: { drone, zone, parcel: drone === lies ? -1 : lies }, outcome: "crashed" };
  }
  if (parcel < 0 && cell === zone) {
    const again = anyOf(free);
    const lies = anyOf(free.filter((other) => other !== again));
    return { situation: { drone: cell, zone: again, parcel: lies }, outcome: "delivered" };
  }
  const takes = parcel === cell && ground[cell] !== STATION;
  return { situation: { drone: cell, zone, parcel: takes ? -1 : parcel }, outcome: takes ? "took" : "" };
}

/**
 * Fly by the best of a network's values, from a situation on.
 * @param {City} city
 * @param {Situation} start
 * @param {(situation: Situation) => Float32Array} valuesAt
 * @param {number} count of moves
 * @param {number} seed of what comes back where
 * @returns {{ situations: Situation[], moves: Move[] }} one situation more than moves
 */
export function fly(city, start, valuesAt, count, seed) {
  const chance = mulberry32(seed);
  const situations = [start];
  const moves = [];
  for (let at = 0; at < count; at++) {
    const values = valuesAt(situations[at]);
    const action = bestOf(values);
    const { situation, outcome } = moved(city, situations[at], action, chance);
    situations.push(situation);
    moves.push({ situation: situations[at], action, outcome, values });
  }
  return { situations, moves };
}

/**
 * The first of the best; of what is no number, the first.
 * @param {ArrayLike<number>} values
 */
export function bestOf(values) {
  let best = 0;
  for (let action = 1; action < values.length; action++) if (values[action] > values[best]) best = action;
  return best;
}
