// The flight that is shown: computed here in the small world, recorded in the course's.
import { bestOf, fly, numberOf, situationOf } from "./city.js";
import { PARCEL, ZONE } from "./ground.js";
import { radarOf, valuesOf } from "./network.js";
import { showValues } from "./values.js";

/** @import { Picture } from "./picture.js" */
/** @import { Situation } from "./city.js" */
/** @import { Scene } from "./grid.js" */

/** Moves of a flight. */
const MOVES = 60;
/**
 * Have the transport follow the flight of the age and the start that are shown.
 * @param {Picture} ui
 */
export function follow(ui) {
  const { data, state } = ui;
  const age = ui.ageShown();
  const key = `${data.run} ${age} ${state.start}`;
  if (ui.flown.key !== key || ui.flown.held !== ui.held) ui.flown = { key, held: ui.held, ...flight(ui, age) };
  ui.transport.follow({
    run: key,
    moments: ui.flown.count,
    at: 0,
    pace: ui.pace(),
    labels: data.labels.transport,
    show: (moment) => showMoment(ui, moment),
    tell() {},
  });
}

/**
 * @param {Picture} ui
 * @param {number} age
 * @returns {{ count: number, situations: Situation[], outcomes: Scene["outcome"][] }}
 */
function flight(ui, age) {
  const layers = ui.held?.layers[age];
  if (ui.data.world === "course") {
    return { count: ui.held?.flights[age]?.scenes.length ?? 1, situations: [], outcomes: [] };
  }
  const start = situationOf(ui.city, ui.state.start);
  if (!layers) return { count: 1, situations: [start], outcomes: [""] };
  const valuesAt = (/** @type {Situation} */ now) => valuesOf(layers, radarOf(ui.city, now));
  const { situations, moves } = fly(ui.city, start, valuesAt, MOVES, ui.state.start);
  return { count: situations.length, situations, outcomes: ["", ...moves.map(({ outcome }) => outcome)] };
}

/**
 * Draw a moment of the flight; return what it is called.
 * @param {Picture} ui
 * @param {number} moment
 */
function showMoment(ui, moment) {
  const { labels, world } = ui.data;
  const words = labels.move.replace("%n", String(moment));
  if (world === "course") {
    const shown = ui.held?.flights[ui.ageShown()];
    if (!shown) return words;
    const values = shown.values[Math.min(moment, shown.values.length - 1)];
    ui.grid.show({ ...shown.scenes[moment], arrows: arrowAt(shown.scenes[moment].drones[0].cell, values) });
    showValues(ui, values, null);
    return words + said(ui, shown.scenes[moment].outcome);
  }
  const now = ui.flown.situations[moment];
  const outcome = ui.flown.outcomes[moment] ?? "";
  ui.grid.show(sceneOf(ui, now, outcome));
  const layers = ui.held?.layers[ui.ageShown()];
  const right = ui.held?.best[numberOf(ui.city, now)] ?? null;
  showValues(ui, layers ? valuesOf(layers, radarOf(ui.city, now)) : null, right);
  return words + said(ui, outcome);
}

/**
 * @param {Picture} ui
 * @param {Scene["outcome"]} outcome
 */
function said({ data }, outcome) {
  return outcome ? ` · ${data.labels.outcomes[outcome]}` : "";
}

/**
 * The small world in a situation, with what the network says of every cell the drone could be in.
 * @param {Picture} ui
 * @param {Situation} now
 * @param {Scene["outcome"]} outcome
 * @returns {Scene}
 */
function sceneOf(ui, now, outcome) {
  const { city, held } = ui;
  const ground = [...city.ground];
  ground[now.zone] = ZONE;
  if (now.parcel >= 0) ground[now.parcel] = PARCEL;
  const layers = held?.layers[ui.ageShown()];
  const arrows = !layers
    ? []
    : city.air.map((cell) => {
        const there = { ...now, drone: cell };
        const values = valuesOf(layers, radarOf(city, there));
        const [action, right] = [bestOf(values), held.best[numberOf(city, there)]];
        return {
          cell,
          action,
          value: values[action],
          isRight: right === undefined ? null : Boolean(right & (1 << action)),
        };
      });
  const drone = { cell: now.drone, isLaden: now.parcel < 0, charge: null };
  return { side: city.side, ground, drones: [drone], arrows, outcome };
}

/**
 * @param {number} cell
 * @param {ArrayLike<number>} values
 */
function arrowAt(cell, values) {
  const action = bestOf(values);
  return [{ cell, action, value: values[action], isRight: null }];
}
