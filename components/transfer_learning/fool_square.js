// The square under the hand: a mouse, a finger, or the keys.
import { meaningOf } from "../in_browser/hand.js";
import { SIDE } from "./own_image.js";

/** Pixels of the photo that an arrow key moves the square by; with Shift, one. */
const STEP = 4;
/** Pixels that + and − change its sides by. */
const GROWS = 2;

/**
 * @typedef {object} Hand
 * @property {() => { top: number, left: number, side: number }} square in pixels of the photo
 * @property {(top: number, left: number) => void} put
 * @property {(by: number) => void} grow
 */

/**
 * Let a square be dragged over a photo. A finger outside the square scrolls the page, unless it only taps.
 * @param {HTMLElement} photo
 * @param {HTMLElement} mark the square, inside of it
 * @param {Hand} hand
 */
export function dragged(photo, mark, hand) {
  /** Where in the square it is held, in pixels of the photo. @type {{ x: number, y: number } | null} */
  let held = null;

  /** @param {MouseEvent} event */
  function place(event) {
    const { left, top, width } = photo.getBoundingClientRect();
    return { x: ((event.clientX - left) / width) * SIDE, y: ((event.clientY - top) / width) * SIDE };
  }

  /** @param {MouseEvent} event */
  function centre(event) {
    const { x, y } = place(event);
    const { side } = hand.square();
    hand.put(y - side / 2, x - side / 2);
  }

  photo.onpointerdown = (event) => {
    const isOutside = event.target !== mark;
    if (event.button !== 0 || (isOutside && event.pointerType === "touch")) return;
    event.preventDefault();
    mark.focus({ preventScroll: true });
    photo.setPointerCapture(event.pointerId);
    if (isOutside) centre(event);
    const { x, y } = place(event);
    const { top, left } = hand.square();
    held = { x: x - left, y: y - top };
  };
  photo.onpointermove = (event) => {
    if (!held) return;
    const { x, y } = place(event);
    hand.put(y - held.y, x - held.x);
  };
  photo.onpointerup = photo.onpointercancel = () => {
    held = null;
  };
  photo.onclick = (event) => {
    const isTap = event instanceof PointerEvent && event.pointerType === "touch";
    if (isTap && event.target !== mark) centre(event);
  };
  mark.onkeydown = (event) => {
    const walk = meaningOf(event, { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] });
    const step = event.shiftKey ? 1 : STEP;
    const { top, left } = hand.square();
    if (walk) hand.put(top + step * walk[0], left + step * walk[1]);
    const grow = meaningOf(event, { "+": GROWS, "=": GROWS, "-": -GROWS });
    if (grow) hand.grow(grow);
  };
}
