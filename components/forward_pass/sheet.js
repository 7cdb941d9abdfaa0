// A sheet over the plane of two inputs, as high as the neuron's output: seen from above, at a slant.
import { COLOURS } from "../in_browser/base.js";
import { rgbOf } from "../in_browser/pixels.js";

/** Squares of the sheet along each side. */
const SQUARES = 24;
/** How flat the view is, and how much of a unit's height is seen. */
const FLAT = 0.5;
const HEIGHT = 0.62;
/** The highest output that is drawn; higher ones are cut. */
const TOP = 6;

/**
 * Draw the sheet.
 * @param {HTMLCanvasElement} canvas
 * @param {(x1: number, x2: number) => number} height
 * @param {number} edge the inputs go from −edge to edge
 * @param {number} turn degrees by which the sheet is turned
 */
export function sheet(canvas, height, edge, turn) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const { width, height: tall } = canvas;
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const unit = width / (3.1 * edge);
  /**
   * @param {number} x
   * @param {number} y
   */
  const seen = (x, y) => {
    const deep = x * sin + y * cos;
    const high = Math.max(-TOP, Math.min(TOP, height(x, y)));
    return {
      x: width / 2 + (x * cos - y * sin) * unit,
      y: tall * 0.6 - deep * unit * FLAT - high * unit * HEIGHT * (edge / TOP) * 1.6,
      deep,
      high,
    };
  };
  const at = (/** @type {number} */ i) => -edge + (2 * edge * i) / SQUARES;
  const corners = [...Array(SQUARES + 1).keys()].map((i) =>
    [...Array(SQUARES + 1).keys()].map((j) => seen(at(i), at(j))),
  );
  const squares = [];
  for (let i = 0; i < SQUARES; i++)
    for (let j = 0; j < SQUARES; j++)
      squares.push([corners[i][j], corners[i + 1][j], corners[i + 1][j + 1], corners[i][j + 1]]);
  const mean = (/** @type {{ deep: number }[]} */ square) => square.reduce((sum, { deep }) => sum + deep, 0);
  squares.sort((one, other) => mean(other) - mean(one));
  context.clearRect(0, 0, width, tall);
  context.lineWidth = 1;
  for (const square of squares) {
    context.fillStyle = inkOf(square.reduce((sum, { high }) => sum + high, 0) / 4);
    context.strokeStyle = "rgba(90, 100, 110, 0.55)";
    context.beginPath();
    for (const { x, y } of square) context.lineTo(x, y);
    context.closePath();
    context.fill();
    context.stroke();
  }
}

/**
 * Blue above zero, orange below, pale at zero.
 * @param {number} high
 */
function inkOf(high) {
  const share = Math.min(1, Math.abs(high) / TOP) ** 0.6;
  const ink = rgbOf(high < 0 ? COLOURS.negative : COLOURS.positive);
  const mixed = ink.map((channel) => Math.round(238 + (channel - 238) * share));
  return `rgb(${mixed.join(",")})`;
}
