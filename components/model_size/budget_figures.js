// The figures of a split, each with its formula one click away; and in words, whether another split would be better.
import { make, writeNumber, writePercent, writeShort } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { asked } from "./budget_bets.js";
import { bestOf, DAY, daysOf, lossOf, reachOf, tokensOf } from "./budget_law.js";
import { writeCount, writeDays, writePower, writeSpan } from "./budget_words.js";

/** @import { Picture } from "./budget.js" */

const FIGURES = /** @type {const} */ (["size", "tokens", "ratio", "ops", "loss", "days"]);
/** @typedef {typeof FIGURES[number]} Figure */
/** @typedef {{ value: string, under: string, formula: string }} Told */

/** Two losses nearer than this are the same for who reads three decimals. */
const SAME = 0.0005;

/** @param {Picture} ui */
function told({ state, data, isBetting, card, law }) {
  const { labels, lang } = data;
  const { ops, size } = state;
  const tokens = tokensOf(ops, size);
  const [c, n, d] = [ops, size, tokens].map((value) => writePower(value, lang));
  const ratio = isBetting ? "?" : writeShort(tokens / size, lang, 3);
  const reach = reachOf(ops, size, data.limits);
  const isSilent = isBetting || reach === "nothing";
  const { floor, a, b, alpha, beta } = law();
  const terms = [a * size ** -alpha, b * tokens ** -beta];
  const sum = [floor, ...terms].map((term) => writeNumber(term, lang, 3)).join(" + ");
  const [na, nb] = [alpha, beta].map((power) => writeShort(power, lang, 4));
  const loss = isSilent ? "?" : writeNumber(lossOf(law(), ops, size), lang, 3);
  const days = daysOf(ops, card().rate, state.share);
  const daysWords = writeDays(days, lang, labels.counts);
  const share = writePercent(state.share / 100, lang, 0);
  const rate = `${writePower(card().rate, lang, 4)} × ${share} × ${writeNumber(DAY, lang, 0)}`;
  /** @type {Record<Figure, Told>} */
  const all = {
    size: { value: writeCount(size, lang, labels.counts), under: "N", formula: labels.sizeFormula },
    tokens: {
      value: writeCount(tokens, lang, labels.counts),
      under: "D",
      formula: `D = C / (6·N) = ${c} / (6 × ${n}) = ${d}`,
    },
    ratio: { value: ratio, under: "D / N", formula: `D / N = ${d} / ${n} = ${ratio}` },
    ops: {
      value: writePower(ops, lang),
      under: "C",
      formula: `C = 6·N·D = 6 × ${n} × ${d} = ${c} — ${labels.opsFormula}`,
    },
    loss: {
      value: loss,
      under: isSilent ? "" : labels[reach],
      formula:
        `E + A / N^{α} + B / D^{β} = ${writeShort(floor, lang, 5)} + ${writeShort(a, lang, 6)} / N^{${na}} + ` +
        `${writeShort(b, lang, 6)} / D^{${nb}}${isSilent ? "" : ` = ${sum} = ${loss}`}`,
    },
    days: {
      value: daysWords,
      under: labels.oneCard.replace("%k", card().name).replace("%t", writeSpan(days, lang, labels.spans)),
      formula:
        `${labels.daysFormula} = ${c} / (${rate}) = ${daysWords} — ` +
        labels.sheet.replace("%s", card().source).replace("%k", card().kind),
    },
  };
  return all;
}

/** Make the row of figures; `showFigures` fills it. */
export function figures() {
  const row = make("div", { class: "figures", role: "radiogroup" });
  const formula = make("p", { class: "formula", "aria-live": "polite" });
  const buttons = FIGURES.map((name) => {
    const parts = { label: make("span", { class: "label" }), value: make("b"), under: make("small") };
    const button = make("button", { type: "button", class: `figure ${name}`, role: "radio", "data-figure": name });
    button.append(parts.label, parts.value, parts.under);
    row.append(button);
    return { button, ...parts };
  });
  return { row, formula, buttons };
}

/** @param {Picture} ui */
export function listenFigures(ui) {
  FIGURES.forEach((name, at) => {
    const { button } = ui.figures.buttons[at];
    button.onclick = () => ui.choose({ figure: name });
    button.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
      if (!by) return;
      const next = (at + by + FIGURES.length) % FIGURES.length;
      ui.choose({ figure: FIGURES[next] });
      ui.figures.buttons[next].button.focus();
    };
  });
}

/** @param {Picture} ui */
export function showFigures(ui) {
  const { figures: shown, state, data } = ui;
  const all = told(ui);
  shown.row.setAttribute("aria-label", data.labels.figuresOf);
  FIGURES.forEach((name, at) => {
    const { button, label, value, under } = shown.buttons[at];
    label.textContent = data.labels.figures[name];
    value.textContent = all[name].value;
    under.textContent = all[name].under;
    button.setAttribute("aria-checked", String(state.figure === name));
    button.tabIndex = state.figure === name ? 0 : -1;
  });
  const parts = all[state.figure].formula.split(/\^\{([^}]*)\}/);
  shown.formula.replaceChildren(...parts.map((part, at) => (at % 2 ? make("sup", {}, part) : part)));
}

/**
 * What the law says of the split under the finger, beside the known one and the best.
 * @param {Picture} ui
 */
export function showVerdict(ui) {
  const { data, state, verdict } = ui;
  const { labels, lang } = data;
  const loss = (/** @type {number} */ size) => lossOf(ui.law(), state.ops, size);
  const known = ui.known();
  const [here, best] = [loss(state.size), bestOf(ui.law(), state.ops)];
  const write = (/** @type {number} */ value) => writeNumber(value, lang, 3);
  const times = writeShort(Math.max(best / state.size, state.size / best), lang, 2);
  const over = here - loss(best);
  let [kind, words] = ["far", state.size > best ? labels.tooLarge : labels.tooSmall];
  if (ui.isBetting) [kind, words] = ["bet", asked(ui)];
  else if (state.ops < data.limits.least) [kind, words] = ["silent", labels.silentWhy];
  else if (over < 2 * SAME) [kind, words] = ["best", labels.nearBest];
  if (known && kind !== "bet" && kind !== "silent" && known.parameters !== state.size) {
    const than =
      here < loss(known.parameters) - SAME ? "better" : here > loss(known.parameters) + SAME ? "worse" : "same";
    words += ` ${labels[than].replace("%l", write(loss(known.parameters)))}`;
  }
  words = words
    .replace("%h", write(here))
    .replace("%o", write(over))
    .replace("%x", times)
    .replaceAll("%k", known?.name ?? "");
  verdict.dataset.kind = kind;
  if (verdict.textContent !== words) verdict.textContent = words;
}
