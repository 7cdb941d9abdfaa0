// Leads the eye: to the picture when it plays what was asked, if it is out of sight, and back to the verdict.
import { pictureIn } from "../in_browser/base.js";

/**
 * @typedef {object} Data
 * @property {number} plays how many times the answer was played
 * @property {boolean} over whether it was seen to its end
 * @property {string} picture selector of what plays
 * @property {string} question selector of what answers
 */

/** Parts of what the window could show of it: less of the picture, and nobody sees it play; the reply is read whole. */
const [ENOUGH, WHOLE] = [0.8, 0.98];

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, () => ({ plays: 0, isWatched: false }));
  if (data.plays > ui.plays && !data.over) lead(data.picture, "start", ENOUGH);
  // Once the verdict has taken its place.
  if (data.over && ui.isWatched) requestAnimationFrame(() => lead(data.question, "nearest", WHOLE));
  ui.isWatched = data.plays > 0 && !data.over;
  ui.plays = data.plays;
}

/**
 * Scroll something into view, unless enough of it can be seen.
 * @param {string} selector
 * @param {ScrollLogicalPosition} block
 * @param {number} enough
 */
function lead(selector, block, enough) {
  const element = document.querySelector(selector);
  if (!element || seen(element) >= enough) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: isCalm ? "instant" : "smooth" });
}

/** @param {Element} element */
function seen(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  const visible = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return Math.max(0, visible) / Math.min(height, innerHeight);
}
