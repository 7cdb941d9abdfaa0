// The instruction: a sentence whose wishes are chosen where they stand.
import { make } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */

/** Make the sentence; `showInstruction` fills it. */
export function instruction() {
  const sentence = make("div", { class: "wishes", role: "group" });
  const read = make("p", { class: "read", translate: "no", lang: "fr" });
  const again = make("button", { type: "button", class: "again" });
  return {
    box: make("div", { class: "instruction" }, sentence, make("div", { class: "asked" }, read, again)),
    sentence,
    read,
    again,
  };
}

/** @param {Picture} ui */
export function showInstruction(ui) {
  const { instruction: shown, data, state } = ui;
  const { labels, wishes, hidden } = data;
  shown.sentence.setAttribute("aria-label", labels.instruction);
  const drawn = JSON.stringify(wishes);
  if (shown.sentence.dataset.drawn !== drawn) {
    shown.sentence.dataset.drawn = drawn;
    shown.sentence.replaceChildren(...wishes.map((wish) => choice(ui, wish)));
  }
  for (const select of shown.sentence.querySelectorAll("select")) {
    select.value = state.wishes[select.name] ?? "";
    select.classList.toggle("empty", !select.value);
  }
  const words = ui.isOld() ? "…" : labels.quoted.replace("%t", data.asked);
  if (shown.read.textContent !== words) shown.read.textContent = words;
  shown.again.textContent = labels.again;
  shown.again.onclick = () => ui.choose({ seed: ui.state.seed + 1 });
  shown.again.hidden = hidden.includes("tp_seed");
  shown.sentence.hidden = hidden.includes("tp_hero");
}

/**
 * One wish: what is asked for, or nothing.
 * @param {Picture} ui
 * @param {import("./picture.js").Wish} wish
 */
function choice(ui, { name, before, options }) {
  const select = make("select", { name, "aria-label": before });
  select.append(...options.map(([value, words]) => make("option", { value }, words)));
  select.onchange = () => ui.choose({ wishes: { ...ui.state.wishes, [name]: select.value } });
  return make("label", { class: "wish" }, make("span", {}, before), select);
}
