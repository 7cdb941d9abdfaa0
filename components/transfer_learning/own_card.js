// One class of a student's own: its name, its photos, and the two ways to get more.
import { make } from "../in_browser/base.js";
import { fileButton } from "./own_image.js";

/** @typedef {{ id: string, thumb: string }} Photo */
/** @typedef {{ id: string, name: string, photos: Photo[], said: string }} OwnClass */
/**
 * @typedef {object} Hands what a card can ask for
 * @property {(name: string) => void} rename
 * @property {() => void} burst
 * @property {(files: File[]) => void} files
 * @property {(photo: string) => void} removePhoto
 * @property {() => void} removeClass
 */

/**
 * Make the card of a class.
 * @param {Hands} hands
 */
export function card(hands) {
  const name = make("input", { type: "text", maxlength: 24, class: "name", autocomplete: "off", spellcheck: "false" });
  const away = make("button", { type: "button", class: "away" }, "×");
  const count = make("span", { class: "count" });
  const thumbs = make("ul", { class: "thumbs" });
  const burst = make("button", { type: "button", class: "key burst" });
  const files = fileButton(true, hands.files);
  const said = make("p", { class: "said", role: "status" });
  const view = make("div", { class: "place" });
  const buttons = make("div", { class: "buttons" }, burst, files.button, files.input);
  const head = make("div", { class: "head" }, name, count, away);
  const box = make("section", { class: "card" }, head, view, thumbs, buttons, said);
  /** @type {Map<string, HTMLLIElement>} */
  const items = new Map();

  name.onchange = () => hands.rename(name.value);
  name.onkeydown = (event) => {
    if (event.key === "Enter") name.blur();
  };
  burst.onclick = hands.burst;
  away.onclick = hands.removeClass;
  box.ondragover = (event) => {
    event.preventDefault();
    box.classList.add("over");
  };
  box.ondragleave = () => box.classList.remove("over");
  box.ondrop = (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length) hands.files(dropped);
  };

  /**
   * @param {Photo} photo
   * @param {string} label
   */
  function item(photo, label) {
    const found = items.get(photo.id);
    if (found) {
      found.querySelector("button")?.setAttribute("aria-label", label);
      return found;
    }
    const remove = make("button", { type: "button", "aria-label": label }, "×");
    const made = make("li", {}, make("img", { src: photo.thumb, alt: "" }), remove);
    remove.onclick = () => {
      const next = made.nextElementSibling ?? made.previousElementSibling;
      hands.removePhoto(photo.id);
      /** @type {HTMLElement} */ (next?.querySelector("button") ?? files.button).focus();
    };
    items.set(photo.id, made);
    return made;
  }

  return {
    box,
    view,
    /**
     * @param {OwnClass} own
     * @param {number} number from 1 on
     * @param {{ labels: Record<string, string>, most: number, removable: boolean, busy: string }} about
     */
    show(own, number, { labels, most, removable, busy }) {
      const root = /** @type {Document | ShadowRoot} */ (box.getRootNode());
      if (root.activeElement !== name) name.value = own.name;
      name.setAttribute("aria-label", labels.name.replace("%n", String(number)));
      box.setAttribute("aria-label", own.name);
      count.textContent = labels.count.replace("%n", String(own.photos.length)).replace("%m", String(most));
      away.hidden = !removable;
      away.setAttribute("aria-label", labels.removeClass.replace("%s", own.name));
      away.title = labels.removeClass.replace("%s", own.name);
      const isFull = own.photos.length >= most;
      burst.textContent = busy || labels.burst;
      burst.setAttribute("aria-label", `${burst.textContent}, ${own.name}`);
      burst.disabled = isFull || Boolean(busy);
      files.button.textContent = labels.files;
      files.button.setAttribute("aria-label", `${labels.files}, ${own.name}`);
      files.button.disabled = isFull;
      said.textContent = own.said;
      said.hidden = !own.said;
      const kept = new Set(own.photos.map((photo) => photo.id));
      for (const [id, element] of items) {
        if (kept.has(id)) continue;
        element.remove();
        items.delete(id);
      }
      own.photos.forEach((photo, at) => {
        const element = item(photo, labels.removePhoto.replace("%n", String(at + 1)).replace("%s", own.name));
        if (thumbs.children[at] !== element) thumbs.insertBefore(element, thumbs.children[at] ?? null);
      });
    },
  };
}
