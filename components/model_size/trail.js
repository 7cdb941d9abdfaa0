// The way from the model to the part that is opened: each step leads back.
import { make } from "../in_browser/base.js";
import { nameOf } from "./named.js";

/** @import { Picture } from "./picture.js" */

/** Make the trail; `showTrail` fills it. */
export function trail() {
  return { box: make("nav", { class: "trail" }), open: /** @type {string | null} */ (null) };
}

/** @param {Picture} ui */
export function showTrail(ui) {
  const { box } = ui.trail;
  const { open } = ui.state;
  const steps = open ? open.split(".") : [];
  box.setAttribute("aria-label", ui.data.labels.trail);
  box.hidden = !steps.length;
  const places = ["", ...steps];
  if (ui.trail.open !== open) {
    const crumbs = places.map((_step, at) => crumb(ui, steps.slice(0, at).join("."), at === steps.length));
    box.replaceChildren(...crumbs.flatMap((made, at) => (at ? [" › ", made] : [made])));
  }
  ui.trail.open = open; // the same way keeps its buttons, and the keyboard its own
  places.forEach((step, at) => {
    box.children[at].textContent = at ? wordsOf(ui, step) : ui.data.labels.blocks.model;
  });
}

/**
 * @param {Picture} ui
 * @param {string} open where it leads
 * @param {boolean} isHere
 */
function crumb(ui, open, isHere) {
  if (isHere) return make("span", { "aria-current": "location" });
  const back = make("button", { type: "button" });
  back.onclick = (event) => {
    ui.choose({ open });
    if (!event.detail) focusWayBack(ui);
  };
  return back;
}

/**
 * Give the keyboard to the last step back, or from the whole model to its first part.
 * @param {Picture} ui
 */
export function focusWayBack(ui) {
  const backs = ui.trail.box.querySelectorAll("button");
  const next = ui.trail.box.hidden ? ui.key.list.querySelector("button") : backs[backs.length - 1];
  next?.focus();
}

/**
 * @param {Picture} ui
 * @param {string} step
 */
function wordsOf(ui, step) {
  const { labels } = ui.data;
  if (step === "layer") return labels.oneLayer.replace("%n", ui.whole(ui.state.layers));
  if (step === "expert") return labels.oneExpert.replace("%n", ui.whole(ui.state.experts));
  return nameOf(ui, step);
}
