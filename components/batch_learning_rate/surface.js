// The loss as a landscape: contour lines by marching squares, and a soft shade, the darker the higher.
import { COLOURS, make, svg } from "../in_browser/base.js";
import { paint, rgbOf } from "../in_browser/pixels.js";
import { loss } from "./descent.js";

/** @import { Problem } from "./descent.js" */

/** Squares along each side, and points that they need. */
const GRID = 60;
const POINTS = GRID + 1;
const LEVELS = 14;
/** Powers of ten between the lowest contour line and the highest. */
const DECADES = 3.2;
/** Opacity of the shade, at the bottom and at the top. */
const [LIGHTEST, DARKEST] = [8, 98];

/**
 * Return the landscape as SVG: lines evenly spaced in the logarithm of the loss above its minimum.
 * @param {Problem} problem
 * @param {number} width
 * @param {number} height
 */
export function surface(problem, width, height) {
  const [[low0, high0], [low1, high1]] = problem.window;
  const values = Float64Array.from({ length: POINTS ** 2 }, (_, at) => {
    const [i, j] = [at % POINTS, Math.floor(at / POINTS)];
    return loss(problem, [low0 + (i / GRID) * (high0 - low0), low1 + (j / GRID) * (high1 - low1)]);
  });
  const span = values.reduce((most, value) => Math.max(most, value)) - problem.lowest;
  const lines = [...Array(LEVELS).keys()].map((k) => {
    const level = problem.lowest + 0.7 * span * 10 ** ((-DECADES * (LEVELS - 1 - k)) / LEVELS);
    return svg("path", { class: "contour", d: contour(values, level, width, height) });
  });
  return [shade(values, problem.lowest, span, width, height), ...lines];
}

/**
 * @param {Float64Array} values at the corners of the squares, row by row from below
 * @param {number} level
 * @param {number} width
 * @param {number} height
 */
function contour(values, level, width, height) {
  const at = (/** @type {number[]} */ [i, j]) => values[j * POINTS + i];
  /**
   * Where the level lies between two corners.
   * @param {number[]} a
   * @param {number[]} b
   */
  const cross = (a, b) => {
    const t = (level - at(a)) / (at(b) - at(a));
    const [i, j] = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    return `${((i / GRID) * width).toFixed(1)} ${(height - (j / GRID) * height).toFixed(1)}`;
  };
  let path = "";
  for (let j = 0; j < GRID; j++) {
    for (let i = 0; i < GRID; i++) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ];
      const ends = [];
      for (const [k, a] of corners.entries()) {
        const b = corners[(k + 1) % 4];
        if (at(a) < level !== at(b) < level) ends.push(cross(a, b));
      }
      for (let k = 0; k + 1 < ends.length; k += 2) path += `M${ends[k]}L${ends[k + 1]}`;
    }
  }
  return path;
}

/**
 * @param {Float64Array} values
 * @param {number} lowest
 * @param {number} span
 * @param {number} width
 * @param {number} height
 */
function shade(values, lowest, span, width, height) {
  const canvas = make("canvas", { width: GRID, height: GRID });
  const blue = rgbOf(COLOURS.positive);
  const heights = Float64Array.from({ length: GRID ** 2 }, (_, at) => {
    const [i, j] = [at % GRID, GRID - Math.floor(at / GRID)];
    return Math.max(0, (values[j * POINTS + i] - lowest) / span);
  });
  paint(canvas, heights, (share) => [...blue, LIGHTEST + (DARKEST - LIGHTEST) * share ** 0.4]);
  return svg("image", { href: canvas.toDataURL(), width, height, preserveAspectRatio: "none" });
}
