// The cards of sampling: a slider each, and what its step cuts from the choice before it.
import { softmax } from "../in_browser/arrays.js";
import { COLOURS, make, withTerms, writeNumber, writePercent } from "../in_browser/base.js";
import { likeliest } from "./sampling.js";

/** @import { Term } from "../in_browser/base.js" */
/** @import { Sampling, Step } from "./sampling.js" */
/** @typedef {ReturnType<typeof card>} Card */
/** @typedef {{ labels: Record<string, string>, lang: string, terms: Term[] }} Words */

/** What the slider of top-k stands on; 0 keeps all. */
const KS = [1, 2, 3, 5, 10, 15, 20, 40, 50, 100, 200, 500, 1000, 0];
/**
 * Each card's slider, the setting that changes nothing, and whether it stands with the advanced ones.
 * @type {Record<Step, { limits: [low: number, high: number, step: number], idle: number, isAdvanced?: boolean }>}
 */
const CARDS = {
  temperature: { limits: [0, 2, 0.01], idle: 1 },
  top_k: { limits: [0, KS.length - 1, 1], idle: 0 },
  top_p: { limits: [0, 1, 0.01], idle: 1 },
  min_p: { limits: [0, 0.5, 0.01], idle: 0, isAdvanced: true },
  repetition_penalty: { limits: [1, 2, 0.05], idle: 1, isAdvanced: true },
};
/** Tokens in a card's strip, and the size of each one's bar. */
const [STRIP, STRIP_WIDTH, STRIP_HEIGHT] = [48, 5, 34];

/**
 * Make all cards in a column, the advanced ones folded.
 * @param {(step: Step, setting: number) => void} moved called at every move of a slider
 */
export function cards(moved) {
  const summary = make("summary");
  const more = make("details", { class: "folds" }, summary);
  const element = make("div", { class: "cards" });
  const all = /** @type {Record<Step, Card>} */ ({});
  for (const step of steps()) {
    all[step] = card(step);
    all[step].input.oninput = () => {
      const place = Number(all[step].input.value);
      moved(step, step === "top_k" ? KS[place] : place);
    };
    (CARDS[step].isAdvanced ? more : element).append(all[step].box);
  }
  element.append(more);
  return { element, all, more, summary };
}

/** @param {Step} step */
function card(step) {
  const [min, max, by] = CARDS[step].limits;
  const id = `card-${step}-${Math.random().toString(36).slice(2)}`;
  const label = make("label", { for: id });
  const value = make("output", { for: id });
  const input = make("input", { type: "range", min, max, step: by, id });
  const strip = make("canvas", { width: STRIP * STRIP_WIDTH, height: STRIP_HEIGHT, role: "img" });
  const said = make("small");
  return {
    // A phone shows the temperature first.
    box: make(
      "div",
      { class: `card ${step} ${step === "temperature" ? "" : "folds"}` },
      label,
      value,
      input,
      strip,
      said,
    ),
    label,
    value,
    input,
    strip,
    said,
  };
}

export function steps() {
  return /** @type {Step[]} */ (Object.keys(CARDS));
}

/**
 * Show where a card's slider stands.
 * @param {Card} card
 * @param {Step} step
 * @param {number} setting
 * @param {Words} words
 */
export function showSetting({ label, value, input }, step, setting, { labels, lang, terms }) {
  const isK = step === "top_k";
  if (label.textContent !== labels[step]) label.replaceChildren(...withTerms(labels[step], terms));
  input.value = String(isK ? Math.max(0, KS.indexOf(setting)) : setting);
  value.textContent = isK ? (setting ? String(setting) : labels.all) : writeNumber(setting, lang);
  input.setAttribute("aria-valuetext", value.textContent);
}

/**
 * Say what a step cuts, and show it: the likeliest tokens before it, and after.
 * @param {Card} card
 * @param {Step} step
 * @param {Sampling} sampling
 * @param {{ before: Float64Array, after: Float64Array }} logits
 * @param {Words} words
 */
export function showCut({ strip, said }, step, sampling, { before, after }, { labels, lang }) {
  const [chances, then] = [softmax(before), softmax(after)];
  const isCut = (/** @type {number} */ token) =>
    after[token] === Number.NEGATIVE_INFINITY && before[token] !== Number.NEGATIVE_INFINITY;
  let cut = 0;
  let share = 0;
  for (let token = 0; token < chances.length; token++) {
    if (!isCut(token)) continue;
    cut++;
    share += chances[token];
  }
  const cuts = labels.cut.replace("%n", writeNumber(cut, lang, 0)).replace("%p", writePercent(share, lang));
  said.textContent = CARDS[step].idle === sampling[step] ? labels.idle : cut ? cuts : labels.keeps;
  strip.setAttribute("aria-label", `${labels[step]} : ${said.textContent}`);

  const context = /** @type {CanvasRenderingContext2D} */ (strip.getContext("2d"));
  context.clearRect(0, 0, strip.width, strip.height);
  likeliest(chances, STRIP).forEach((token, place) => {
    const height = (/** @type {number} */ chance) => Math.sqrt(chance) * STRIP_HEIGHT; // small ones stay visible
    const [was, is] = [height(chances[token]), height(then[token])];
    context.fillStyle = isCut(token) ? COLOURS.negative : COLOURS.pale;
    context.fillRect(place * STRIP_WIDTH, STRIP_HEIGHT - was, 4, was);
    context.fillStyle = COLOURS.positive;
    context.fillRect(place * STRIP_WIDTH + 1, STRIP_HEIGHT - is, 2, is);
  });
}
