// Two texts that are written at the same time, token by token: where they part for the first time is marked.
import { make, pictureIn } from "../in_browser/base.js";
import { rows } from "./bars.js";
import { counter } from "./pace.js";
import { growing, show } from "./text.js";

/** @import { Group } from "../chip.js" */
/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Choice } from "./bars.js" */
/**
 * @typedef {object} Side
 * @property {string} name
 * @property {Group[]} groups
 * @property {number} tokens how many were written
 * @property {number[]} written the tokens
 * @property {Choice[]} choices of each
 */
/**
 * @typedef {object} Data
 * @property {Side[]} sides two of them, or none while the workers write
 * @property {number} parted the first token at which they differ; below zero if they do not
 * @property {string} run which two texts: others are seen from their beginning
 * @property {boolean} busy whether workers are writing them
 * @property {number | null} end the token that ends a text
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Bars of each side. */
const BARS = 6;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  const isAnother = ui.run !== data.run && data.sides.length > 0;
  ui.data = data;
  ui.write = () => setTriggerValue("write", Date.now());
  ui.pace.allow(Math.max(0, ...data.sides.map(({ tokens }) => tokens)), false);
  if (isAnother) {
    ui.run = data.run;
    if (ui.isAsked) ui.pace.go(0);
  }
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    run: "",
    /** Whether the student has pressed "Write both": from then on other settings are written at once. */
    isAsked: false,
    write() {},
    pace: counter(
      () => draw(ui),
      () => draw(ui),
    ),
    key: make("button", { type: "button", class: "key write" }),
    fast: make("button", { type: "button", class: "key", "aria-pressed": "false" }),
    said: make("output", { class: "said" }),
    two: make("div", { class: "two" }),
    panes: [0, 1].map(() => ({ title: make("h4"), text: growing(), bars: make("div", { class: "bars" }) })),
  };
  ui.key.onclick = () => {
    ui.isAsked = true;
    if (ui.pace.isGoing()) ui.pace.stop();
    else if (ui.data.sides.length) ui.pace.go(0);
    else ui.write();
    draw(ui);
  };
  ui.fast.onclick = () => {
    const isFast = ui.fast.getAttribute("aria-pressed") !== "true";
    ui.fast.setAttribute("aria-pressed", String(isFast));
    ui.pace.fast(isFast);
  };
  const columns = ui.panes.map(({ title, text, bars }) => make("div", { class: "pane" }, title, text.box, bars));
  ui.two.append(...columns);
  root.append(make("div", { class: "buttons" }, ui.key, ui.fast, ui.said), ui.two);
  return ui;
}

/** @param {Picture} ui */
function draw(ui) {
  const { data, pace } = ui;
  const { labels, sides, parted, busy } = data;
  const [going, at] = [pace.isGoing(), pace.at()];
  ui.two.hidden = !ui.isAsked && !busy && !sides.length; // two empty boxes would tell nothing
  ui.key.textContent = going ? labels.stop : labels.both;
  ui.key.disabled = busy;
  ui.fast.textContent = labels.fast;
  const isParted = parted >= 0 && at > parted;
  ui.said.textContent = busy
    ? labels.busy
    : isParted
      ? labels.parted.replace("%n", String(parted + 1))
      : at
        ? labels.alike
        : "";
  ui.panes.forEach((pane, place) => {
    const side = sides[place];
    pane.title.textContent = side?.name ?? "";
    pane.text.box.classList.toggle("empty-box", !side);
    if (!side) {
      show(pane.text, [], 0, { labels, lang: data.lang }, null);
      pane.bars.replaceChildren();
      return;
    }
    const seen = Math.min(at, side.tokens);
    show(pane.text, side.groups, seen, data, null);
    const first = side.groups.findIndex(({ first, last }) => first <= parted && parted < (last ?? 0));
    pane.text.elements.forEach((chips, group) => {
      const chip = chips[0];
      if (chip instanceof HTMLElement) chip.classList.toggle("different", group === first && parted >= 0);
    });
    const choice = seen ? side.choices[seen - 1] : null;
    const frame = { labels, lang: data.lang, end: data.end, chosen: side.written[seen - 1], choose: null };
    pane.bars.replaceChildren(...(choice ? rows(few(choice), frame) : []));
  });
}

/**
 * The likeliest tokens of a choice; the others together.
 * @param {Choice} choice
 * @returns {Choice}
 */
function few(choice) {
  const left = choice.chances.slice(BARS);
  return {
    ...choice,
    tokens: choice.tokens.slice(0, BARS),
    model: choice.model.slice(0, BARS),
    rest: left.reduce((sum, chance) => sum + chance, choice.rest),
    others: choice.others + left.filter((chance) => chance > 0).length,
  };
}
