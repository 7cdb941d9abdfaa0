// The hands beside the ruler: another draw of the examples, and the calibration of the prompts.
import { make, writeWhole } from "../in_browser/base.js";
import { listenToWords } from "./boxes.js";
import { listenToCosts } from "./costs.js";
import { shareOf } from "./measured.js";

/** @import { Picture } from "./picture.js" */

/** Make the hands; `listen` gives them something to move. */
export function hands() {
  const title = make("div", { class: "sorted", "aria-live": "polite" });
  const draw = make("button", { type: "button", class: "draw" });
  const calibrated = make("input", { type: "checkbox", role: "switch" });
  const words = make("span");
  const calibration = make("label", { class: "switch" }, calibrated, words);
  const head = make("div", { class: "head" }, title, make("div", { class: "tools" }, draw, calibration));
  const said = make("p", { class: "wording", translate: "no", lang: "en" });
  return { head, title, draw, calibrated, calibration, words, said };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { chart, hands: held } = ui;
  chart.range.oninput = () => ui.choose({ examples: ui.data.counts[Number(chart.range.value)] });
  held.draw.onclick = () => {
    const draws = ui.state.way === "zero_shot" ? ui.data.wordings.length : ui.data.draws;
    ui.choose({ draw: (ui.state.draw + 1) % draws });
  };
  held.calibrated.onchange = () => ui.choose({ calibrated: held.calibrated.checked });
  listenToCosts(ui);
  listenToWords(ui);
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { hands: held, data, state, right } = ui;
  const { labels, hidden, lang } = data;
  const sorted = ui.sorted();
  const good = sorted ? writeWhole(Math.round(shareOf(sorted, right) * right.length), lang) : "?";
  const words = labels.sorted.replace("%w", labels.wayNames[state.way]).replace("%g", good);
  if (held.title.textContent !== words) held.title.textContent = words;
  const isWorded = state.way === "zero_shot";
  const draws = isWorded ? data.wordings.length : data.draws;
  held.draw.textContent = labels[isWorded ? "wording" : "draw"]
    .replace("%n", String((state.draw % draws) + 1))
    .replace("%a", String(draws));
  held.said.textContent = isWorded ? labels.quoted.replace("%t", data.wordings[state.draw % draws]) : "";
  held.draw.title = labels.drawTitle;
  held.calibrated.checked = state.calibrated;
  held.words.textContent = labels.calibrated;
  held.draw.hidden = hidden.includes("ways_draw");
  held.calibration.hidden = hidden.includes("ways_calibrated");
  ui.chart.rail.hidden = hidden.includes("ways_examples");
}
