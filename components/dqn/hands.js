// The hand on the grid of the small world: it takes drone, parcel or zone, and lets it go on another cell.
import { numberOf } from "./city.js";

/** @import { Picture } from "./picture.js" */
/** @import { Situation } from "./city.js" */

/**
 * Let the student put things elsewhere: a flight begins there.
 * @param {Picture} ui
 */
export function dragOn(ui) {
  const { drawing } = ui.grid;
  let taken = /** @type {keyof Situation | null} */ (null);
  const shown = () => ui.flown.situations[ui.transport.at()];

  drawing.onpointerdown = (event) => {
    const now = shown();
    if (ui.data.world !== "small" || !now || ui.data.hidden.includes("dqn_start")) return;
    const cell = ui.grid.cellAt(event);
    taken = cell === now.drone ? "drone" : cell === now.parcel ? "parcel" : cell === now.zone ? "zone" : null;
    if (!taken) return;
    ui.transport.stop();
    drawing.setPointerCapture(event.pointerId);
  };
  drawing.onpointermove = (event) => {
    const now = shown();
    if (!taken || !now) return;
    const put = placed(ui, now, taken, ui.grid.cellAt(event));
    if (put) ui.choose({ start: numberOf(ui.city, put) });
  };
  drawing.onpointerup = () => {
    taken = null;
  };
  drawing.onpointercancel = drawing.onpointerup;
}

/**
 * The situation with one thing elsewhere; null if it cannot lie there, or lies there already.
 * @param {Picture} ui
 * @param {Situation} now
 * @param {keyof Situation} thing
 * @param {number} cell
 */
function placed({ city }, now, thing, cell) {
  const places = thing === "drone" ? city.air : city.free;
  const isTaken = (thing === "zone" && cell === now.parcel) || (thing === "parcel" && cell === now.zone);
  return now[thing] === cell || isTaken || !places.includes(cell) ? null : { ...now, [thing]: cell };
}
