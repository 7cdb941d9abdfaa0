// Keras' five lines: point at a number, and the picture shows which digits it was computed from, and when.
import { clamp, make, pictureIn, svg, writeNumber } from "../in_browser/base.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/** @typedef {"steps" | "accuracy" | "loss" | "val_accuracy" | "val_loss"} Kind */
/**
 * @typedef {object} Epoch
 * @property {string} line as printed
 * @property {number[]} accuracy of each batch, when it was learned from
 * @property {number[]} loss of each batch
 * @property {Record<"train_accuracy" | "train_loss" | "validation_accuracy" | "validation_loss", number>} after the epoch, network at rest
 */
/**
 * @typedef {object} Data
 * @property {Epoch[]} epochs
 * @property {Record<Kind, string>} words what each number is
 * @property {{ name: string, words: string, lit: Kind[] }[]} chain what happens to the data, and which numbers come from it
 * @property {Record<string, string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const NUMBER = /(\d+\/\d+)|(?<!\w)(val_accuracy|val_loss|accuracy|loss): ([\d.e-]+)/g;
const [WIDTH, HEIGHT] = [860, 250];
const [LEFT, END, RIGHT, TOP, BOTTOM] = [58, 640, 850, 16, 214];
const [TRAIN, VALIDATION] = ["#0072b2", "#e69f00"];

/** @param {Component<Data>} component */
export default function (component) {
  const ui = pictureIn(component, build);
  ui.data = component.data;
  const wanted = component.data.lang;
  if (ui.built !== wanted) print(ui);
  ui.built = wanted;
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const ui = {
    data,
    built: "",
    epoch: 0,
    kind: /** @type {Kind} */ ("accuracy"),
    lines: make("div", { class: "lines", role: "group" }),
    chain: make("ol", { class: "chain" }),
    batches: svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }),
    words: make("p", { class: "said", role: "status" }),
  };
  root.append(ui.lines, ui.words, ui.chain, ui.batches);
  return ui;
}

/**
 * Print the lines, each number a button.
 * @param {Picture} ui
 */
function print(ui) {
  const { data } = ui;
  ui.lines.setAttribute("aria-label", data.labels.log);
  ui.lines.replaceChildren(
    ...data.epochs.map(({ line }, epoch) => {
      const parts = [make("span", { class: "name" }, `Epoch ${epoch + 1}/${data.epochs.length}`), " "];
      let from = 0;
      for (const match of line.matchAll(NUMBER)) {
        parts.push(line.slice(from, match.index).replace(/━+/, "━━"));
        const kind = /** @type {Kind} */ (match[2] ?? "steps");
        parts.push(number(ui, epoch, kind, match[0]));
        from = match.index + match[0].length;
      }
      return make("div", { class: "line" }, ...parts, line.slice(from));
    }),
  );
  ui.chain.replaceChildren(
    ...data.chain.map(({ name, words }) => make("li", {}, make("code", {}, name), make("span", {}, words))),
  );
}

/**
 * @param {Picture} ui
 * @param {number} epoch
 * @param {Kind} kind
 * @param {string} words
 */
function number(ui, epoch, kind, words) {
  const button = make("button", { type: "button", class: kind, "data-at": `${epoch}-${kind}` }, words);
  const light = () => {
    [ui.epoch, ui.kind] = [epoch, kind];
    show(ui);
  };
  button.onpointerenter = (event) => {
    if (event.pointerType === "mouse") light();
  };
  button.onfocus = light;
  button.onclick = light;
  return button;
}

/** @param {Picture} ui */
function show(ui) {
  const { data, kind, epoch } = ui;
  for (const button of ui.lines.querySelectorAll("button")) {
    const isLit = button.dataset.at === `${epoch}-${kind}`;
    button.classList.toggle("lit", isLit);
    button.setAttribute("aria-pressed", String(isLit));
  }
  ui.words.textContent = data.words[kind];
  data.chain.forEach(({ lit }, at) => {
    ui.chain.children[at].classList.toggle("lit", lit.includes(kind));
  });
  showBatches(ui);
}

/**
 * An epoch from left to right: each batch as it was when the network learned from it, then the network at rest.
 * @param {Picture} ui
 */
function showBatches({ batches, data, epoch, kind }) {
  const { labels, lang } = /** @type {Data & Surroundings} */ (data);
  const { accuracy, loss, after } = data.epochs[epoch];
  const isLoss = kind === "loss" || kind === "val_loss";
  const measure = isLoss ? "loss" : "accuracy";
  const values = isLoss ? loss : accuracy;
  const [low, high] = isLoss ? [0, epoch ? 0.4 : 1] : [epoch ? 0.9 : 0.6, 1];
  const x = (/** @type {number} */ batch) => LEFT + ((batch + 0.5) / values.length) * (END - LEFT);
  const y = (/** @type {number} */ value) => BOTTOM - clamp((value - low) / (high - low), 0, 1) * (BOTTOM - TOP);
  const printed = Number(data.epochs[epoch].line.match(new RegExp(`(?<!\\w)${measure}: ([\\d.]+)`))?.[1]);
  const isDuring = !kind.startsWith("val_");
  const dots = values.map((value, batch) => svg("circle", { cx: x(batch), cy: y(value), r: 2.2, fill: TRAIN }));
  const write = (/** @type {number} */ value) => writeNumber(value, lang, 4);
  const mark = (
    /** @type {number} */ at,
    /** @type {number} */ value,
    /** @type {string} */ colour,
    /** @type {string} */ words,
  ) => [
    svg("path", { d: `M${at},${y(value) - 7}l7,7l-7,7l-7,-7Z`, fill: colour }),
    svg("text", { x: at + 12, y: y(value) + 4 }, words),
  ];
  const group = (/** @type {boolean} */ isLit, /** @type {(SVGElement)[]} */ ...parts) =>
    svg("g", { class: isLit ? "lit" : "unlit" }, ...parts);
  const ticks = [low, (low + high) / 2, high].flatMap((value) => [
    svg("line", { class: "grid", x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value) }),
    svg("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, writeNumber(value, lang, 2)),
  ]);
  const [trained, others] = [after[`train_${measure}`], after[`validation_${measure}`]];
  // The two marks of the network at rest stand side by side where they would cover each other.
  batches.setAttribute("aria-label", labels.batches);
  batches.replaceChildren(
    ...ticks,
    group(
      isDuring,
      ...dots,
      svg("line", { class: "mean", x1: LEFT, x2: END, y1: y(printed), y2: y(printed), stroke: TRAIN }),
      svg(
        "text",
        { class: "mean-words", x: END - 6, y: y(printed) + 18, "text-anchor": "end" },
        labels.mean.replace("%s", write(printed)),
      ),
    ),
    svg("line", { class: "rest", x1: END + 12, x2: END + 12, y1: TOP, y2: BOTTOM }),
    group(kind.startsWith("val_"), ...mark(END + 120, others, VALIDATION, write(others))),
    group(false, ...mark(END + 30, trained, TRAIN, write(trained))),
    svg("text", { class: "under", x: (LEFT + END) / 2, y: HEIGHT - 8, "text-anchor": "middle" }, labels.during),
    svg("text", { class: "under", x: (END + RIGHT) / 2 + 6, y: HEIGHT - 8, "text-anchor": "middle" }, labels.after),
  );
}
