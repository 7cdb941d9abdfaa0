// Two texts whose writers are hidden: a vote by hand or key, then the names. Who votes is a random number kept here.
import { make, pictureIn } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {"a" | "b" | "tie" | "bad"} Sign */
/**
 * @typedef {object} Data
 * @property {number} heard the number of our last message that arrived
 * @property {number} round 0 until the server knows who votes
 * @property {string} prompt
 * @property {string} written the language of prompt and texts
 * @property {[string, string] | null} texts
 * @property {Sign | ""} sign what was voted
 * @property {[string, string] | null} names after the vote
 * @property {string} votes
 * @property {Labels} labels
 */
/**
 * @typedef {object} Labels
 * @property {string} asked
 * @property {[string, string]} sides
 * @property {string} waits
 * @property {string} vote
 * @property {Record<Sign, string>} signs
 * @property {string} voted
 * @property {string} next
 * @property {string} forget
 * @property {string} sure
 * @property {string} yes
 * @property {string} no
 */
/** @typedef {ReturnType<typeof build>} Picture */

const KEY = "curseurs-voter";
/** @type {Record<string, Sign>} */
const KEYS = { a: "a", A: "a", b: "b", B: "b", t: "tie", T: "tie", n: "bad", N: "bad" };
const SIGNS = /** @type {Sign[]} */ (["a", "b", "tie", "bad"]);
/** Milliseconds without an answer after which a message is sent again: one that meets a run of the page may be lost. */
const PATIENCE = 2500;
const SHOWN = { a: "A", b: "B", tie: "T", bad: "N" };

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.tell = (said) => setStateValue("said", said);
  if (ui.unheard?.number === data.heard) ui.unheard = null;
  if (data.round !== ui.round) Object.assign(ui, { round: data.round, said: "", wantsNext: false });
  show(ui);
  if (data.round === 0 && !ui.hasGreeted) {
    ui.hasGreeted = true;
    ui.send({ kind: "here" });
  }
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    voter: known() || renewed(),
    number: 0,
    round: -1,
    said: /** @type {Sign | ""} */ (""), // voted, and the server has not answered yet
    wantsNext: false,
    hasGreeted: false,
    /** @type {{ number: number } & Record<string, unknown> | null} */
    unheard: null,
    tell: (/** @type {Record<string, unknown>} */ _said) => {},
    /** @param {Record<string, unknown>} said */
    send(said) {
      ui.number = Math.max(ui.number + 1, Date.now());
      ui.unheard = { ...said, voter: ui.voter, number: ui.number };
      ui.insist(ui.number, 1);
    },
    /**
     * @param {number} number of the message
     * @param {number} times that it will have been sent
     */
    insist(number, times) {
      if (ui.unheard?.number !== number) return;
      ui.tell({ ...ui.unheard, times });
      setTimeout(() => ui.insist(number, times + 1), PATIENCE * times);
    },
    asked: make("p", { class: "asked" }),
    label: make("span", { class: "label" }),
    prompt: make("span", { class: "prompt", translate: "no" }),
    cards: [0, 1].map(() => {
      const head = make("h4");
      const name = make("p", { class: "name" });
      const text = make("p", { class: "text", translate: "no" });
      return { card: make("article", {}, head, text, name), head, name, text };
    }),
    question: make("p", { class: "question", id: "question" }),
    votes: SIGNS.map((sign) => {
      const words = make("span");
      const key = make("kbd", { "aria-hidden": "true" }, SHOWN[sign]);
      const button = make("button", { type: "button", class: "vote", "aria-keyshortcuts": SHOWN[sign] }, words, key);
      return { sign, button, words };
    }),
    next: make("button", { type: "button", class: "next" }),
    status: make("p", { class: "status", role: "status" }),
    counted: make("span", { class: "counted" }),
    forget: make("button", { type: "button", class: "small" }),
    sure: make("span"),
    yes: make("button", { type: "button", class: "small" }),
    no: make("button", { type: "button", class: "small" }),
    doubt: make("span", { class: "ask", role: "group", hidden: "" }),
    /** @param {Sign} sign */
    vote(sign) {
      if (!mayVote(ui)) return;
      ui.said = sign;
      show(ui);
      ui.send({ kind: "vote", round: ui.data.round, sign });
    },
    goOn() {
      if (!ui.data.sign || ui.wantsNext) return;
      ui.wantsNext = true;
      show(ui);
      ui.send({ kind: "next", round: ui.data.round });
    },
    /** @param {boolean} open */
    ask(open) {
      ui.doubt.hidden = !open;
      ui.forget.hidden = open;
      (open ? ui.no : ui.forget).focus();
    },
  };
  ui.asked.append(ui.label, " ", ui.prompt);
  ui.doubt.append(ui.sure, ui.yes, ui.no);
  for (const { sign, button } of ui.votes) button.onclick = () => ui.vote(sign);
  ui.next.onclick = () => ui.goOn();
  ui.forget.onclick = () => ui.ask(true);
  ui.no.onclick = () => ui.ask(false);
  ui.yes.onclick = () => {
    ui.ask(false);
    ui.voter = renewed();
    ui.send({ kind: "forget" });
  };
  document.addEventListener("keydown", (event) => {
    if (!root.isConnected || !mayVote(ui) || isWritten(event) || !isInSight(ui.next.parentElement ?? root)) return;
    const sign = meaningOf(event, KEYS);
    if (sign) ui.vote(sign);
  });
  const two = make("div", { class: "two" }, ...ui.cards.map(({ card }) => card));
  const hands = make("div", { class: "hands", role: "group", "aria-labelledby": "question" });
  hands.append(...ui.votes.map(({ button }) => button), ui.next);
  const foot = make("div", { class: "foot" }, ui.counted, ui.forget, ui.doubt);
  root.append(ui.asked, two, ui.question, hands, ui.status, foot);
  return ui;
}

