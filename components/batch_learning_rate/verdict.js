// The line under the map: where the descent stands at the update shown, and whether its rate lets it rest at all.
import { writeShort } from "../in_browser/base.js";
import { largestStableRate, loss } from "./descent.js";

/** @import { Labels } from "./bowl.js" */
/** @import { Problem, Settings } from "./descent.js" */
/**
 * @typedef {object} Descent
 * @property {Problem} problem
 * @property {Settings} settings
 * @property {number[]} losses over all examples, at each point of the path
 * @property {boolean} diverged whether the path left the numbers that are drawn
 * @property {number} at the place on the path of the point that is shown
 */

/** Share of the way down, from the start to the lowest loss: nearer than that is at the bottom, or level with the start. */
const NEAR = 0.02;
/** A path that ends so many times as high as that way has run away, even if its 200 updates were too few to lose it. */
const FAR = 1000;
/** A number from here on is written as infinity. */
const ENDLESS = 1e6;

/**
 * Where the descent stands, in the page's language.
 * @param {Descent} descent
 * @param {Labels} labels
 * @param {string} lang
 */
export function say(descent, labels, lang) {
  const { problem, settings, losses, at } = descent;
  const bound = largestStableRate(problem, settings);
  const kinds = [standing(descent), ...(settings.rate > bound ? [restlessness(problem)] : [])];
  return kinds
    .map((kind) => labels[kind])
    .join(" ")
    .replace("{updates}", String(at))
    .replace("{epochs}", writeShort((at * settings.batch) / problem.targets.length, lang))
    .replace("{loss}", writeLoss(losses[at], lang))
    .replace("{first}", writeLoss(losses[0], lang))
    .replace("{lowest}", writeLoss(problem.lowest, lang))
    .replace("{bound}", writeLoss(bound, lang));
}

/**
 * At the bottom, higher than its start, on its way. Only a path that runs away diverges: any other may come back down.
 * @param {Descent} descent
 */
export function standing({ problem, losses, diverged, at }) {
  const above = (/** @type {number} */ value) => value - problem.lowest;
  // Beside a start that was dragged to the bottom, every tremble would be a climb.
  const height = Math.max(above(losses[0]), above(loss(problem, problem.start)));
  if (above(losses[at]) < NEAR * height) return "verdictArrives";
  if (losses[at] <= losses[0] + NEAR * height) return "verdictOnTheWay";
  const runsAway = diverged || above(losses[losses.length - 1]) > FAR * height;
  return runsAway ? "verdictDiverges" : "verdictHigher";
}

/**
 * What a rate above the limit does with all examples: the limit is the whole truth of a parabola, and that of the
 * logistic loss near its bottom alone, since its slope has a largest value.
 * @param {Problem} problem
 */
function restlessness({ name }) {
  return name === "classification" ? "verdictRestless" : "verdictBeyond";
}

/**
 * @param {number} value
 * @param {string} lang
 */
export function writeLoss(value, lang) {
  return Math.abs(value) < ENDLESS ? writeShort(value, lang) : "∞";
}
