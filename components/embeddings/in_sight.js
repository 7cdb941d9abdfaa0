// The offer to train comes as a bar at the foot of the window, and leads to the picture at the head of the page.
import { pictureIn } from "../in_browser/base.js";

/** @import { Component } from "../in_browser/base.js" */
/** @typedef {{ taken: boolean }} Data whether the offer was taken just now; else it has just come */

/** @param {Component<Data>} component */
export default function (component) {
  pictureIn(component, component.data.taken ? showPicture : showHand);
}

/** Milliseconds after which the picture before has gone, and nothing moves any more. */
const SETTLED = 500;

/** The bar may cover what the student has just moved: bring it out, once. */
function showHand() {
  setTimeout(() => document.activeElement?.scrollIntoView({ block: "nearest" }), SETTLED);
  return {};
}

function showPicture() {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0, behavior: isStill ? "auto" : "smooth" });
  return {};
}
