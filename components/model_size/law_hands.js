// The hands of the picture: predict or see everything, which axis, sliders for data and size, the guess.
import { make, writeNumber, writeShort } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { slider } from "../in_browser/slider.js";
import { aim, choose, reveal } from "./law_game.js";
import { guessAt, stepsOf, writeCount } from "./law_places.js";

/** @import { Picture } from "./law.js" */

const MODES = /** @type {const} */ (["predict", "all"]);
const AXES = /** @type {const} */ (["parameters", "tokens", "operations"]);

/** Make the hands; `listen` gives them something to move. */
export function hands() {
  let [chooseMode, chooseAxis] = [(/** @type {any} */ _name) => {}, (/** @type {any} */ _name) => {}];
  const made = {
    mode: segments(MODES, (name) => chooseMode(name)),
    axis: segments(AXES, (name) => chooseAxis(name)),
    embeddings: make("input", { type: "checkbox", role: "switch" }),
    embeddingsWords: make("span"),
    guess: slider("guess"),
    budget: slider(),
    size: slider(),
    known: slider("folds"),
    reveal: make("button", { type: "button", class: "reveal" }),
    next: make("button", { type: "button", class: "next" }),
    anyway: make("button", { type: "button", class: "anyway" }),
  };
  const embeddings = make("label", { class: "switch folds" }, made.embeddings, made.embeddingsWords);
  const buttons = make("div", { class: "buttons" }, made.reveal, made.next, made.anyway);
  return {
    ...made,
    embeddingsRow: embeddings,
    along: make("div", { class: "along" }, made.axis.box, embeddings),
    parts: [made.guess.box, buttons, made.budget.box, made.size.box, made.known.box],
    /**
     * @param {(name: any) => void} mode
     * @param {(name: any) => void} axis
     */
    hear(mode, axis) {
      chooseMode = mode;
      chooseAxis = axis;
    },
  };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { hands: held } = ui;
  const at = (/** @type {HTMLInputElement} */ range) => Number(range.value);
  held.hear(
    (mode) => choose(ui, { mode }),
    (axis) => choose(ui, { axis }),
  );
  held.embeddings.onchange = () => choose(ui, { embeddings: held.embeddings.checked });
  held.guess.range.oninput = () => aim(ui, at(held.guess.range));
  held.guess.range.onkeydown = (event) => {
    if (event.key === "Enter") reveal(ui);
  };
  held.budget.range.oninput = () => choose(ui, { budget: ui.data.study.budgets[at(held.budget.range)].stories });
  held.size.range.oninput = () => choose(ui, { size: ui.data.study.sizes[at(held.size.range)].width });
  held.known.range.oninput = () => choose(ui, { known: at(held.known.range) });
  held.reveal.onclick = () => {
    reveal(ui);
    (held.next.hidden ? held.budget.range : held.next).focus({ preventScroll: true });
  };
  held.next.onclick = () => {
    choose(ui, { known: ui.state.known + 1 });
    held.guess.range.focus({ preventScroll: true });
  };
  held.anyway.onclick = () => {
    choose(ui, { mode: "all" });
    held.budget.range.focus({ preventScroll: true });
  };
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { hands: held, state, data } = ui;
  const { labels, hidden } = data;
  held.mode.show(state.mode, labels.mode, labels.modes);
  held.mode.box.hidden = hidden.includes("ms_law_mode");
  held.axis.show(state.axis, labels.axis, labels.axes);
  held.axis.box.hidden = ui.isPredicting() || hidden.includes("ms_law_axis");
  held.embeddings.checked = state.embeddings;
  held.embeddingsWords.textContent = labels.embeddings;
  held.embeddingsRow.hidden = hidden.includes("ms_law_embeddings");
  showSliders(ui);
  showGuess(ui);
}

/** @param {Picture} ui */
function showSliders(ui) {
  const { hands: held, state, data } = ui;
  const { labels, lang, hidden } = data;
  const { range, budgets, sizes } = data.study;
  const stories = labels.stories.replace("%n", writeNumber(state.budget, lang, 0));
  held.budget.show(labels.budget, ui.budget(), stories, budgets.length - 1);
  held.budget.box.hidden = hidden.includes("ms_law_budget");
  const lit = sizes.findIndex(({ width }) => width === state.size);
  const inside = labels.parameters.replace("%n", writeNumber(sizes[lit].inside, lang, 0));
  held.size.show(labels.size, lit, inside, sizes.length - 1);
  held.size.box.hidden = ui.isPredicting() || hidden.includes("ms_law_size");
  const known = labels.known.replace("%n", String(state.known)).replace("%m", String(sizes.length));
  held.known.range.min = String(range.first);
  held.known.show(labels.knownName, state.known, known, range.last);
  held.known.box.hidden = !ui.isPredicting() || hidden.includes("ms_law_known");
}

/**
 * The guess and its buttons: show the truth, then on; or what was asked for, all the same.
 * @param {Picture} ui
 */
function showGuess(ui) {
  const { hands: held, state, data } = ui;
  const { labels, lang, study } = data;
  const [isPredicting, isShown] = [ui.isPredicting(), ui.isShown()];
  const guess = writeShort(guessAt(study.range, ui.mark.step), lang, 2);
  const name = labels.guess.replace("%n", writeCount(study.sizes[state.known].inside, lang));
  held.guess.show(name, ui.mark.step, `${guess}\u00a0nat`, stepsOf(study.range));
  held.guess.box.hidden = !isPredicting || isShown;
  held.reveal.textContent = labels.reveal;
  held.reveal.hidden = !isPredicting || isShown || ui.isAsking;
  held.reveal.disabled = !ui.mark.isMoved;
  held.next.textContent = labels.next;
  held.next.hidden = !isPredicting || !isShown || ui.isAsking || state.known >= study.range.last;
  held.anyway.textContent = labels.anyway;
  held.anyway.hidden = !ui.isAsking;
}
