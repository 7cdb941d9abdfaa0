// Where one looks on a map: zoom by wheel, pinch or button, walk by dragging; a tap chooses.

/** Pixels that a finger may move and still mean a tap. */
const TAP = 6;
const [LEAST, MOST] = [0.5, 400];

/** How many of a hundred points may lie outside of the whole map, on each of its four sides. */
const OUTSIDE = 0.5;

/**
 * Return two corners between which nearly all points lie: a few far ones would make all others a spot.
 * @param {Float32Array} xy
 */
function middleOf(xy) {
  const sides = [0, 1].map((axis) => xy.filter((_, k) => k % 2 === axis).sort());
  const skipped = Math.floor((sides[0].length * OUTSIDE) / 100);
  return [skipped, sides[0].length - 1 - skipped].map((k) => ({ x: sides[0][k], y: sides[1][k] }));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => void} draw
 */
export function view(canvas, draw) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  let [scale, x0, y0, fitted] = [1, 0, 0, 1];
  let [width, height] = [0, 0];
  let travelled = 0;
  let choose = (/** @type {number} */ _x, /** @type {number} */ _y) => {};
  let isWaiting = false;
  const soon = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      draw();
    });
  };

  const found = {
    toX: (/** @type {number} */ x) => width / 2 + (x - x0) * scale,
    toY: (/** @type {number} */ y) => height / 2 - (y - y0) * scale,
    /** How much closer than the whole map. */
    closeness: () => scale / fitted,
    size: () => ({ width, height }),
    /** Take the canvas' size; tell whether it had none before. */
    resize() {
      const before = width;
      [width, height] = [canvas.clientWidth, canvas.clientHeight];
      const dots = devicePixelRatio || 1;
      [canvas.width, canvas.height] = [Math.round(width * dots), Math.round(height * dots)];
      canvas.getContext("2d")?.setTransform(dots, 0, 0, dots, 0, 0);
      return before === 0;
    },
    /** @param {Float32Array} xy */
    fit(xy) {
      if (!width || !xy.length) return;
      show(middleOf(xy), 12);
      fitted = scale;
      soon();
    },
    /**
     * Show some points, no closer than makes sense.
     * @param {{ x: number, y: number }[]} points
     */
    walkTo(points) {
      if (!width) return;
      show(points, 60);
      scale = Math.min(scale, 12 * fitted);
      soon();
    },
    /**
     * @param {number} by
     * @param {number} x what stays where it is
     * @param {number} y
     */
    zoom(by, x = width / 2, y = height / 2) {
      const after = Math.max(LEAST * fitted, Math.min(MOST * fitted, scale * by));
      x0 += (x - width / 2) * (1 / scale - 1 / after);
      y0 -= (y - height / 2) * (1 / scale - 1 / after);
      scale = after;
      soon();
    },
    move(/** @type {number} */ dx, /** @type {number} */ dy) {
      x0 -= dx / scale;
      y0 += dy / scale;
      soon();
    },
    onChoose(/** @type {typeof choose} */ told) {
      choose = told;
    },
  };

  /**
   * @param {{ x: number, y: number }[]} points
   * @param {number} margin
   */
  function show(points, margin) {
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    [x0, y0] = [(left + right) / 2, (low + high) / 2];
    scale = Math.min((width - 2 * margin) / (right - left || 1), (height - 2 * margin) / (high - low || 1));
  }

  /** @param {PointerEvent} event */
  function place({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (!fingers.size) travelled = 0;
    fingers.set(event.pointerId, place(event));
  };
  canvas.onpointermove = (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (other) {
      const apart = (/** @type {{ x: number, y: number }} */ one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
      found.zoom(apart(now) / apart(before), other.x, other.y);
    } else {
      found.move(now.x - before.x, now.y - before.y);
    }
  };
  canvas.onpointerup = (event) => {
    const isTap = fingers.size === 1 && travelled < TAP;
    fingers.delete(event.pointerId);
    if (isTap) choose(place(event).x, place(event).y);
  };
  canvas.onpointercancel = (event) => fingers.delete(event.pointerId);
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { x, y } = place(/** @type {PointerEvent} */ (/** @type {MouseEvent} */ (event)));
      found.zoom(Math.exp(-event.deltaY / 400), x, y);
    },
    { passive: false },
  );
  return found;
}
