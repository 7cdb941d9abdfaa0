// A conversation, and beside it what the model really receives with its last question: the template's marks, the system
// message, everything that was said before, token by token, against the window. Answers come in pieces from Python.
import { make, pictureIn } from "../in_browser/base.js";
import { receive } from "../in_browser/received.js";
import { alternatives, showAlternatives } from "./alternatives.js";
import { composer, listen, showComposer } from "./composer.js";
import { inside, showInside } from "./inside.js";
import { play } from "./play.js";
import { showTalk, talk } from "./talk.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {"template" | "system" | "user" | "assistant" | "tool" | "question" | "generation"} Part */
/** @typedef {[part: Part, message: number | null, texts: string[], marks: number[]]} Run tokens of one part and message */
/** @typedef {[text: string, probability: number, others: [string, number][]]} Token */
/**
 * @typedef {object} Received
 * @property {Run[]} runs
 * @property {number | null} window tokens that the model sees at once
 * @property {number} answer tokens kept free for the answer
 * @property {boolean} known whether the server says what its model receives
 * @property {Record<string, unknown>[]} sent the messages, as they are sent
 */
/**
 * @typedef {object} Turn
 * @property {string} question
 * @property {string} answer as far as it has come
 * @property {Token[]} tokens of the answer, where the server says them
 * @property {Received | null} received null: not known yet
 * @property {number | null} window a smaller one than the model's, that the student chose
 * @property {number} fallen how many messages had fallen out of it before
 * @property {"waiting" | "writing" | "finished" | "stopped" | "failed"} state
 * @property {string} note what went wrong, or how long it waits
 */
/**
 * What the hand chose: the turn whose tokens are shown, −1: the last; and a token of its answer, −1: none.
 * @typedef {{ shown: number, token: number, turn: number }} State
 */
/**
 * @typedef {object} Data
 * @property {Turn[]} turns
 * @property {State} state
 * @property {boolean} busy an answer is on its way
 * @property {number} looks how often this browser has asked for what there is of it: no data are like those before
 * @property {string} refused why nothing can be sent; empty: it can
 * @property {number} longest characters of a question
 * @property {boolean} veiled what the model receives is hidden: the question waits
 * @property {number} plays how often the page asked to see its question played
 * @property {number} heard of how many of these a new picture is too late
 * @property {number} begun how many conversations were begun: with a new one the field is emptied
 * @property {Record<string, string> & { parts: Record<Part, string> }} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds from an answer as it is drawn to the next look at it: while it is written, and while it waits in line. */
const [OFTEN, SELDOM] = [100, 500];
/** @type {Pick<Turn, "answer" | "tokens" | "state" | "note">} */
const UNANSWERED = { answer: "", tokens: [], state: "waiting", note: "" };

/** @param {Component<Data>} component */
export default function (component) {
  receive(component, build, play);
  pictureIn(component, build).lookAgain();
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  let sent = 0;
  let looks = data.looks;
  let next = 0;
  let isAwake = false;
  /** The conversation and its length, as last shown: with a new question the eyes go there. */
  let known = `${data.begun} ${data.turns.length}`;
  const ui = {
    root,
    data,
    plays: data.heard,
    state: data.state,
    /** While the answer is played: how many runs are seen; null: it is not. */
    seen: /** @type {number | null} */ (null),
    stop() {},
    talk: talk(),
    composer: composer(),
    inside: inside(),
    alternatives: alternatives(),
    send: (/** @type {string} */ _name, /** @type {unknown} */ _value) => {},
    isVeiled: () => ui.data.veiled && ui.seen === null,
    /** The turn that is looked at: the one that was chosen, or the last. */
    at: () => (ui.state.shown < 0 ? ui.data.turns.length - 1 : ui.state.shown),
    shown: () => ui.data.turns[ui.at()] ?? null,
    /**
     * Tell Python what the hand wants: to send a text, to stop, to begin anew, to have it written again; and, before
     * any of it, that somebody is about to write.
     * @param {"send" | "stop" | "new" | "again" | "wake"} wish
     * @param {string} [text]
     */
    wish(wish, text = "") {
      sent += 1;
      ui.send("wish", { wish, text, number: Date.now() * 100 + (sent % 100) });
    },
    /** Have the model loaded while the first question is typed. */
    wake() {
      if (isAwake) return;
      isAwake = true;
      ui.wish("wake");
    },
    /**
     * Send a question, and show it: Python answers with its turn, and with the first letters if they come soon.
     * @param {string} question
     */
    ask(question) {
      ui.wait([...ui.data.turns, { question, received: null, window: null, fallen: 0, ...UNANSWERED }]);
      ui.wish("send", question);
    },
    /** Have the last answer written again, and take away the one that stands. */
    askAgain() {
      ui.wait(ui.data.turns.map((turn, at, all) => (at === all.length - 1 ? { ...turn, ...UNANSWERED } : turn)));
      ui.wish("again");
    },
    /**
     * Show turns of which the last waits for its answer.
     * @param {Turn[]} turns
     */
    wait(turns) {
      ui.data = { ...ui.data, turns, busy: true };
      ui.show();
    },
    /**
     * Choose a turn, or a token of its answer.
     * @param {Partial<State>} changed
     */
    choose(changed) {
      ui.stop();
      ui.state = { ...ui.state, ...changed, turn: ui.state.turn + 1 };
      ui.show();
      ui.send("state", { ...ui.state });
    },
    /** Ask Python for more of the answer that is on its way, a while after what there was of it is drawn. */
    lookAgain() {
      clearTimeout(next);
      if (!ui.data.busy) return;
      const isInLine = ui.data.turns.at(-1)?.state === "waiting";
      const look = () => {
        looks += 1;
        if (root.isConnected) ui.send("looks", looks);
      };
      next = window.setTimeout(look, isInLine ? SELDOM : OFTEN);
    },
    show() {
      const told = `${ui.data.begun} ${ui.data.turns.length}`;
      // A turn of its own: what Python still has of the hand's last choice is older, and does not lead back there.
      if (told !== known) ui.state = { shown: -1, token: -1, turn: ui.state.turn + 1 };
      known = told;
      root.classList.toggle("veiled", ui.isVeiled());
      showTalk(ui);
      showComposer(ui);
      showInside(ui);
      showAlternatives(ui);
    },
  };
  listen(ui);
  const left = make("div", { class: "left" }, ui.talk.box, ui.composer.box);
  const right = make("div", { class: "right" }, ui.inside.box, ui.alternatives.box);
  root.append(make("div", { class: "pictures" }, left, right));
  return ui;
}
