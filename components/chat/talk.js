// The conversation as bubbles. A token of an answer can be pointed at: what else could have stood there?
import { dress, make } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */

/** Make the conversation; `showTalk` fills it. */
export function talk() {
  const list = make("div", { class: "bubbles", role: "log", translate: "no" });
  return {
    box: make("div", { class: "talk" }, list),
    list,
    /** What is drawn, so that what stands is not drawn anew. */ drawn: /** @type {string[]} */ ([]),
  };
}

/** @param {Picture} ui */
export function showTalk(ui) {
  const { data, talk: held, state } = ui;
  held.list.setAttribute("aria-label", data.labels.talk);
  const fallen = fell(ui);
  const keys = data.turns.map(
    (turn, at) => `${JSON.stringify(turn)} ${at === ui.at()} ${state.token} ${hidden(ui, at)} ${fallen - at}`,
  );
  while (held.list.children.length > keys.length) held.list.lastElementChild?.remove();
  const isAtEnd = held.box.scrollHeight - held.box.scrollTop - held.box.clientHeight < 60;
  keys.forEach((key, at) => {
    if (held.drawn[at] === key) return;
    const turn = make("div", { class: `turn${at < fallen ? " fallen" : ""}` }, asked(ui, at), answered(ui, at));
    if (at === fallen - 1) turn.append(make("p", { class: "edge" }, data.labels.fallen));
    const old = held.list.children[at];
    if (old) old.replaceWith(turn);
    else held.list.append(turn);
  });
  held.drawn = keys;
  if (isAtEnd) held.box.scrollTop = held.box.scrollHeight;
}

/**
 * Count the oldest turns that the model did not receive with the question that is looked at. Whole turns fall.
 * @param {Picture} ui
 */
function fell(ui) {
  let left = ui.isVeiled() ? 0 : (ui.shown()?.fallen ?? 0);
  let count = 0;
  for (const turn of ui.data.turns) {
    left -= turn.answer ? 2 : 1;
    if (left < 0) break;
    count += 1;
  }
  return count;
}

/**
 * Whether an answer is not to be seen yet: the page's question comes before it.
 * @param {Picture} ui
 * @param {number} at
 */
function hidden(ui, at) {
  return at === ui.data.turns.length - 1 && (ui.isVeiled() || ui.seen !== null);
}

/**
 * @param {Picture} ui
 * @param {number} at
 */
function asked(ui, at) {
  const { data } = ui;
  const button = make("button", { type: "button", class: `bubble question${at === ui.at() ? " shown" : ""}` });
  dress(button, { "aria-pressed": String(at === ui.at()), title: data.labels.look });
  button.textContent = data.turns[at].question;
  button.onclick = () => ui.choose({ shown: at, token: -1 });
  return button;
}

/**
 * @param {Picture} ui
 * @param {number} at
 */
function answered(ui, at) {
  const turn = ui.data.turns[at];
  const bubble = make("div", { class: `bubble answer ${turn.state}` });
  if (hidden(ui, at)) bubble.append("…");
  else if (turn.tokens.length && turn.state !== "writing") bubble.append(...tokens(ui, at));
  else bubble.append(turn.answer || (turn.state === "writing" || turn.state === "waiting" ? "…" : ""));
  if (turn.note && !hidden(ui, at)) bubble.append(make("p", { class: "note" }, turn.note));
  return bubble;
}

/**
 * The answer, each token a place to point at.
 * @param {Picture} ui
 * @param {number} at
 */
function tokens(ui, at) {
  const { state } = ui;
  const turn = ui.data.turns[at];
  const made = turn.tokens.map(([text], place) => {
    const isChosen = at === ui.at() && place === state.token;
    const token = make("span", { class: `token${isChosen ? " chosen" : ""}` }, text);
    token.onclick = () => ui.choose({ shown: at, token: place });
    return token;
  });
  return made;
}
