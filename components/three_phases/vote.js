// Two answers to one instruction: the student says which is better, again and again. Every pair is here already.
import { make, pictureIn } from "../in_browser/base.js";
import { meaningOf, patient } from "../in_browser/hand.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {{ asked: string, texts: [string, string] }} Pair */
/** @typedef {{ votes: string, turn: number }} State votes: one sign a pair, "a", "b" or "n" for neither */
/**
 * @typedef {object} Data
 * @property {Pair[]} pairs
 * @property {State} state
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const SIDES = /** @type {const} */ (["a", "b"]);
/** Milliseconds without a vote after which Python hears of them. */
const PAUSE = 600;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.send = (state) => setStateValue("state", state);
  if (data.state.turn >= ui.state.turn) ui.state = { ...data.state };
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    state: { ...data.state },
    send: (/** @type {State} */ _state) => {},
    told: patient(() => ui.send({ ...ui.state }), PAUSE),
    asked: make("p", { class: "asked", translate: "no", lang: "fr" }),
    cards: SIDES.map((side) => {
      const text = make("span", { class: "text", translate: "no", lang: "fr" });
      const name = make("b");
      return { button: make("button", { type: "button", class: "answer", "data-side": side }, name, text), name, text };
    }),
    counted: make("p", { class: "counted", "aria-live": "polite" }),
    neither: make("button", { type: "button", class: "undo" }),
    undo: make("button", { type: "button", class: "undo" }),
    /** @param {string} votes */
    take(votes) {
      ui.state = { votes, turn: ui.state.turn + 1 };
      ui.told.soon();
      show(ui);
    },
  };
  ui.cards.forEach(({ button }, at) => {
    button.onclick = () => ui.take(ui.state.votes + SIDES[at]);
    button.onkeydown = (event) => {
      const other = meaningOf(event, { ArrowLeft: 0, ArrowRight: 1 });
      if (other !== undefined) ui.cards[other].button.focus();
    };
  });
  ui.neither.onclick = () => ui.take(`${ui.state.votes}n`);
  ui.undo.onclick = () => ui.take(ui.state.votes.slice(0, -1));
  const foot = make("div", { class: "foot" }, ui.neither, ui.counted, ui.undo);
  root.append(ui.asked, make("div", { class: "two" }, ...ui.cards.map(({ button }) => button)), foot);
  return ui;
}

/** @param {Picture} ui */
function show({ data, state, asked, cards, counted, neither, undo }) {
  const { labels, pairs } = data;
  const pair = pairs[state.votes.length];
  asked.textContent = pair ? labels.quoted.replace("%t", pair.asked) : labels.done;
  cards.forEach(({ button, name, text }, at) => {
    button.hidden = !pair;
    name.textContent = labels.better.replace("%s", SIDES[at].toUpperCase());
    text.textContent = pair?.texts[at] ?? "";
  });
  counted.textContent = labels.counted.replace("%n", String(state.votes.length));
  neither.textContent = labels.neither;
  neither.hidden = !pair;
  undo.textContent = labels.undo;
  undo.disabled = !state.votes;
}
