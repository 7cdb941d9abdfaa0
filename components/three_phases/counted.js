// A pair of instruction and answer as tokens: which ones the loss counts.
import { make, pictureIn } from "../in_browser/base.js";

/** @import { Component } from "../in_browser/base.js" */
/** @typedef {{ tokens: { text: string, counts: boolean }[], said: string, label: string }} Data */

/** @param {Component<Data>} component */
export default function (component) {
  const { data } = component;
  const ui = pictureIn(component, build);
  ui.text.setAttribute("aria-label", data.label);
  ui.text.replaceChildren(
    ...data.tokens.map(({ text, counts }) => make("span", { class: counts ? "token counts" : "token" }, text)),
  );
  ui.said.textContent = data.said;
}

/** @param {HTMLElement} root */
function build(root) {
  const text = make("div", { class: "text", role: "img", translate: "no", lang: "fr" });
  const said = make("p", { class: "said" });
  root.append(text, said);
  return { text, said };
}
