// A show of hands: the teacher clicks an option once for each hand, or types their number; the bars answer.
import { clamp, make, pictureIn } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";

/** @import { Component } from "../in_browser/base.js" */
/** @typedef {{ id: number, text: string }} Option */
/** @typedef {{ options: Option[], right: number[], labels: { hands: string, right: string } }} Data */
/** @typedef {ReturnType<typeof build>} Picture */

/** More hands than any class has. */
const MOST = 999;

/** @param {Component<Data>} component */
export default function (component) {
  const { data, setStateValue } = component;
  const ui = pictureIn(component, build);
  ui.tell = () => setStateValue("counts", Object.fromEntries(ui.counts));
  ui.data = data;
  const wanted = JSON.stringify(data);
  if (ui.built === wanted) return;
  ui.built = wanted;
  ui.list.replaceChildren(...data.options.map((option) => row(ui, option)));
  show(ui);
}

/**
 * @param {HTMLElement} root
 * @param {Data} data
 */
function build(root, data) {
  const list = make("ul");
  root.append(list);
  const ui = {
    list,
    data,
    built: "",
    /** Hands by option: they stay until the page is left. */
    counts: /** @type {Map<number, number>} */ (new Map()),
    bars: /** @type {Map<number, { bar: HTMLElement, input: HTMLInputElement }>} */ (new Map()),
    tell() {},
    told: patient(() => ui.tell()),
  };
  return ui;
}

/**
 * @param {Picture} ui
 * @param {Option} option
 */
function row(ui, { id, text }) {
  const { labels, right } = ui.data;
  const bar = make("span", { class: "bar", "aria-hidden": "true" });
  const words = make("span", { class: "words" }, text);
  const attributes = { type: "number", min: 0, max: MOST, inputmode: "numeric" };
  const input = make("input", { ...attributes, "aria-label": `${labels.hands}, ${text}` });
  /** @param {number} count */
  const set = (count) => {
    ui.counts.set(id, clamp(Math.round(count) || 0, 0, MOST));
    show(ui);
    ui.told.soon();
  };
  words.onclick = () => set((ui.counts.get(id) ?? 0) + 1);
  input.oninput = () => set(Number(input.value));
  ui.bars.set(id, { bar, input });
  const isRight = right.includes(id);
  const item = make("li", { class: isRight ? "right" : right.length ? "wrong" : "" }, bar, words, input);
  if (isRight) words.append(make("b", { role: "img", "aria-label": labels.right }, " ✓"));
  return item;
}

/** @param {Picture} ui */
function show({ bars, counts }) {
  const most = Math.max(1, ...counts.values());
  for (const [id, { bar, input }] of bars) {
    const count = counts.get(id) ?? 0;
    bar.style.width = `${(100 * count) / most}%`;
    if (Number(input.value) !== count || input.value === "") input.value = String(count);
  }
}
