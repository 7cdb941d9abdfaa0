// The map of the loss: the path of the descent on it, the gradients of some mini-batches, and a start to be dragged.
import { clamp, dress, svg } from "../in_browser/base.js";
import { mulberry32 } from "../in_browser/chance.js";
import { meaningOf, noteMove } from "../in_browser/hand.js";
import { gradient, swap } from "./descent.js";
import { surface } from "./surface.js";

/** @import { Part, Ui } from "./bowl.js" */
/** @import { Weights } from "./descent.js" */

/** Height by width, and at most, at a desk and on a wall. */
const SHAPE = 0.72;
const [TALLEST, TALLEST_PROJECTED] = [470, 590];
/** Arrow keys that lead from one side of the map to the other. */
const KEYS = 70;
/** Length of the longest gradient's arrow, by the map's height. */
const LONGEST = 0.24;
/** The arrows are drawn from mini-batches of their own: this far from the path's seed. */
const OTHER_SEED = 1000;

/**
 * @param {Ui} ui
 * @returns {Part}
 */
export function map(ui) {
  const landscape = svg("g");
  const minimum = svg("path", { class: "minimum" });
  const before = svg("path", { class: "before" });
  const trail = svg("path", { class: "trail" });
  const dots = svg("path", { class: "dots" });
  const arrows = svg("path", { class: "arrows" });
  const full = svg("path", { class: "full" });
  const now = svg("circle", { class: "now", r: 6 });
  const start = svg("circle", { class: "start", r: 9, tabindex: 0, role: "slider" });
  const axes = [svg("text", { class: "axis" }), svg("text", { class: "axis" })];
  const moving = [before, trail, dots, arrows, full, now, start];
  const element = svg("svg", { class: "map", role: "group" }, landscape, minimum, ...moving, ...axes);
  const scale = { drawn: "", width: 0, height: 0 };

  /** Draw the surface again where its size, its problem or its words are new; say whether there is a size at all. */
  function layOut() {
    const { lang, labels, projection } = ui.data;
    const problem = ui.problem();
    const width = Math.round(ui.root.clientWidth);
    const height = Math.round(Math.min(width * SHAPE, projection ? TALLEST_PROJECTED : TALLEST));
    const wanted = [width, height, problem.name, lang].join();
    if (!width || scale.drawn === wanted) return width > 0;
    Object.assign(scale, { drawn: wanted, width, height });
    dress(element, { viewBox: `0 0 ${width} ${height}`, "aria-label": labels.alt }).style.height = `${height}px`;
    start.setAttribute("aria-label", labels.start);
    landscape.replaceChildren(...surface(problem, width, height));
    const [x, y] = pixel(problem.minimum);
    minimum.setAttribute("d", `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`);
    const [right, up] = labels.axes[problem.name];
    dress(axes[0], { x: width - 8, y: height - 8, "text-anchor": "end" }).textContent = `${right} →`;
    dress(axes[1], { x: 8, y: 20 }).textContent = `${up} ↑`;
    return true;
  }

  /**
   * Where weights stand on the map, in pixels; those far outside it, not much further than its edge.
   * @param {Weights} w
   */
  function pixel(w) {
    const [[low0, high0], [low1, high1]] = ui.problem().window;
    const x = ((w[0] - low0) / (high0 - low0)) * scale.width;
    const y = scale.height - ((w[1] - low1) / (high1 - low1)) * scale.height;
    return [clamp(x, -1e4, 1e4), clamp(y, -1e4, 1e4)];
  }

  /**
   * Move the start, inside the map.
   * @param {number} w0
   * @param {number} w1
   */
  function place(w0, w1) {
    const [limits0, limits1] = ui.problem().window;
    ui.leave();
    ui.state.start = [Number(clamp(w0, ...limits0).toFixed(3)), Number(clamp(w1, ...limits1).toFixed(3))];
    ui.descend();
  }

  function drawPath() {
    const places = ui.path.points.slice(0, ui.at() + 1).map(pixel);
    const written = places.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
    trail.setAttribute("d", `M${written.join("L")}`);
    before.setAttribute("d", ui.before.length ? `M${ui.before.map((w) => pixel(w).join(" ")).join("L")}` : "");
    dots.setAttribute("d", written.map((here) => `M${here}h0`).join(""));
    const [w0, w1] = ui.path.points[0];
    dress(start, {
      ...centre(places[0]),
      "aria-valuenow": w0,
      "aria-valuetext": `${ui.write(w0)} ; ${ui.write(w1)}`,
    });
    dress(now, centre(places[places.length - 1]));
  }

  /** Minus the gradient of some mini-batches at the point shown, and of all the examples. */
  function drawArrows() {
    const problem = ui.problem();
    const w = ui.point();
    const all = [...problem.targets.keys()];
    const draw = mulberry32(ui.state.seed + OTHER_SEED);
    const gradients = [...Array(ui.state.arrows)].map(() => gradient(problem, w, sample(all, ui.state.batch, draw)));
    const whole = gradient(problem, w, all);
    const longest = Math.max(...[...gradients, whole].map((g) => Math.hypot(...g)), 1e-9);
    const [[low0, high0], [low1, high1]] = problem.window;
    const [perX, perY] = [scale.width / (high0 - low0), scale.height / (high1 - low1)];
    const unit = (LONGEST * scale.height) / longest / Math.min(perX, perY);
    const [x, y] = pixel(w);
    const arrow = (/** @type {Weights} */ g) => arrowFrom(x, y, -g[0] * unit * perX, g[1] * unit * perY);
    const isShown = gradients.length > 0 && Number.isFinite(unit);
    arrows.setAttribute("d", isShown ? gradients.map(arrow).join("") : "");
    full.setAttribute("d", isShown ? arrow(whole) : "");
  }

  listen();
  return {
    element,
    show() {
      if (!layOut()) return;
      drawPath();
      drawArrows();
    },
  };

  function listen() {
    let isDragging = false;
    const drag = (/** @type {PointerEvent} */ event) => {
      const begun = performance.now();
      const box = element.getBoundingClientRect();
      const [[low0, high0], [low1, high1]] = ui.problem().window;
      const [x, y] = [(event.clientX - box.left) / scale.width, (event.clientY - box.top) / scale.height];
      place(low0 + x * (high0 - low0), high1 - y * (high1 - low1));
      noteMove(element, begun);
    };
    element.onpointerdown = (event) => {
      isDragging = true;
      element.setPointerCapture(event.pointerId);
      drag(event);
      start.focus({ preventScroll: true });
      event.preventDefault();
    };
    element.onpointermove = (event) => {
      if (isDragging) drag(event);
    };
    element.onpointerup = element.onpointercancel = () => {
      if (isDragging) ui.tell();
      isDragging = false;
    };
    start.onkeydown = (event) => {
      const step = meaningOf(event, { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] });
      if (!step) return;
      const [[low0, high0], [low1, high1]] = ui.problem().window;
      const [w0, w1] = ui.settings().start;
      place(w0 + (step[0] * (high0 - low0)) / KEYS, w1 + (step[1] * (high1 - low1)) / KEYS);
    };
    start.onkeyup = (event) => {
      if (event.key.startsWith("Arrow")) ui.tell();
    };
  }
}

/** @param {number[]} place */
function centre([x, y]) {
  return { cx: x, cy: y };
}

/**
 * Draw some of the examples without putting any back.
 * @param {number[]} all
 * @param {number} count
 * @param {() => number} draw
 */
function sample(all, count, draw) {
  const order = [...all];
  for (let i = 0; i < count; i++) swap(order, i, i + Math.floor(draw() * (order.length - i)));
  return order.slice(0, count);
}

/**
 * An arrow as the path of an SVG; nothing if it is shorter than a pixel.
 * @param {number} x
 * @param {number} y
 * @param {number} dx
 * @param {number} dy
 */
function arrowFrom(x, y, dx, dy) {
  const length = Math.hypot(dx, dy);
  if (!(length > 1)) return "";
  const head = Math.min(7, length / 2);
  const [ux, uy] = [(head * dx) / length, (head * dy) / length];
  const tip = `${x + dx} ${y + dy}`;
  const [left, right] = [-0.6, 0.6].map((side) => `${x + dx - ux - side * uy} ${y + dy - uy + side * ux}`);
  return `M${x} ${y}L${tip}M${left}L${tip}L${right}`;
}
