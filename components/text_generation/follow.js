// One token followed through the blocks: its vector's change, whom its heads look at, what would be said there.
import { clamp, make, pictureIn, writeNumber, writePercent } from "../in_browser/base.js";
import { transport } from "../in_browser/transport.js";
import { visible, writeShare } from "./bars.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @import { TransportLabels } from "../in_browser/transport.js" */
/**
 * @typedef {object} Stage the followed token's vector at one place of the model
 * @property {number} norm its length
 * @property {number} moved how far it is from the stage before
 * @property {number} cosine of the angle between the two
 * @property {number[][]} heads for each head of the block, how much it looks at each token
 * @property {string[]} said the likeliest next tokens if the model ended here
 * @property {number[]} chances their probabilities
 */
/**
 * @typedef {object} Data
 * @property {string[]} tokens of the text
 * @property {number} at the followed one
 * @property {Stage[]} stages
 * @property {string} run which text and token: another one begins at the first stage
 * @property {TransportLabels} transport
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

/** Milliseconds for each stage while it plays. */
const PACE = 1600;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.data = data;
  ui.choose = (token) => setStateValue("token", token);
  ui.way.follow({
    run: data.run,
    moments: data.stages.length,
    at: data.stages.length - 1,
    pace: PACE,
    labels: data.transport,
    show: (stage) => {
      draw(ui, stage);
      return name(data, stage);
    },
    tell() {},
  });
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    /** The head that is looked at; below zero all of them, on average. */
    head: -1,
    way: transport(),
    text: make("div", { class: "text", role: "group" }),
    heads: make("div", { class: "heads", role: "group" }),
    stages: make("ol", { class: "stages" }),
    title: make("h4"),
    said: make("div", { class: "lens" }),
    choose(/** @type {number} */ _token) {},
  };
  const below = make("div", { class: "both" }, ui.stages, make("div", {}, ui.title, ui.said));
  root.append(ui.way.element, ui.heads, ui.text, below);
  return ui;
}

/**
 * @param {Data} data
 * @param {number} stage
 */
function name({ labels, stages }, stage) {
  if (stage === 0) return labels.embedding;
  return labels.block.replace("%n", String(stage)).replace("%of", String(stages.length - 1));
}

/**
 * @param {Picture} ui
 * @param {number} at
 */
function draw(ui, at) {
  const { data } = ui;
  const stage = data.stages[at];
  drawHeads(ui, at);
  drawText(ui, stage);
  drawStages(ui, at);
  ui.title.textContent = data.labels.lens;
  ui.said.replaceChildren(...stage.said.map((word, place) => bar(ui, word, stage.chances[place])));
}

/**
 * The heads of the block, to be chosen.
 * @param {Picture} ui
 * @param {number} at
 */
function drawHeads(ui, at) {
  const { labels, stages } = ui.data;
  const count = stages[at].heads.length;
  ui.heads.setAttribute("aria-label", labels.heads);
  const names = [labels.mean, ...stages[at].heads.map((_, head) => labels.head.replace("%n", String(head + 1)))];
  const buttons = names.map((text, place) => {
    const isChosen = place - 1 === (ui.head < count ? ui.head : -1);
    const button = make("button", { type: "button", class: "key", "aria-pressed": String(isChosen) }, text);
    button.onclick = () => {
      ui.head = place - 1;
      ui.way.go(ui.way.at());
      /** @type {HTMLElement | undefined} */ (ui.heads.querySelectorAll("button")[place])?.focus();
    };
    return button;
  });
  ui.heads.replaceChildren(...(count ? buttons : [make("span", { class: "none" }, labels.alone)]));
}

/**
 * Return the words for a token that is no text but a mark, such as the end of a message; null for text.
 * @param {string} word
 * @param {Record<string, string>} labels
 * @param {boolean} [isFirst] the mark that ends a text also stands before it
 */
function mark(word, labels, isFirst = false) {
  if (word === "<|im_start|>") return labels.message;
  if (word === "<|im_end|>") return labels.over;
  if (!word.startsWith("<|")) return null;
  return isFirst ? labels.start : labels.end;
}

/**
 * The text, each token as dark as it is looked at; nothing behind the followed one can be.
 * @param {Picture} ui
 * @param {Stage} stage
 */
function drawText({ data, text, head, choose }, { heads }) {
  const { tokens, at, labels, lang } = data;
  text.setAttribute("aria-label", labels.text);
  const shown = heads.length > head ? head : -1;
  const weight = (/** @type {number} */ token) => {
    if (!heads.length || token > at) return 0;
    return shown < 0 ? heads.reduce((sum, one) => sum + one[token] / heads.length, 0) : heads[shown][token];
  };
  const focused = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (text.getRootNode()).activeElement)
    ?.dataset.token;
  text.replaceChildren(
    ...tokens.map((word, token) => {
      const share = weight(token);
      const written = mark(word, labels, !token) ?? visible(word).replace("␣", " ");
      const title = token > at ? labels.later : labels.weight.replace("%p", writePercent(share, lang, 0));
      const kind = token === at ? "token followed" : token > at ? "token later" : "token";
      const button = make("button", { type: "button", class: kind, title, "data-token": token }, written);
      button.style.setProperty("--share", `${Math.round(100 * clamp(Math.sqrt(share), 0, 1))}%`);
      if (token === at) button.setAttribute("aria-current", "true");
      button.onclick = () => choose(token);
      return button;
    }),
  );
  if (focused) /** @type {HTMLElement | null} */ (text.querySelector(`[data-token="${focused}"]`))?.focus();
}

/**
 * All stages under each other: how far the vector moved there, and what it would say first.
 * @param {Picture} ui
 * @param {number} here
 */
function drawStages({ data, stages, way }, here) {
  const { labels, lang } = data;
  const longest = Math.max(...data.stages.map(({ moved }) => moved), 1e-9);
  const rows = data.stages.map((stage, at) => {
    const button = make("button", { type: "button", class: at === here ? "stage here" : "stage" });
    if (at === here) button.setAttribute("aria-current", "step");
    button.onclick = () => {
      way.stop();
      way.go(at);
      /** @type {HTMLElement | undefined} */ (stages.querySelectorAll("button")[at])?.focus();
    };
    const moved = at
      ? labels.moved.replace("%m", writeNumber(stage.moved, lang, 1)).replace("%c", writeNumber(stage.cosine, lang, 2))
      : labels.length.replace("%m", writeNumber(stage.norm, lang, 1));
    const fill = make("span", { class: "fill", style: `width: ${(100 * (at ? stage.moved : 0)) / longest}%` });
    const first = make("span", { class: "word" }, mark(stage.said[0], labels) ?? visible(stage.said[0]));
    button.append(make("b", {}, name(data, at)), first, make("span", { class: "bed" }, fill), make("small", {}, moved));
    return make("li", {}, button);
  });
  stages.replaceChildren(...rows);
}

/**
 * @param {Picture} ui
 * @param {string} word
 * @param {number} chance
 */
function bar({ data }, word, chance) {
  const fill = make("span", { class: "fill", style: `width: ${100 * chance}%` });
  const written = mark(word, data.labels) ?? visible(word);
  return make(
    "div",
    { class: "row" },
    make("span", { class: "word" }, written),
    make("span", { class: "bed" }, fill),
    make("span", { class: "value" }, writeShare(chance, data.lang)),
  );
}
