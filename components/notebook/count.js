// How many experiments the notebook holds, under the way to it: a student sees that what they do is kept.
import { make, pictureIn, writeWhole } from "../in_browser/base.js";
import { count, listen } from "./store.js";

/**
 * @typedef {object} Data
 * @property {{ none: string, one: string, many: string }} labels
 */
/** @typedef {import("../in_browser/base.js").Surroundings} Surroundings */

/** Milliseconds that a new row is marked. */
const NEW = 2_500;

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  const end = listen(() => show(ui));
  show(ui);
  return end;
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const said = make("span", { role: "status" });
  root.append(said);
  return { data, said, known: /** @type {number | null} */ (null), timer: 0 };
}

/** @param {ReturnType<typeof build>} ui */
async function show(ui) {
  const found = await count();
  const { labels, lang } = ui.data;
  const words = found ? (found === 1 ? labels.one : labels.many.replace("%n", writeWhole(found, lang))) : labels.none;
  if (ui.said.textContent !== words) ui.said.textContent = words;
  if (ui.known !== null && found > ui.known) {
    ui.said.classList.add("new");
    clearTimeout(ui.timer);
    ui.timer = Number(setTimeout(() => ui.said.classList.remove("new"), NEW));
  }
  ui.known = found;
}
