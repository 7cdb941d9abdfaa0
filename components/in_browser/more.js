// What a phone shows only when asked: its first screen belongs to the picture and the question under it.
import { make } from "./base.js";

/**
 * Make the button that unfolds parts of a picture on a phone; elsewhere they always stand, and there is no button.
 * more.css hides them: those of class `folds`, inside an element of class `folded`.
 * @param {HTMLElement} picture
 * @param {boolean} [onWalls] fold them in front of a class too
 */
export function more(picture, onWalls = false) {
  const button = make("button", { type: "button", class: "more", "aria-expanded": "false" });
  picture.classList.add("folded");
  picture.classList.toggle("folds-on-walls", onWalls);
  button.onclick = () => {
    const isOpen = !picture.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(isOpen));
  };
  return button;
}
