// Lines and bars: losses over the frames of a run, probabilities.
import { COLOURS, clamp, make, svg, writePercent } from "./base.js";

/**
 * Draw a loss, or an error, over the frames of a run; where it is not a number, the line leaves a gap out.
 * @param {"train" | "validation"} kind
 * @param {{ train: number | null, validation: number | null }[]} frames
 * @param {(frame: number) => number} x
 * @param {(value: number) => number} y
 * @param {Record<string, string | number>} attributes
 */
export function curve(kind, frames, x, y, attributes) {
  const points = frames.map((frame, i) => (isNumber(frame[kind]) ? `${x(i)},${y(frame[kind])}` : ""));
  const dash = kind === "validation" ? "6 4" : "";
  return svg("polyline", {
    points: points.join(" "),
    fill: "none",
    stroke: COLOURS[kind],
    "stroke-dasharray": dash,
    ...attributes,
  });
}

/**
 * Whether it is a number that can be drawn.
 * @param {number | null | undefined} value
 * @returns {value is number}
 */
export function isNumber(value) {
  return Number.isFinite(value);
}

/**
 * Make a probability's row: its name, its bar, its value.
 * @param {string} name
 */
export function bar(name) {
  const fill = make("span", { class: "fill" });
  const value = make("span", { class: "value" });
  const box = make("div", { class: "bar" }, make("b", {}, name), make("span", { class: "bed" }, fill), value);
  return {
    box,
    /**
     * @param {number} chance
     * @param {string} lang
     */
    show(chance, lang, isBest = false) {
      fill.style.width = `${100 * clamp(chance, 0, 1) || 0}%`;
      fill.classList.toggle("best", isBest);
      value.textContent = writePercent(chance, lang, 1);
    },
  };
}

/** Make ten bars, one for each digit; the likeliest is lit. */
export function digitBars() {
  const rows = [...Array(10).keys()].map((digit) => bar(String(digit)));
  return {
    box: make("div", { class: "bars" }, ...rows.map((row) => row.box)),
    /**
     * @param {number[]} chances
     * @param {string} lang
     */
    show(chances, lang) {
      const best = Math.max(...chances);
      rows.forEach((row, digit) => {
        row.show(chances[digit], lang, chances[digit] === best);
      });
    },
  };
}
