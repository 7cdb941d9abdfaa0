// The parts of what is drawn, as a list of buttons: their colour, parameters and share; pressed, a part opens.
import { make, writeCompact } from "../in_browser/base.js";
import { writeShare } from "./drawing.js";
import { follow } from "./layout.js";

/** @import { Block } from "./counts.js" */
/** @import { Picture } from "./picture.js" */
/** @typedef {{ name: string, kind: string, path: string, parameters: bigint, isTied: boolean }} Entry */

/** Make the list; `showKey` fills it. */
export function key() {
  const list = make("div", { class: "key", role: "group" });
  const about = make("p", { class: "about" });
  return { box: make("div", {}, list, about), list, about };
}

/** @param {Picture} ui */
export function showKey(ui) {
  const { list, about } = ui.key;
  const { labels, lang } = ui.data;
  list.setAttribute("aria-label", labels.parts);
  if (!ui.tree) {
    list.replaceChildren();
    about.textContent = "";
    return;
  }
  const steps = follow(ui.tree, ui.state.open);
  const shown = steps[steps.length - 1];
  const whole = Number(shown.each) || 1;
  const entries = shown.shape.length ? [] : ui.state.open ? partsOf(shown, ui.state.open) : ofModel(ui.tree);
  list.replaceChildren(
    ...entries.map((entry) => {
      const share = Number(entry.parameters) / whole;
      const isHidden = ui.isHiding() && !ui.isRevealed(entry.kind);
      const said = entry.isTied
        ? labels.tiedHead
        : isHidden
          ? "?"
          : `${writeCompact(entry.parameters, lang)} · ${writeShare(share, lang)}`;
      const words = [make("i", { class: entry.kind }), `${ui.nameOf(entry.name)} `, make("b", {}, said)];
      const button = make("button", { type: "button", "data-part": entry.path }, ...words);
      button.onclick = (event) => {
        ui.choose({ open: entry.path });
        if (!event.detail) /** @type {HTMLElement | null} */ (ui.trail.querySelector("button:last-of-type"))?.focus();
      }; // pressed by a key: the keyboard goes on from the way back
      button.disabled = isHidden;
      return button;
    }),
  );
  const words = aboutOf(
    ui,
    shown,
    steps.map(({ name }) => name),
  );
  if (about.textContent !== words) about.textContent = words;
}

/**
 * What the opened part does, and how often it is in the model; about the whole model nothing.
 * @param {Picture} ui
 * @param {Block} shown
 * @param {string[]} names
 */
function aboutOf(ui, shown, names) {
  if (names.length < 2) return "";
  const { labels } = ui.data;
  const inLetters = ui.state.family === "letters" && labels.lettersAbout[shown.name];
  const isServedTwice = shown.name === "embedding" && !inLetters && ui.state.tied;
  const about = inLetters || labels.about[shown.name.endsWith("_bias") ? "bias" : shown.name] || "";
  const own = isServedTwice ? `${about} ${labels.aboutTied}` : about;
  const times = names.includes("layer") ? ui.state.layers * (names.includes("expert") ? ui.state.experts : 1) : 1;
  return times > 1 && shown.name !== "layer" ? `${own} ${labels.timesIn.replace("%n", ui.whole(times))}` : own;
}

/**
 * The model's parts by what they are: those of all layers together.
 * @param {Block} tree
 * @returns {Entry[]}
 */
function ofModel(tree) {
  /** @type {Entry[]} */
  const found = [];
  const add = (/** @type {Block} */ part, /** @type {string} */ path, /** @type {number} */ copies) => {
    const name = part.kind === "norm" ? "norms" : part.name === "expert" ? "experts" : part.name;
    const there = found.find((entry) => entry.name === name);
    const parameters = BigInt(copies) * part.parameters;
    if (there) there.parameters += parameters;
    else
      found.push({
        name,
        kind: part.kind,
        path: name === "norms" ? pathOfNorms(tree) : path,
        parameters,
        isTied: part.tied,
      });
  };
  for (const part of tree.parts) {
    if (part.name === "layer") for (const inner of part.parts) add(inner, `layer.${inner.name}`, part.copies);
    else add(part, part.name, 1);
  }
  const last = (/** @type {Entry} */ { name }) => (name === "norms" ? 1 : name === "head" || name === "output" ? 2 : 0);
  return found.sort((one, other) => last(one) - last(other));
}

/** @param {Block} tree */
function pathOfNorms(tree) {
  return tree.parts.some(({ name }) => name === "layer") ? "layer.norm_before_attention" : "norm_at_the_end";
}

/**
 * @param {Block} shown
 * @param {string} path
 * @returns {Entry[]}
 */
function partsOf(shown, path) {
  return shown.parts.map((part) => ({
    name: part.name === "expert" ? "experts" : part.name,
    kind: part.kind,
    path: `${path}.${part.name}`,
    parameters: part.parameters,
    isTied: part.tied,
  }));
}
