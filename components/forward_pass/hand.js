// Moving a number: by mouse or finger, and by keyboard.
import { clamp } from "../in_browser/base.js";
import { meaningOf, noteMove } from "../in_browser/hand.js";
import { LIMIT, UNIT } from "./forward.js";

/** @import { List } from "./forward.js" */
/** @import { Ui } from "./picture.js" */

/** Pixels that a finger moves for one step of a number. */
const PIXELS = 4;

/**
 * Let a number be dragged: right or up adds, left or down takes away.
 * @param {Ui} ui
 * @param {HTMLElement | SVGElement} element
 * @param {List} list
 * @param {() => number} at its place in the list
 * @param {() => void} [onDown]
 */
export function draggable(ui, element, list, at, onDown = () => {}) {
  /** @type {{ x: number, y: number, value: number } | null} */
  let from = null;
  element.classList.add("drag");
  element.onpointerdown = (event) => {
    if (event.button) return;
    onDown();
    from = { x: event.clientX, y: event.clientY, value: ui.state[list][at()] };
    element.focus({ preventScroll: true }); // so that the arrow keys move what was pointed at
    element.setPointerCapture(event.pointerId);
    ui.root.classList.add("dragging");
    ui.show();
  };
  element.onpointermove = (event) => {
    if (!from) return;
    const begun = performance.now();
    const moved = event.clientX - from.x - (event.clientY - from.y);
    set(ui, list, at(), from.value + Math.round(moved / PIXELS) * UNIT);
    noteMove(ui.root, begun);
  };
  element.onpointerup =
    element.onpointercancel =
    element.onlostpointercapture =
      () => {
        if (!from) return;
        const isChanged = from.value !== ui.state[list][at()];
        from = null;
        ui.root.classList.remove("dragging");
        if (isChanged) ui.told.now();
      };
}

/**
 * Let the keyboard move a number. In projection, page keys turn the course's pages.
 * @param {Ui} ui
 * @param {HTMLElement | SVGElement} element
 * @param {List} list
 * @param {() => number} at its place in the list
 */
export function movable(ui, element, list, at) {
  element.onkeydown = (event) => {
    const now = ui.state[list][at()];
    const wanted = meaningOf(event, {
      ArrowUp: now + UNIT,
      ArrowRight: now + UNIT,
      ArrowDown: now - UNIT,
      ArrowLeft: now - UNIT,
      Home: -LIMIT,
      End: LIMIT,
      ...(ui.data.projection ? {} : { PageUp: now + 1, PageDown: now - 1 }),
    });
    if (wanted === undefined) return;
    set(ui, list, at(), wanted);
    ui.told.soon();
  };
}

/**
 * @param {Ui} ui
 * @param {List} list
 * @param {number} index
 * @param {number} value
 */
function set(ui, list, index, value) {
  ui.note("");
  ui.state[list][index] = Math.round(clamp(value, -LIMIT, LIMIT) * 10) / 10 + 0; // plus zero: there is no negative one
  ui.show();
}