/** @param {Picture} ui */
const mayVote = ({ data, said }) => Boolean(data.texts && !data.sign && !said);

/** @param {Picture} ui */
function show(ui) {
  const { data, cards, votes } = ui;
  const { labels, names, texts } = data;
  const sign = data.sign || ui.said;
  ui.label.textContent = labels.asked;
  ui.prompt.textContent = data.prompt;
  ui.prompt.lang = data.written;
  cards.forEach(({ card, head, name, text }, at) => {
    head.textContent = labels.sides[at];
    text.textContent = texts ? texts[at] : labels.waits;
    text.lang = texts ? data.written : data.lang;
    card.classList.toggle("waits", !texts);
    card.classList.toggle("chosen", sign === SIGNS[at]);
    name.textContent = names ? names[at] : "";
  });
  ui.question.textContent = data.sign ? labels.voted.replace("%v", labels.signs[data.sign]) : labels.vote;
  for (const { sign: mine, button, words } of votes) {
    words.textContent = labels.signs[mine];
    button.disabled = !mayVote(ui);
    button.hidden = Boolean(data.sign);
  }
  const hadFocus = votes.some(({ button }) => button.matches(":focus"));
  ui.next.textContent = labels.next;
  ui.next.hidden = !data.sign;
  ui.next.disabled = ui.wantsNext;
  if (data.sign && (hadFocus || ui.said)) ui.next.focus({ preventScroll: true }); // Enter goes on
  ui.status.textContent = names ? `A : ${names[0]}. B : ${names[1]}.` : "";
  ui.counted.textContent = data.votes;
  ui.forget.textContent = labels.forget;
  ui.sure.textContent = labels.sure;
  ui.yes.textContent = labels.yes;
  ui.no.textContent = labels.no;
}

/**
 * Whether somebody writes: the letters are theirs.
 * @param {KeyboardEvent} event
 */
function isWritten(event) {
  const at = event.composedPath()[0];
  return at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select, [role=combobox]"));
}

/** @param {Element} element */
function isInSight(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
}

/** The number that this browser votes under, if it has one. */
function known() {
  try {
    const found = localStorage.getItem(KEY) ?? "";
    return /^[0-9a-f]{32}$/.test(found) ? found : "";
  } catch {
    return "";
  }
}

/** A new random number, kept where that is allowed: else it lasts as long as the page. */
function renewed() {
  const numbers = crypto.getRandomValues(new Uint8Array(16));
  const found = [...numbers].map((number) => number.toString(16).padStart(2, "0")).join("");
  try {
    localStorage.setItem(KEY, found);
  } catch {
    // Then every tab is a voter of its own.
  }
  return found;
}
