// A slider with its name and, in words, where it stands. slider.css lays its row out.
import { make } from "./base.js";

/**
 * Make a slider from 0 on, in whole steps: `box` is its row, `range` what the hand moves.
 * @param {string} [kind] a class of its row
 */
export function slider(kind = "") {
  const [label, value] = [make("span", { class: "label" }), make("output")];
  const range = make("input", { type: "range", min: 0, step: 1 });
  return {
    box: make("label", { class: `row ${kind}` }, label, range, value),
    label,
    value,
    range,
    /**
     * @param {string} name
     * @param {number} at
     * @param {string} words of where it stands
     * @param {number} most where it ends
     */
    show(name, at, words, most) {
      label.textContent = name;
      value.textContent = words;
      range.max = String(most);
      range.value = String(at);
      range.setAttribute("aria-label", name);
      range.setAttribute("aria-valuetext", words);
    },
  };
}
