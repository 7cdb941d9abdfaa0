// Ink on a canvas: digits, weights, heights, one value a pixel.
import { COLOURS, make } from "./base.js";

/** The side of a digit in pixels. */
export const SIDE = 28;

/**
 * Make a canvas of so many values, for `paint`.
 * @param {number} [width]
 * @param {number} [height]
 * @param {Record<string, string | number>} [attributes]
 */
export function pixels(width = SIDE, height = SIDE, attributes = {}) {
  return make("canvas", { class: "pixels", role: "img", width, height, ...attributes });
}

/**
 * Paint one value a pixel, row by row.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {(value: number) => number[]} ink red, green, blue and opacity, 0 to 255
 */
export function paint(canvas, values, ink) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const picture = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < values.length; i++) picture.data.set(ink(values[i]), i * 4);
  context.putImageData(picture, 0, 0);
}

/**
 * A digit as it was written: black ink on white paper, in both themes.
 * @param {number} value 0 to 255
 */
export function asInk(value) {
  return [255 - value, 255 - value, 255 - value, 255];
}

/**
 * Blue when positive, orange when negative, nothing at zero, full at ±`highest`.
 * @param {number} highest
 */
export function bySign(highest) {
  const [positive, negative] = [COLOURS.positive, COLOURS.negative].map(rgbOf);
  return (/** @type {number} */ value) => [
    ...(value < 0 ? negative : positive),
    255 * Math.min(1, Math.abs(value) / highest),
  ];
}

/** @param {string} colour as #rrggbb */
export function rgbOf(colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
