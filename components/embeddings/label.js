// A label as one-hot: ten cells, one of them 1; and what is left of the cross-entropy when nine factors are 0.
import { make, pictureIn, writeNumber, writePercent } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Component, Surroundings } from "../in_browser/base.js" */
/**
 * @typedef {object} Data
 * @property {number} label 0 to 9
 * @property {number} chance that the network gives to it, in hundredths
 * @property {boolean} slides whether the slider is shown
 * @property {Record<"picture" | "label" | "says" | "chance" | "term" | "loss" | "vector", string>} labels
 */
/** @typedef {ReturnType<typeof build>} Picture */

const CLASSES = 10;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  if (!ui.isShown || ui.data.label !== data.label) ui.label = data.label;
  if (!ui.isShown || ui.data.chance !== data.chance) ui.chance = data.chance;
  ui.data = data;
  ui.isShown = true;
  ui.tell = () => {
    setStateValue("label", ui.label);
    setStateValue("chance", ui.chance);
  };
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data & Surroundings} data
 */
function build(root, data) {
  const columns = Array.from({ length: CLASSES }, (_, digit) => column(digit));
  const range = make("input", { type: "range", min: 1, max: 99, step: 1 });
  const ui = {
    data,
    isShown: false,
    label: data.label,
    chance: data.chance,
    columns,
    range,
    names: ["label", "vector", "says", "term"].map((name) => make("span", { class: `name ${name}` })),
    slide: make("span"),
    code: make("code"),
    sum: make("output", { class: "sum" }),
    tell() {},
  };
  columns.forEach(({ button }, digit) => {
    button.onclick = () => choose(ui, digit);
    button.onkeydown = (event) => {
      const by = meaningOf(event, { ArrowRight: 1, ArrowLeft: -1 });
      if (by) choose(ui, (digit + by + CLASSES) % CLASSES);
    };
  });
  range.oninput = () => {
    ui.chance = Number(range.value);
    show(ui);
  };
  range.onchange = () => ui.tell();
  const grid = make("div", { class: "grid", role: "group" }, make("div", { class: "column" }, ...ui.names));
  grid.append(...columns.map(({ element }) => element));
  root.append(grid, ui.code, make("label", { class: "slide" }, ui.slide, range), ui.sum);
  return ui;
}

/** @param {number} digit */
function column(digit) {
  const button = make("button", { type: "button" }, String(digit));
  const [cell, fill, chance, term] = [
    make("span", { class: "cell" }),
    make("span", { class: "fill" }),
    make("span", { class: "chance" }),
    make("span", { class: "term" }),
  ];
  const bar = make("span", { class: "bar" }, chance, fill);
  return { element: make("div", { class: "column" }, button, cell, bar, term), button, cell, fill, chance, term };
}

/**
 * @param {Picture} ui
 * @param {number} digit
 */
function choose(ui, digit) {
  ui.label = digit;
  show(ui);
  ui.columns[digit].button.focus();
  ui.tell();
}

/** @param {Picture} ui */
function show({ data, label, chance, columns, names, range, slide, code, sum }) {
  const { labels, lang, slides } = data;
  const right = chance / 100;
  ["label", "vector", "says", "term"].forEach((name, i) => {
    names[i].textContent = labels[/** @type {"label" | "vector" | "says" | "term"} */ (name)];
  });
  columns.forEach(({ element, button, cell, fill, chance: said, term }, digit) => {
    const isRight = digit === label;
    const p = isRight ? right : (1 - right) / (CLASSES - 1);
    element.classList.toggle("lit", isRight);
    button.setAttribute("aria-pressed", String(isRight));
    button.tabIndex = isRight ? 0 : -1;
    cell.textContent = isRight ? "1" : "0";
    fill.style.height = `${100 * p}%`;
    said.textContent = writePercent(p, lang, 0);
    term.textContent = isRight ? `1 × ${writeNumber(-Math.log(p), lang)}` : "0";
  });
  const vector = Array.from({ length: CLASSES }, (_, digit) => (digit === label ? "1." : "0."));
  code.textContent = `to_categorical(${label}, 10)  →  [${vector.join(", ")}]`;
  slide.textContent = labels.chance.replace("%d", String(label)).replace("%s", writePercent(right, lang, 0));
  range.value = String(chance);
  range.setAttribute("aria-label", slide.textContent);
  range.disabled = !slides;
  sum.textContent = labels.loss.replace("%d", String(label)).replace("%s", writeNumber(-Math.log(right), lang));
}
