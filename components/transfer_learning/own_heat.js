// The occlusion map over a photo: blue where hiding a piece made the network less sure, orange where it made it surer.
import { make } from "../in_browser/base.js";
import { colourOf } from "./own_colours.js";
import { SIDE } from "./own_image.js";

/**
 * @typedef {object} Heat
 * @property {number[]} drop by how much the probability fell, row after row
 * @property {number} rows as many columns
 * @property {number} patch pixels of the hidden square
 * @property {number} stride pixels between two places
 * @property {string} said
 */

/**
 * Paint a map over a photo of the same size.
 * @param {HTMLCanvasElement} canvas
 * @param {Heat} heat
 */
export function paintHeat(canvas, { drop, rows, patch, stride }) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const largest = Math.max(...drop.map(Math.abs));
  const wide = rows + 2; // the outermost places reach to the edges
  const small = make("canvas", { width: wide, height: wide });
  const brush = /** @type {CanvasRenderingContext2D} */ (small.getContext("2d"));
  const image = brush.createImageData(wide, wide);
  for (let row = 0; row < wide; row++) {
    for (let column = 0; column < wide; column++) {
      const [from, at] = [row, column].map((place) => Math.max(0, Math.min(rows - 1, place - 1)));
      image.data.set(colourOf(drop[from * rows + at], largest), 4 * (row * wide + column));
    }
  }
  brush.putImageData(image, 0, 0);
  const unit = canvas.width / SIDE;
  const begin = (patch / 2 - 1.5 * stride) * unit; // the centre of the first place, one and a half places earlier
  pen.imageSmoothingQuality = "high";
  pen.drawImage(small, begin, begin, wide * stride * unit, wide * stride * unit);
}
