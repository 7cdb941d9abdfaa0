// Where the student writes: a field, Send, Stop, write again, a new conversation.
import { dress, make } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */

/** Make the field and its buttons; `listen` gives them something to do. */
export function composer() {
  const field = make("textarea", { rows: 2 });
  const button = (/** @type {string} */ name) => make("button", { type: "button", class: `plain ${name}` });
  const [send, again, fresh] = [button("send"), button("again"), button("fresh")];
  const why = make("p", { class: "why" });
  const buttons = make("div", { class: "buttons" }, again, fresh);
  return {
    box: make("div", { class: "composer" }, field, send, buttons, why),
    field,
    send,
    again,
    fresh,
    why,
    begun: 0,
  };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { field, send, again, fresh } = ui.composer;
  const go = () => {
    if (ui.data.busy) return ui.wish("stop");
    const text = field.value.trim();
    if (!text || ui.data.refused) return undefined;
    field.value = "";
    return ui.ask(text);
  };
  send.onclick = () => {
    go();
  };
  field.onfocus = () => ui.wake();
  field.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!ui.data.busy) go();
  };
  again.onclick = () => ui.askAgain();
  fresh.onclick = () => ui.wish("new");
}

/** @param {Picture} ui */
export function showComposer({ data, composer: held }) {
  const { labels, busy, refused, turns } = data;
  if (held.begun !== data.begun) held.field.value = "";
  held.begun = data.begun;
  dress(held.field, { "aria-label": labels.field, placeholder: labels.field, maxlength: data.longest });
  held.field.disabled = Boolean(refused);
  held.send.textContent = busy ? labels.stop : labels.send;
  held.send.classList.toggle("busy", busy);
  held.send.disabled = Boolean(refused);
  held.again.textContent = labels.again;
  held.again.disabled = busy || !turns.length || Boolean(refused);
  held.fresh.textContent = labels.fresh;
  held.fresh.disabled = busy || !turns.length;
  held.why.textContent = refused;
}
