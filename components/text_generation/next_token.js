// The next token: cards of sampling and bars, recomputed here from the model's logits. The model is not asked again.
import { floatsOf, softmax } from "../in_browser/arrays.js";
import { COLOURS, make, pictureIn, writeNumber, writePercent } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { entropy, likeliest, process } from "./sampling.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { Sampling, Step } from "./sampling.js" */
/**
 * @typedef {object} Data
 * @property {string} logits base64 float32, the largest subtracted; empty while the model loads
 * @property {number} highest what was subtracted
 * @property {number[]} written tokens of the text so far
 * @property {Record<string, string>} vocabulary by token; not all, only those that can be shown
 * @property {number | null} end the token that ends a text
 * @property {boolean} choosable whether a bar can be chosen
 * @property {Sampling} sampling
 * @property {Record<Step | string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */
/** @typedef {ReturnType<typeof buildCard>} Card */

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
/** Milliseconds without a move after which Python learns the settings. */
const PAUSE = 350;
/** Bars, at a desk and on a wall. */
const [BARS, BARS_PROJECTED] = [15, 10];
/** Tokens in a card's strip, and the size of each one's bar. */
const [STRIP, STRIP_WIDTH, STRIP_HEIGHT] = [48, 5, 34];

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue, setTriggerValue } = component;
  const ui = pictureIn(component, build);
  ui.tell = () => setStateValue("sampling", { ...ui.sampling });
  ui.choose = (token) => setTriggerValue("token", token);
  const told = JSON.stringify(data.sampling);
  if (ui.told !== told && !ui.later.isWaiting()) ui.sampling = { ...data.sampling };
  ui.told = told;
  if (ui.packed !== data.logits) {
    ui.packed = data.logits;
    ui.logits = Float64Array.from(floatsOf(data.logits));
  }
  ui.data = data;
  draw(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const cards = /** @type {Record<Step, Card>} */ ({});
  const ui = {
    data,
    packed: "",
    logits: new Float64Array(),
    told: "",
    sampling: data.sampling,
    tell() {},
    choose(/** @type {number} */ _token) {},
    later: patient(() => ui.tell(), PAUSE),
    title: make("h4"),
    bars: make("div", { class: "bars" }),
    sums: make("p", { class: "sums", "aria-live": "polite" }),
    cards,
    advanced: make("summary"),
  };
  const more = make("details", {}, ui.advanced);
  const column = make("div", { class: "cards" });
  for (const step of steps()) {
    ui.cards[step] = buildCard(step);
    ui.cards[step].input.oninput = () => moved(ui, step);
    (CARDS[step].isAdvanced ? more : column).append(ui.cards[step].box);
  }
  column.append(more);
  root.append(make("div", { class: "both" }, make("div", { class: "right" }, ui.title, ui.bars, ui.sums), column));
  return ui;
}

/** @param {Step} step */
function buildCard(step) {
  const [min, max, by] = CARDS[step].limits;
  const id = `card-${step}-${Math.random().toString(36).slice(2)}`;
  const label = make("label", { for: id });
  const value = make("output", { for: id });
  const input = make("input", { type: "range", min, max, step: by, id });
  const strip = make("canvas", { width: STRIP * STRIP_WIDTH, height: STRIP_HEIGHT, role: "img" });
  const said = make("small");
  const box = make("div", { class: `card ${step}` }, label, value, input, strip, said);
  return { box, label, value, input, strip, said };
}

function steps() {
  return /** @type {Step[]} */ (Object.keys(CARDS));
}

/**
 * @param {Picture} ui
 * @param {Step} step
 */
function moved(ui, step) {
  const place = Number(ui.cards[step].input.value);
  ui.sampling[step] = step === "top_k" ? KS[place] : place;
  draw(ui);
  ui.later.soon();
}

/** @param {Picture} ui */
function draw(ui) {
  const { data, sampling } = ui;
  ui.title.textContent = data.labels.next;
  ui.advanced.textContent = data.labels.advanced;
  for (const step of steps()) showSetting(ui, step);
  ui.bars.replaceChildren();
  if (!ui.logits.length) {
    ui.sums.textContent = data.labels.nothing;
    return;
  }
  // The penalty needs the logits themselves; `highest` is what was subtracted to send them.
  const whole = ui.logits.map((value) => value + data.highest);
  const { stages, probabilities } = process(whole, sampling, data.written);
  for (const step of steps()) showCut(ui, step, stages[step]);
  showBars(ui, probabilities, softmax(ui.logits));
}

