// What a phone shows only when asked: its first screen belongs to the picture and the question under it.
import { make } from "./base.js";

/**
 * Make the button that unfolds parts of a picture on a phone; elsewhere they always stand, and there is no button.
 * more.css hides them: those of class `folds`, inside an element of class `folded`.
 * @param {HTMLElement} picture
 */
export function more(picture) {
  const button = make("button", { type: "button", class: "more", "aria-expanded": "false" });
  picture.classList.add("folded");
  button.onclick = () => {
    const isOpen = !picture.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(isOpen));
  };
  return button;
}
