// The two small pictures: the examples with the model at the point shown, and the loss along the path.
import { clamp, dress, make, svg } from "../in_browser/base.js";
import { loss, STEPS } from "./descent.js";

/** @import { Part, Ui } from "./bowl.js" */

const PAD = 12;
/** Pixels around the curve: left and right, above and below. */
const [SIDE, ABOVE, BELOW] = [6, 10, 10];
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
      const [width, height] = picture.size();
      const w = ui.point();
      const isRegression = name !== "classification";
      const places = isRegression ? features.map(([input], i) => [input, targets[i]]) : features;
      const limits = [0, 1].map((k) => {
        const values = places.map((place) => place[k]);
        return [Math.min(...values), Math.max(...values)];
      });
      const [[left, right], [low, high]] = limits;
      const x = (/** @type {number} */ v) => PAD + ((v - left) / (right - left)) * (width - 2 * PAD);
      const y = (/** @type {number} */ v) => height - PAD - ((v - low) / (high - low)) * (height - 2 * PAD);
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
  const before = svg("path", { class: "before" });
  const trail = svg("path", { class: "trail" });
  const now = svg("circle", { class: "now", r: 5 });
  const picture = small("curve", floor, before, trail, now);
  return {
    element: picture.element,
    show() {
      const { lowest } = ui.problem();
      const { losses } = ui;
      const { labels } = ui.data;
      const [width, height] = picture.size();
      const top = Math.max(losses[0] * 4, lowest * 10);
      const x = (/** @type {number} */ t) => SIDE + (t / STEPS) * (width - 2 * SIDE);
      const y = (/** @type {number} */ value) => {
        const share = Math.log(Math.min(value, top) / lowest) / Math.log(top / lowest);
        return height - BELOW - clamp(share, 0, 1) * (height - ABOVE - BELOW);
      };
      const line = (/** @type {number[]} */ values) =>
        values.length ? `M${values.map((value, t) => `${x(t).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}` : "";
      floor.setAttribute("d", `M${SIDE} ${y(lowest)}H${width - SIDE}`);
      before.setAttribute("d", line(ui.before.map((w) => loss(ui.problem(), w))));
      trail.setAttribute("d", line(losses.slice(0, ui.at() + 1)));
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
  const picture = svg("svg", { class: `small ${kind}`, role: "img" }, ...drawn);
  return {
    element: make("figure", {}, title, picture),
    /** Its width and height on the page, which are its own units. */
    size: () => [picture.clientWidth || 280, picture.clientHeight || 100],
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
