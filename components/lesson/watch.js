// Leads the eye: to the picture when it plays what was asked, if it is out of sight, and back to the verdict.
import { pictureIn } from "../in_browser/base.js";

/**
 * @typedef {object} Data
 * @property {number} plays how many times the answer was played
 * @property {boolean} over whether it was seen to its end
 * @property {string} picture selector of what plays
 * @property {string} question selector of what answers
 */

/** Less of the picture than this, in parts of what the window could show of it, and nobody sees it play. */
const ENOUGH = 0.8;

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, () => ({ plays: 0, hasLed: false }));
  if (data.plays > ui.plays && !data.over) ui.hasLed = lead(data.picture, "start");
  if (data.over && ui.hasLed) {
    ui.hasLed = false;
    // Once the verdict has taken its place.
    requestAnimationFrame(() => lead(data.question, "center"));
  }
  ui.plays = data.plays;
}

/**
 * Scroll something into view, unless it can be seen; return whether it was scrolled.
 * @param {string} selector
 * @param {ScrollLogicalPosition} block
 */
function lead(selector, block) {
  const element = document.querySelector(selector);
  if (!element || seen(element) >= ENOUGH) return false;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: isCalm ? "instant" : "smooth" });
  return true;
}

/** @param {Element} element */
function seen(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  const visible = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return Math.max(0, visible) / Math.min(height, innerHeight);
}
