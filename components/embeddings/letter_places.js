// Where the letters of a run stand on the screen: one scale for both axes and all frames, and no letter on another.

/**
 * @typedef {object} Scale from a run's coordinates to pixels
 * @property {(x: number) => number} x
 * @property {(y: number) => number} y
 */

const MARGIN = 26;
/** Pixels between the edges of two letters. */
const GAP = 1;
const ROUNDS = 120;
/** How far a letter is drawn back to its own place in a round. */
const PULL = 0.06;

/**
 * Fit all frames' places into a box. Both axes have the same unit: a distance on the picture is a distance.
 * @param {Float32Array} xy places of all frames, two numbers each
 * @param {number} width
 * @param {number} height
 * @returns {Scale}
 */
export function scaleOf(xy, width, height) {
  const [left, right] = reach(xy, 0);
  const [low, high] = reach(xy, 1);
  const [wide, tall] = [right - left || 1e-6, high - low || 1e-6];
  const unit = Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / tall);
  return {
    x: (x) => width / 2 + (x - (left + right) / 2) * unit,
    y: (y) => height / 2 - (y - (low + high) / 2) * unit,
  };
}

/**
 * @param {Float32Array} xy
 * @param {0 | 1} axis
 */
function reach(xy, axis) {
  let [low, high] = [0, 0]; // zero is always in the picture: its lines cross there
  for (let k = axis; k < xy.length; k += 2) {
    if (!Number.isFinite(xy[k])) continue;
    low = Math.min(low, xy[k]);
    high = Math.max(high, xy[k]);
  }
  return [low, high];
}

/**
 * Move points apart until none covers another, each no farther from its place than it must; inside the box.
 * @param {[x: number, y: number][]} places
 * @param {number} radius of each
 * @param {number} width
 * @param {number} height
 * @returns {[x: number, y: number][]}
 */
export function apart(places, radius, width, height) {
  const moved = places.map(
    ([x, y], i) => /** @type {[number, number]} */ ([x + 0.01 * Math.cos(i), y + 0.01 * Math.sin(i)]),
  );
  const least = 2 * radius + GAP;
  for (let round = 0; round < ROUNDS; round++) {
    const isLast = round > 0.75 * ROUNDS; // at the end nothing pulls back
    moved.forEach((point, i) => {
      if (!isLast) {
        point[0] += (places[i][0] - point[0]) * PULL;
        point[1] += (places[i][1] - point[1]) * PULL;
      }
      for (let j = 0; j < i; j++) push(point, moved[j], least);
      point[0] = Math.max(radius, Math.min(width - radius, point[0]));
      point[1] = Math.max(radius, Math.min(height - radius, point[1]));
    });
  }
  return moved;
}

/**
 * @param {[number, number]} one
 * @param {[number, number]} other
 * @param {number} least pixels between the two
 */
function push(one, other, least) {
  const [dx, dy] = [one[0] - other[0], one[1] - other[1]];
  const distance = Math.hypot(dx, dy) || 1e-6;
  if (distance >= least) return;
  const by = (least - distance) / 2 / distance;
  one[0] += dx * by;
  one[1] += dy * by;
  other[0] -= dx * by;
  other[1] -= dy * by;
}
