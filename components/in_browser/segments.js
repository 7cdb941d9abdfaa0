// One of a few: a row of buttons that is one stop of the keyboard, arrows choose.
import { make } from "./base.js";
import { meaningOf } from "./hand.js";

/**
 * Make a choice between names; `show` lights one and writes their words.
 * @template {string} Name
 * @param {readonly Name[]} names
 * @param {(name: Name) => void} choose
 */
export function segments(names, choose) {
  const box = make("div", { class: "segments", role: "radiogroup" });
  const buttons = names.map((name, at) => {
    const button = make("button", { type: "button", role: "radio", "data-at": name });
    button.onclick = () => choose(name);
    button.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const next = (at + by + names.length) % names.length;
      choose(names[next]);
      buttons[next].focus();
    };
    return button;
  });
  box.append(...buttons);
  return {
    box,
    /**
     * @param {Name} chosen
     * @param {string} label
     * @param {Record<string, string>} words
     */
    show(chosen, label, words) {
      box.setAttribute("aria-label", label);
      buttons.forEach((button, at) => {
        const isChosen = names[at] === chosen;
        button.textContent = words[names[at]];
        button.setAttribute("aria-checked", String(isChosen));
        button.tabIndex = isChosen ? 0 : -1;
      });
    },
  };
}
