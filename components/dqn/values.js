// What each action is worth where the drone is: five bars from zero, the best lit, the truly best ticked.
import { make, writeNumber } from "../in_browser/base.js";
import { bestOf } from "./city.js";

/** @import { Picture } from "./picture.js" */

/** Signs of the actions, in the course's order. */
const SIGNS = ["←", "↓", "→", "↑", "•"];

/** Make the panel; `showValues` fills it. */
export function values() {
  const title = make("div", { class: "title" });
  const rows = SIGNS.map((sign) => {
    const fill = make("span", { class: "fill" });
    const number = make("span", { class: "number" });
    const tick = make("span", { class: "tick" });
    const name = make("span", { class: "name" });
    const box = make("div", { class: "action" }, make("b", { "aria-hidden": "true" }, sign), name);
    box.append(make("span", { class: "bed" }, fill), number, tick);
    return { box, fill, number, tick, name };
  });
  return { box: make("div", { class: "values" }, title, ...rows.map(({ box }) => box)), title, rows };
}

/**
 * @param {Picture} ui
 * @param {ArrayLike<number> | null} worth of each action; null where nobody knows
 * @param {number | null} right the truly best actions, a bit each; null where nobody knows
 */
export function showValues(ui, worth, right) {
  const { values: held, data } = ui;
  const { labels, lang } = data;
  held.title.textContent = labels.valuesTitle;
  const best = worth ? bestOf(worth) : -1;
  const most = worth ? Math.max(...Array.from(worth, (value) => Math.abs(value) || 0), 0.2) : 1;
  held.rows.forEach(({ box, fill, number, tick, name }, action) => {
    const value = worth ? worth[action] : 0;
    name.textContent = labels.actions[action];
    box.classList.toggle("best", action === best);
    box.classList.toggle("low", value < 0);
    fill.style.width = `${(50 * Math.abs(value || 0)) / most}%`;
    number.textContent = worth ? writeNumber(value, lang, 2) : "–";
    const isRight = right !== null && Boolean(right & (1 << action));
    tick.textContent = isRight ? "✓" : "";
    tick.title = isRight ? labels.trulyBest : "";
  });
}
