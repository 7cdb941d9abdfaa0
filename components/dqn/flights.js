// Flights in the course's world as they were recorded: what core/dqn/flight.py watched at each age.
import { inflated } from "../in_browser/arrays.js";

/** @import { Scene } from "./grid.js" */
/** @typedef {{ ages: number, moves: number, cells: number, drones: number } & Record<Name, string>} Told */
/** @typedef {"ground" | "places" | "laden" | "charge" | "values" | "actions" | "crashed" | "delivered"} Name */
/** @typedef {{ scenes: Scene[], values: Float32Array[] }} Flight */

const NAMES = /** @type {const} */ ([
  "ground",
  "places",
  "laden",
  "charge",
  "values",
  "actions",
  "crashed",
  "delivered",
]);

/**
 * Unpack what Python sent.
 * @param {Told} told
 * @returns {Promise<Flight[]>} one for each age
 */
export async function flightsOf(told) {
  const unpacked = await Promise.all(NAMES.map(async (name) => [name, await inflated(told[name])]));
  const arrays = /** @type {Record<Name, Uint8Array>} */ (Object.fromEntries(unpacked));
  return Array.from({ length: told.ages }, (_, age) => flightOf(told, arrays, age));
}

/**
 * @param {Told} told
 * @param {Record<Name, Uint8Array>} arrays
 * @param {number} age
 */
function flightOf({ moves, cells, drones }, arrays, age) {
  const all = new Float32Array(arrays.values.slice().buffer);
  const values = Array.from({ length: moves }, (_, at) =>
    all.subarray((age * moves + at) * 5, (age * moves + at + 1) * 5),
  );
  const scenes = Array.from({ length: moves + 1 }, (_, at) => {
    const [moment, before] = [age * (moves + 1) + at, (age * moves + at - 1) * drones];
    const outcome = /** @type {Scene["outcome"]} */ (
      !at ? "" : arrays.crashed[before] ? "crashed" : arrays.delivered[before] ? "delivered" : ""
    );
    return {
      side: Math.sqrt(cells),
      ground: [...arrays.ground.subarray(moment * cells, (moment + 1) * cells)],
      drones: Array.from({ length: drones }, (_, drone) => ({
        cell: arrays.places[moment * drones + drone],
        isLaden: arrays.laden[moment * drones + drone] > 0,
        charge: arrays.charge[moment * drones + drone],
      })),
      arrows: [],
      outcome,
    };
  });
  return { scenes, values };
}
