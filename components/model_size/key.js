// The parts of what is drawn, as a list of buttons: their colour, parameters and share; pressed, a part opens.
import { make, writeCompact } from "../in_browser/base.js";
import { writeShare } from "./drawing.js";
import { follow } from "./layout.js";
import { nameOf } from "./named.js";
import { focusWayBack } from "./trail.js";

/** @import { Block } from "./counts.js" */
/** @import { Picture } from "./picture.js" */
/** @typedef {{ name: string, kind: string, path: string, parameters: bigint, isTied: boolean }} Entry */

/** Make the list; `showKey` fills it. */
export function key() {
  const list = make("div", { class: "key", role: "group" });
  const about = make("p", { class: "about" });
  return { box: make("div", {}, list, about), list, about, paths: "" };
}

/** @param {Picture} ui */
export function showKey(ui) {
  const { list, about } = ui.key;
  const { labels, lang } = ui.data;
  list.setAttribute("aria-label", labels.parts);
  if (!ui.tree) {
    list.replaceChildren();
    ui.key.paths = "";
    about.textContent = "";
    return;
  }
  const steps = follow(ui.tree, ui.state.open);
  const shown = steps[steps.length - 1];
  const whole = Number(shown.each) || 1;
  const entries = shown.shape.length ? [] : ui.state.open ? partsOf(shown, ui.state.open) : ofModel(ui.tree);
  const paths = entries.map(({ path }) => path).join();
  if (ui.key.paths !== paths) list.replaceChildren(...entries.map((entry) => button(ui, entry)));
  ui.key.paths = paths; // the same parts keep their buttons, and the keyboard its own
  entries.forEach((entry, at) => {
    const isHidden = ui.isHiding() && !ui.isRevealed(entry.kind);
    const [name, said] = list.children[at].querySelectorAll("span, b");
    name.textContent = nameOf(ui, entry.name);
    said.textContent = entry.isTied ? labels.tiedHead : isHidden ? "?" : saidOf(entry, whole, lang);
    /** @type {HTMLButtonElement} */ (list.children[at]).disabled = isHidden;
  });
  const words = aboutOf(
    ui,
    shown,
    steps.map(({ name }) => name),
  );
  if (about.textContent !== words) about.textContent = words;
}

/**
 * @param {Picture} ui
 * @param {Entry} entry
 */
function button(ui, { kind, path }) {
  const made = make(
    "button",
    { type: "button", "data-part": path },
    make("i", { class: kind }),
    make("span"),
    make("b"),
  );
  made.onclick = (event) => {
    ui.choose({ open: path });
    if (!event.detail) focusWayBack(ui); // pressed by a key: the keyboard goes on from there
  };
  return made;
}

/**
 * @param {Entry} entry
 * @param {number} whole
 * @param {string} lang
 */
function saidOf({ parameters }, whole, lang) {
  return `${writeCompact(parameters, lang)} · ${writeShare(Number(parameters) / whole, lang)}`;
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
