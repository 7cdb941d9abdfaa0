// What is shown of the set: training or validation, one class or all, in which order. The classes stand with their
// counts in training.
import { dress, make, writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { segments } from "../in_browser/segments.js";

/** @import { Faults } from "./faults.js" */

const PARTS = /** @type {const} */ (["both", "train", "validation"]);
const ORDERS = /** @type {const} */ (["given", "unlike", "twin", "bright", "missed"]);

/** Make the choices; `showChips` says what stands. */
export function chips() {
  /** @type {{ part: (name: string) => void, order: (name: string) => void }} */
  const heard = { part: () => {}, order: () => {} };
  const part = segments(PARTS, (name) => heard.part(name));
  const order = segments(ORDERS, (name) => heard.order(name));
  const classes = make("div", { class: "classes", role: "radiogroup" });
  const buttons = [...Array(11).keys()].map((at) => {
    const [bar, name, count] = [make("i"), make("b"), make("small")];
    const button = make("button", { type: "button", role: "radio" }, bar, name, count);
    return { button, bar, name, count, label: at - 1 };
  });
  classes.append(...buttons.map(({ button }) => button));
  const choices = make("div", { class: "choices" }, part.box, order.box);
  return { box: make("div", { class: "chips" }, choices, classes), part, order, classes, buttons, heard };
}

/** @param {Faults} ui */
export function showChips(ui) {
  const { chips: held, data, state } = ui;
  const { words } = data;
  held.heard.part = (part) => ui.choose({ part });
  held.heard.order = (order) => ui.choose({ order });
  const named = (/** @type {readonly string[]} */ names, /** @type {string} */ kind) =>
    Object.fromEntries(names.map((name) => [name, words[`${kind}_${name}`]]));
  held.part.show(/** @type {any} */ (state.part), words.part, named(PARTS, "part"));
  held.order.show(/** @type {any} */ (state.order), words.order, named(ORDERS, "order"));
  const missed = /** @type {HTMLElement} */ (held.order.box.querySelector("[data-at=missed]"));
  missed.hidden = !data.score?.isAsked;
  held.classes.setAttribute("aria-label", words.classes);
  const most = Math.max(...data.counts);
  held.buttons.forEach(({ button, bar, name, count, label }, at) => {
    const many = label < 0 ? data.train : data.counts[label];
    name.textContent = label < 0 ? words.all : String(label);
    count.textContent = writeWhole(many, data.lang);
    bar.style.height = label < 0 ? "0" : `${(100 * many) / most}%`;
    const isChosen = label === state.label;
    dress(button, {
      "aria-checked": String(isChosen),
      "aria-label": words.classAbout.replace("%l", name.textContent).replace("%n", count.textContent),
    });
    button.tabIndex = isChosen ? 0 : -1;
    button.onclick = () => ui.choose({ label });
    button.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const next = held.buttons[(at + by + held.buttons.length) % held.buttons.length];
      ui.choose({ label: next.label });
      next.button.focus();
    };
  });
}
