// The examples of a prompt, one a line, and the word to sort in the last one.
import { make } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Card, Prompt } from "./prompt.js" */

/** Make the lines; `showCards` fills them. */
export function cards() {
  const list = make("ol", { class: "cards" });
  const add = make("button", { type: "button", class: "add" });
  const word = make("input", { type: "text", class: "typed", spellcheck: "false", lang: "en" });
  const [says, asks] = [make("span", { class: "says" }), make("span", { class: "says" })];
  const last = make("div", { class: "card last" }, says, word, asks, make("span", { class: "cursor" }, "?"));
  return { box: make("div", { class: "prompt", role: "group" }, list, add, last), list, add, word, says, asks };
}

/** @param {Prompt} ui */
export function showCards(ui) {
  const { cards: shown, data, state } = ui;
  const { labels, most } = data;
  shown.box.setAttribute("aria-label", labels.prompt);
  const lines = [.../** @type {HTMLCollectionOf<HTMLLIElement>} */ (shown.list.children)];
  while (lines.length > state.cards.length) lines.pop()?.remove();
  while (lines.length < state.cards.length) {
    const line = makeLine(ui, lines.length);
    lines.push(line);
    shown.list.append(line);
  }
  lines.forEach((line, at) => {
    showLine(ui, line, at);
  });
  shown.add.textContent = labels.add;
  shown.add.disabled = state.cards.length >= most.cards;
  shown.add.onclick = () => {
    const label = data.boxes[state.cards.length % data.boxes.length];
    ui.choose({ cards: [...ui.state.cards, { word: "", label }] });
    fieldOf(ui, ui.state.cards.length - 1)?.focus();
  };
  shown.says.textContent = labels.word;
  shown.asks.textContent = labels.category;
  shown.word.maxLength = most.word;
  shown.word.setAttribute("aria-label", labels.asked);
  if (shown.word.value !== state.word && !shown.word.matches(":focus")) shown.word.value = state.word;
  shown.word.oninput = () => ui.choose({ word: shown.word.value });
  shown.word.onblur = () => ui.show();
}

/**
 * A line of the prompt: its word, its label, and what moves it.
 * @param {Prompt} ui
 * @param {number} at
 */
function makeLine(ui, at) {
  const word = make("input", { type: "text", class: "typed", spellcheck: "false", lang: "en" });
  const label = make("select", { class: "label" });
  const [up, down] = [-1, 1].map((by) => {
    const button = make("button", { type: "button", class: by < 0 ? "up" : "down" }, by < 0 ? "↑" : "↓");
    button.onclick = () => move(ui, at, by);
    return button;
  });
  const away = make("button", { type: "button", class: "away" }, "×");
  word.oninput = () => change(ui, at, { word: word.value });
  word.onblur = () => ui.show(); // what the model reads, not what was typed
  word.onkeydown = (event) => {
    const by = event.shiftKey ? meaningOf(event, { ArrowUp: -1, ArrowDown: 1 }) : undefined;
    if (by) move(ui, at, by);
  };
  label.onchange = () => change(ui, at, { label: label.value });
  away.onclick = () => ui.choose({ cards: ui.state.cards.filter((_card, place) => place !== at) });
  const says = () => make("span", { class: "says" });
  return make("li", { class: "card" }, says(), word, says(), label, make("span", { class: "moves" }, up, down, away));
}

/**
 * @param {Prompt} ui
 * @param {HTMLLIElement} line
 * @param {number} at
 */
function showLine({ data, state }, line, at) {
  const { labels, boxes, called, most } = data;
  const card = state.cards[at];
  const [says, asks] = line.querySelectorAll(".says");
  says.textContent = labels.word;
  asks.textContent = labels.category;
  const word = /** @type {HTMLInputElement} */ (line.querySelector("input"));
  word.maxLength = most.word;
  word.setAttribute("aria-label", labels.wordOf.replace("%n", String(at + 1)));
  if (word.value !== card.word && !word.matches(":focus")) word.value = card.word;
  const label = /** @type {HTMLSelectElement} */ (line.querySelector("select"));
  label.setAttribute("aria-label", labels.labelOf.replace("%n", String(at + 1)));
  const names = called.join();
  if (label.dataset.names !== names) {
    label.dataset.names = names;
    label.replaceChildren(...boxes.map((box, place) => make("option", { value: box }, called[place])));
  }
  label.value = card.label;
  const [up, down, away] = line.querySelectorAll("button");
  for (const [button, said] of /** @type {const} */ ([
    [up, labels.up],
    [down, labels.down],
    [away, labels.away],
  ])) {
    button.setAttribute("aria-label", said.replace("%n", String(at + 1)));
    button.title = said.replace("%n", String(at + 1));
  }
  up.disabled = at === 0;
  down.disabled = at === state.cards.length - 1;
  line.classList.toggle("fallen", at < (data.answer?.fallen ?? 0));
}

/**
 * @param {Prompt} ui
 * @param {number} at
 * @param {Partial<Card>} changed
 */
function change(ui, at, changed) {
  ui.choose({ cards: ui.state.cards.map((card, place) => (place === at ? { ...card, ...changed } : card)) });
}

/**
 * Move a line up or down; the keyboard goes with it.
 * @param {Prompt} ui
 * @param {number} at
 * @param {number} by
 */
function move(ui, at, by) {
  const to = at + by;
  if (to < 0 || to >= ui.state.cards.length) return;
  const moved = [...ui.state.cards];
  [moved[at], moved[to]] = [moved[to], moved[at]];
  /** @type {HTMLElement | null} */ (ui.cards.box.querySelector(":focus"))?.blur();
  ui.choose({ cards: moved });
  fieldOf(ui, to)?.focus();
}

/**
 * @param {Prompt} ui
 * @param {number} at
 */
function fieldOf({ cards: shown }, at) {
  return shown.list.children[at]?.querySelector("input");
}
