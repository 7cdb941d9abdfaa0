// The answer to the page's question, played: the weights of the layer, counted neuron by neuron.
import { INPUTS, NEURONS } from "./forward.js";

/** @import { Ui } from "./picture.js" */

/** Milliseconds for each neuron: enough to look at four lines. */
const PACE = 900;

/**
 * Light one neuron after the other and count its weights; tell when all are counted.
 * @param {Ui} ui
 * @param {() => void} tell
 */
export function count(ui, tell) {
  const pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : PACE;
  let neuron = 0;
  const next = () => {
    ui.choose(neuron);
    ui.note(ui.data.labels.weights.replace("%n", String((neuron + 1) * INPUTS)));
    neuron += 1;
    setTimeout(neuron < NEURONS ? next : tell, pace);
  };
  next();
}
