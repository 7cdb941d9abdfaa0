// Two texts side by side, counted by every tokenizer: two bars each, and how many times as long the longer one is.
import { make, pictureIn, writeNumber } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {"a" | "b"} Side */
/**
 * @typedef {object} Data
 * @property {Record<Side, string> | null} texts null: they are not to be written here
 * @property {number} longest characters of each
 * @property {Record<Side, string>} names
 * @property {Record<Side, Record<string, number | null>>} counts by side and tokenizer; null: it is missing here
 * @property {Record<string, string> & { names: Record<string, string> }} labels
 */

const SIDES = /** @type {const} */ (["a", "b"]);
/** Milliseconds without a key after which Python counts. */
const PAUSE = 200;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.send = (texts) => setStateValue("texts", texts);
  ui.writing.classList.toggle("gone", !data.texts);
  for (const side of SIDES) showField(ui.fields[side], data, side);
  ui.table.setAttribute("aria-label", data.labels.table);
  ui.table.replaceChildren(...Object.keys(data.labels.names).map((name) => row(name, data)));
}

/** @param {HTMLElement} root */
function build(root) {
  const ui = {
    fields: { a: field("a"), b: field("b") },
    writing: make("div", { class: "writing" }),
    table: make("div", { class: "table", role: "table" }),
    send: (/** @type {Record<Side, string>} */ _texts) => {},
  };
  const told = patient(() => ui.send({ a: ui.fields.a.input.value, b: ui.fields.b.input.value }), PAUSE);
  for (const side of SIDES) ui.fields[side].input.oninput = () => told.soon();
  ui.writing.append(ui.fields.a.box, ui.fields.b.box);
  root.append(ui.writing, ui.table);
  return ui;
}

/** @param {Side} side */
function field(side) {
  const name = make("span", { class: `label ${side}` });
  const input = make("textarea", { rows: 4, spellcheck: "false" });
  const length = make("output", { class: "length" });
  return { box: make("label", { class: "field" }, name, input, length), name, input, length };
}

/**
 * @param {ReturnType<typeof field>} shown
 * @param {Data & Surroundings} data
 * @param {Side} side
 */
function showField({ name, input, length }, { texts, longest, names, labels, lang }, side) {
  const text = texts?.[side] ?? "";
  name.textContent = names[side];
  input.maxLength = longest;
  if (input.value !== text && !input.matches(":focus")) input.value = text;
  length.textContent = labels.characters.replace("%n", writeNumber([...text].length, lang, 0));
}

/**
 * One tokenizer: its name, a bar for each text, and their ratio.
 * @param {string} name
 * @param {Data & Surroundings} data
 */
function row(name, { counts, names, labels, lang }) {
  const [a, b] = SIDES.map((side) => counts[side][name]);
  const longest = Math.max(a ?? 0, b ?? 0, 1);
  const bars = SIDES.map((side) => {
    const tokens = counts[side][name];
    const bar = make("i", { class: `bar ${side}` });
    bar.style.width = `${(100 * (tokens ?? 0)) / longest}%`;
    const told = tokens === null ? labels.missing : labels.tokens.replace("%n", writeNumber(tokens, lang, 0));
    return make("div", { class: "line" }, make("span", {}, names[side]), make("span", { class: "rail" }, bar), told);
  });
  const ratio = a && b ? `× ${writeNumber(Math.max(a, b) / Math.min(a, b), lang, 2)}` : "–";
  return make(
    "div",
    { class: "row", role: "row", "data-name": name },
    make("b", { role: "rowheader" }, labels.names[name]),
    make("div", { class: "lines", role: "cell" }, ...bars),
    make("span", { class: "ratio", role: "cell" }, ratio),
  );
}
