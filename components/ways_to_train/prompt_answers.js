// What the model finds likely after the prompt: a bar a label as it says it, one after calibration, and a tick where it
// stands for a word that means nothing.
import { make, writePercent } from "../in_browser/base.js";

/** @import { Prompt } from "./prompt.js" */

/** Make the bars; `showAnswers` fills them. */
export function answers() {
  const title = make("p", { class: "asked" });
  const bars = make("div", { class: "bars", role: "list" });
  const key = make("p", { class: "key" });
  const note = make("p", { class: "note", "aria-live": "polite" });
  const measure = make("button", { type: "button", class: "measure" });
  const score = make("p", { class: "score", "aria-live": "polite" });
  const box = make("div", { class: "answers" }, title, bars, key, note, make("div", { class: "try" }, measure, score));
  return { box, title, bars, key, note, measure, score };
}

/** @param {Prompt} ui */
export function showAnswers(ui) {
  const { answers: shown, data, state } = ui;
  const { labels, lang, answer } = data;
  shown.title.textContent = labels.says.replace("%w", state.word || "…");
  showBars(ui);
  shown.key.replaceChildren(
    ...["raw", "calibrated", "free"].map((kind) =>
      make("span", {}, make("i", { class: `sample ${kind}` }), ` ${labels[kind]}`),
    ),
  );
  const told = answer ? labels.tokens.replace("%n", String(answer.tokens)) : "";
  const waits = data.busy === "answering" || ui.isOld() ? labels.waits : "";
  const words = waits || (answer ? `${told} ${labels.fallen}`.trim() : data.missing);
  if (shown.note.textContent !== words) shown.note.textContent = words;
  shown.measure.textContent = data.busy === "scoring" ? labels.scoring : labels.measure;
  shown.measure.disabled = Boolean(data.busy || data.missing);
  shown.measure.title = data.missing;
  const { score } = data;
  const said = score
    ? labels.score
        .replace("%r", writePercent(score.raw / score.words, lang, 0))
        .replace("%c", writePercent(score.calibrated / score.words, lang, 0))
    : "";
  const whole = said && `${said} ${data.beside}`;
  if (shown.score.textContent !== whole) shown.score.textContent = whole;
}

/** @param {Prompt} ui */
function showBars(ui) {
  const { answers: shown, data } = ui;
  const { boxes, called, answer, lang } = data;
  if (shown.bars.children.length !== boxes.length) shown.bars.replaceChildren(...boxes.map(() => row()));
  shown.bars.classList.toggle("old", ui.isOld());
  const best = answer ? answer.calibrated.indexOf(Math.max(...answer.calibrated)) : -1;
  [...shown.bars.children].forEach((line, at) => {
    const [name, rail, value] = line.children;
    name.textContent = called[at];
    line.classList.toggle("best", at === best);
    const [calibrated, raw, free] = /** @type {HTMLElement[]} */ ([...rail.children]);
    calibrated.style.width = `${100 * (answer?.calibrated[at] ?? 0)}%`;
    raw.style.width = `${100 * (answer?.raw[at] ?? 0)}%`;
    free.style.left = `${100 * (answer?.free[at] ?? 0)}%`;
    free.hidden = !answer;
    value.textContent = answer ? writePercent(answer.calibrated[at], lang, 0) : "–";
  });
}

function row() {
  const rail = make(
    "span",
    { class: "rail" },
    make("i", { class: "bar calibrated" }),
    make("i", { class: "bar raw" }),
    make("i", { class: "tick free" }),
  );
  return make("div", { class: "line", role: "listitem" }, make("b"), rail, make("span", { class: "value" }));
}
