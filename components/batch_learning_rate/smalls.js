// The two small pictures: the examples with the model at the point shown, and the loss along the path.
import { clamp, dress, make, svg } from "../in_browser/base.js";
import { STEPS } from "./descent.js";

/** @import { Part, Ui } from "./bowl.js" */

const [WIDTH, HEIGHT] = [280, 150];
const PAD = 12;
/** Pixels outside the picture beyond which the model's line need not go. */
const FAR = 2e3;

/**
 * The points that the student sees, the mini-batch of the update in full colour, and the model at this point.
 * @param {Ui} ui
 * @returns {Part}
 */
export function dataPicture(ui) {
  const kinds = ["in zero", "in one", "out zero", "out one"];
  const points = kinds.map((kind) => svg("path", { class: `point ${kind}` }));
  const model = svg("path", { class: "model" });
  const picture = small("data", ...points, model);
  return {
    element: picture.element,
    show() {
      const { features, targets, name } = ui.problem();
      const w = ui.point();
      const isRegression = name === "regression";
      const places = isRegression ? features.map(([input], i) => [input, targets[i]]) : features;
      const limits = [0, 1].map((k) => {
        const values = places.map((place) => place[k]);
        return [Math.min(...values), Math.max(...values)];
      });
      const [[left, right], [low, high]] = limits;
      const x = (/** @type {number} */ v) => PAD + ((v - left) / (right - left)) * (WIDTH - 2 * PAD);
      const y = (/** @type {number} */ v) => HEIGHT - PAD - ((v - low) / (high - low)) * (HEIGHT - 2 * PAD);
      const visited = new Set(ui.path.visited[Math.max(ui.at() - 1, 0)]);
      const paths = kinds.map(() => "");
      places.forEach((place, i) => {
        const isOne = isRegression || targets[i] === 1;
        const kind = `${visited.has(i) ? "in" : "out"} ${isOne ? "one" : "zero"}`;
        paths[kinds.indexOf(kind)] +=
          `M${x(place[0]).toFixed(1)} ${y(place[1]).toFixed(1)}${isOne ? "h0" : "m-3 0h6m-3 -3v6"}`;
      });
      points.forEach((point, k) => {
        point.setAttribute("d", paths[k] || "M-9 -9");
      });
      const near = (/** @type {number} */ pixel) => clamp(pixel, -FAR, FAR);
      const ends = isRegression
        ? limits[0].map((v) => [x(v), near(y(w[0] * v + w[1]))])
        : [low - 1, high + 1].map((v) => [near(x((-w[1] * v) / (w[0] || 1e-9))), y(v)]);
      model.setAttribute("d", `M${ends.map((end) => end.join(" ")).join("L")}`);
      const { labels } = ui.data;
      picture.say(labels.dataTitle.replace("{batch}", String(visited.size)), labels.dataAlt);
    },
  };
}

/**
 * The loss over all examples against the update, on a logarithmic scale.
 * @param {Ui} ui
 * @returns {Part}
 */
export function curvePicture(ui) {
  const floor = svg("path", { class: "floor" });
  const trail = svg("path", { class: "trail" });
  const now = svg("circle", { class: "now", r: 5 });
  const picture = small("curve", floor, trail, now);
  return {
    element: picture.element,
    show() {
      const { lowest } = ui.problem();
      const { losses } = ui;
      const { labels } = ui.data;
      const top = Math.max(losses[0] * 4, lowest * 10);
      const x = (/** @type {number} */ t) => 6 + (t / STEPS) * (WIDTH - 12);
      const y = (/** @type {number} */ loss) => {
        const share = Math.log(Math.min(loss, top) / lowest) / Math.log(top / lowest);
        return HEIGHT - 14 - clamp(share, 0, 1) * (HEIGHT - 24);
      };
      floor.setAttribute("d", `M6 ${y(lowest)}H${WIDTH - 6}`);
      trail.setAttribute("d", `M${losses.map((loss, t) => `${x(t).toFixed(1)} ${y(loss).toFixed(1)}`).join("L")}`);
      dress(now, { cx: x(ui.at()), cy: y(losses[ui.at()]) });
      const title = labels.curveTitle.replace("{update}", String(ui.at()));
      picture.say(title.replace("{loss}", ui.write(losses[ui.at()])), labels.curveAlt);
    },
  };
}

/**
 * @param {string} kind
 * @param {SVGElement[]} drawn
 */
function small(kind, ...drawn) {
  const title = make("figcaption");
  const picture = svg("svg", { class: `small ${kind}`, role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}` }, ...drawn);
  return {
    element: make("figure", {}, title, picture),
    /**
     * @param {string} text
     * @param {string} alt
     */
    say(text, alt) {
      title.textContent = text;
      picture.setAttribute("aria-label", alt);
    },
  };
}