/**
 * @param {Picture} ui
 * @param {Step} step
 */
function showSetting({ data, sampling, cards }, step) {
  const { label, value, input } = cards[step];
  const setting = sampling[step];
  const isK = step === "top_k";
  label.textContent = data.labels[step];
  input.value = String(isK ? Math.max(0, KS.indexOf(setting)) : setting);
  value.textContent = isK ? (setting ? String(setting) : data.labels.all) : writeNumber(setting, data.lang);
  input.setAttribute("aria-valuetext", value.textContent);
}

/**
 * Say what a step cuts, and show it: the likeliest tokens before it, and after.
 * @param {Picture} ui
 * @param {Step} step
 * @param {{ before: Float64Array, after: Float64Array }} logits
 */
function showCut({ data, sampling, cards }, step, { before, after }) {
  const { labels, lang } = data;
  const { strip, said } = cards[step];
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

/**
 * @param {Picture} ui
 * @param {Float64Array} probabilities after every step
 * @param {Float64Array} model the model's own
 */
function showBars(ui, probabilities, model) {
  const { labels, lang, projection } = ui.data;
  const order = likeliest(probabilities, projection ? BARS_PROJECTED : BARS, model);
  const longest = Math.max(probabilities[order[0]], ...order.map((token) => model[token]), 1e-9);
  const rows = order.map((token) =>
    row(bar(ui, token, probabilities[token]), probabilities[token], lang, longest, model[token]),
  );
  const shown = order.filter((token) => probabilities[token] > 0);
  const others = probabilities.reduce((count, chance) => count + Number(chance > 0), -shown.length);
  const share = order.reduce((left, token) => left - probabilities[token], 1);
  const rest = make(
    "span",
    { class: "rest" },
    word(labels.rest.replace("%n", writeNumber(Math.max(0, others), lang, 0))),
  );
  ui.bars.replaceChildren(...rows, row(rest, Math.max(0, share), lang, longest));
  const bits = entropy(probabilities);
  ui.sums.textContent = labels.entropy
    .replace("%b", writeNumber(bits, lang))
    .replace("%c", writeNumber(2 ** bits, lang, 1));
}

/**
 * The button of a token, with its word.
 * @param {Picture} ui
 * @param {number} token
 * @param {number} chance
 */
function bar({ data, choose }, token, chance) {
  const { labels, lang, vocabulary, end, choosable } = data;
  const name = token === end ? labels.end : visible(vocabulary[token] ?? `#${token}`);
  const title = choosable ? labels.choose : "";
  const label = `${name} ${writePercent(chance, lang)}. ${title}`;
  const button = make("button", { title, "aria-label": label }, word(name));
  button.disabled = !choosable || token === end;
  button.onclick = () => choose(token);
  button.classList.toggle("gone", chance === 0);
  return button;
}

/** @param {string} text */
function word(text) {
  return make("span", { class: "word" }, text);
}

/**
 * A token with its spaces and line ends to be seen.
 * @param {string} text
 */
function visible(text) {
  return text.replace(/^ /, "␣").replaceAll("\u00a0", "⍽").replaceAll("\n", "⏎");
}

/**
 * Add to a bar what it shows: a length, a line where the model's own probability is, the share in words.
 * @param {HTMLElement} element
 * @param {number} chance
 * @param {string} lang
 * @param {number} longest the chance of a bar of full length
 * @param {number} [model] the model's own
 */
function row(element, chance, lang, longest, model) {
  const length = (/** @type {number} */ share) => `${Math.min(1, share / longest) * 100}%`;
  const bed = make("span", { class: "bed" }, make("span", { class: "fill", style: `width: ${length(chance)}` }));
  if (model !== undefined) bed.append(make("span", { class: "before", style: `left: ${length(model)}` }));
  element.append(bed, make("span", { class: "value" }, writeShare(chance, lang)));
  return element;
}

/**
 * A share that would be rounded to zero is written as less than a tenth of a percent.
 * @param {number} share
 * @param {string} lang
 */
function writeShare(share, lang) {
  return share > 0 && share < 0.0005 ? `< ${writePercent(0.001, lang)}` : writePercent(share, lang);
}
