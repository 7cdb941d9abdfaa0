// Words beside their points: each is written where it covers neither another word nor a point.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box by its left and upper edge */
/** @typedef {{ x: number, y: number, text: string }} Spot a point and the word that belongs to it */

/** Directions in which a word may stand, the best first: above, right, left, below, then the corners. */
const SIDES = [
  [0, -1],
  [1, 0],
  [-1, 0],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
];
/** Two words side by side are read as two from this distance on, in pixels. */
const GAP = 5;
/** How far from its point a word may be written, in units of the nearest possible. */
const STEPS = [1, 1.4, 1.9, 2.5, 3.2, 4, 5, 6, 7.5, 9];

/**
 * Find a place for each word, in their order; a word that fits nowhere is written where it covers least.
 * @param {Spot[]} spots
 * @param {{ width: number, height: number }} room
 * @param {{ size: number, mark: number, widthOf: (text: string) => number }} type height of a line, radius of a point
 * @returns {Box[]}
 */
export function placeWords(spots, room, { size, mark, widthOf }) {
  const points = spots.map(({ x, y }) => ({ x: x - mark, y: y - mark, width: 2 * mark, height: 2 * mark }));
  /** @type {Box[]} */
  const placed = [];
  for (const spot of spots) {
    const width = widthOf(spot.text);
    let best = { box: /** @type {Box} */ ({ x: 0, y: 0, width, height: size }), cost: Number.POSITIVE_INFINITY };
    for (const step of STEPS) {
      for (const side of SIDES) {
        const box = beside(spot, side, step, { width, height: size, mark }, room);
        const wide = { ...box, x: box.x - GAP, width: width + 2 * GAP };
        const words = placed.reduce((sum, other) => sum + shared(wide, other), 0);
        const cost = points.reduce((sum, other) => sum + shared(box, other), words) + 0.01 * step;
        if (cost < best.cost) best = { box, cost };
      }
      if (best.cost < 1) break;
    }
    placed.push(best.box);
  }
  return placed;
}

/**
 * @param {Spot} spot
 * @param {number[]} side
 * @param {number} step
 * @param {{ width: number, height: number, mark: number }} word
 * @param {{ width: number, height: number }} room
 * @returns {Box}
 */
function beside({ x, y }, [dx, dy], step, { width, height, mark }, room) {
  const [away, over] = [(mark + 2 + (dy ? 0 : width / 2)) * (dy && dx ? 0.8 : 1), mark + 1 + height / 2];
  const middle = [x + dx * (away + (dy ? width / 2 : 0)) + dx * (step - 1) * 2 * mark, y + dy * over * step];
  return {
    x: Math.max(1, Math.min(room.width - width - 1, middle[0] - width / 2)),
    y: Math.max(1, Math.min(room.height - height - 1, middle[1] - height / 2)),
    width,
    height,
  };
}

/**
 * How many pixels two boxes share.
 * @param {Box} one
 * @param {Box} other
 */
export function shared(one, other) {
  const wide = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const tall = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return wide > 0 && tall > 0 ? wide * tall : 0;
}

/**
 * Return how wide a text is in a font.
 * @param {string} font as in CSS
 */
export function ruler(font) {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = font;
  return (/** @type {string} */ text) => context?.measureText(text).width ?? 8 * text.length;
}
