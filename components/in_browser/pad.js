// A square to draw a digit in, with finger or mouse; it shows a digit of the data too, as it was written.
import { clamp, make } from "./base.js";
import { asInk, paint, pixels, SIDE } from "./pixels.js";

/** Pixels of a side while drawing: three for each of the digit's. */
const INK_SIDE = 3 * SIDE;
/** Width of the pen in those pixels. */
const PEN = 7;

/**
 * Make the square; a stroke begins a new drawing if a digit stood there.
 * @param {(ink: Uint8Array) => void} drawn hears of the ink, 0 to 255, after each stroke
 */
export function pad(drawn) {
  const shown = pixels();
  const paper = make("canvas", { class: "paper", width: INK_SIDE, height: INK_SIDE });
  const pen = /** @type {CanvasRenderingContext2D} */ (paper.getContext("2d", { willReadFrequently: true }));
  const box = make("div", { class: "pad" }, shown, paper);
  let isDrawing = false;

  function clear() {
    pen.clearRect(0, 0, INK_SIDE, INK_SIDE);
    box.classList.remove("drawn");
  }

  /** @param {PointerEvent} event */
  function place(event) {
    const { left, top, width, height } = paper.getBoundingClientRect();
    const at = [(event.clientX - left) / width, (event.clientY - top) / height];
    return at.map((share) => clamp(share, 0, 1) * INK_SIDE);
  }

  paper.onpointerdown = (event) => {
    event.preventDefault();
    paper.setPointerCapture(event.pointerId);
    if (!box.classList.contains("drawn")) clear();
    box.classList.add("drawn");
    isDrawing = true;
    const [x, y] = place(event);
    Object.assign(pen, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x, y + 0.01);
    pen.stroke();
  };
  paper.onpointermove = (event) => {
    if (!isDrawing) return;
    const [x, y] = place(event);
    pen.lineTo(x, y);
    pen.stroke();
  };
  const lift = () => {
    if (!isDrawing) return;
    isDrawing = false;
    const { data } = pen.getImageData(0, 0, INK_SIDE, INK_SIDE);
    drawn(Uint8Array.from({ length: INK_SIDE ** 2 }, (_, i) => data[4 * i + 3]));
  };
  paper.onpointerup = lift;
  paper.onpointercancel = lift;

  return {
    box,
    clear,
    isDrawn: () => box.classList.contains("drawn"),
    /**
     * Show a digit of the data, under what is drawn.
     * @param {ArrayLike<number>} digit
     * @param {string} label
     */
    show(digit, label) {
      paint(shown, digit, asInk);
      shown.setAttribute("aria-label", label);
    },
  };
}
