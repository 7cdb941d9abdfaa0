// The words that nobody was taught, in the boxes where the chosen way puts them; those in a wrong one stand out.
import { dress, make, writeWhole } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";

/** @import { Picture, Word } from "./picture.js" */

/**
 * Make the boxes: the words exist once, and move from one to another.
 * @param {Word[]} words
 */
export function boxes(words) {
  const tags = words.map(({ english }, at) =>
    make("span", { class: "word", lang: "en", translate: "no", "data-at": at }, english),
  );
  const aside = make("div", { class: "unsorted" });
  return {
    box: make("div", { class: "boxes", role: "group", tabindex: 0 }),
    said: make("p", { class: "said", "aria-live": "polite" }),
    tags,
    aside,
    /** @type {{ box: HTMLElement, name: HTMLElement, count: HTMLElement, words: HTMLElement }[]} */
    rows: [],
    drawn: "",
  };
}

/** @param {Picture} ui */
export function listenToWords(ui) {
  const { box } = ui.boxes;
  const point = (/** @type {Event} */ event) => {
    const tag = /** @type {Element} */ (event.target).closest(".word");
    if (tag) pointAt(ui, Number(tag.getAttribute("data-at")));
  };
  box.onclick = point;
  box.onmouseover = point;
  box.onkeydown = (event) => {
    const by = meaningOf(event, { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });
    if (!by) return;
    const order = [...box.querySelectorAll(".word")].map((tag) => Number(tag.getAttribute("data-at")));
    const at = order.indexOf(ui.pointed);
    pointAt(ui, order[at < 0 ? 0 : (at + by + order.length) % order.length]);
  };
}

/** @param {Picture} ui */
export function showBoxes(ui) {
  const { boxes: shown, data, state } = ui;
  const sorted = ui.sorted();
  if (shown.rows.length !== data.boxes.length) makeRows(ui);
  shown.box.setAttribute("aria-label", data.labels.boxes);
  shown.rows.forEach(({ name }, at) => {
    name.textContent = data.boxes[at];
  });
  const drawn = JSON.stringify([state, sorted && Array.from(sorted)]);
  if (drawn !== shown.drawn) {
    shown.drawn = drawn;
    sort(ui, sorted);
  }
  say(ui);
}

/** @param {Picture} ui */
function makeRows(ui) {
  const { boxes: shown, data } = ui;
  shown.rows = data.boxes.map(() => {
    const [name, count] = [make("b", { class: "name" }), make("span", { class: "count" })];
    const words = make("div", { class: "words" });
    return {
      box: make("div", { class: "box" }, make("div", { class: "title" }, name, count), words),
      name,
      count,
      words,
    };
  });
  shown.box.replaceChildren(...shown.rows.map(({ box }) => box), shown.aside);
}

/**
 * Put every word into its box: the right ones first, in the order of the list.
 * @param {Picture} ui
 * @param {ArrayLike<number> | null} sorted
 */
function sort({ boxes: shown, data, right }, sorted) {
  shown.aside.hidden = sorted !== null;
  if (!sorted) shown.aside.replaceChildren(...shown.tags);
  shown.rows.forEach(({ count, words, box }, at) => {
    box.hidden = !sorted;
    if (!sorted) return;
    const here = shown.tags.map((_tag, word) => word).filter((word) => sorted[word] === at);
    const good = here.filter((word) => right[word] === at);
    const bad = here.filter((word) => right[word] !== at);
    for (const word of here) shown.tags[word].classList.toggle("wrong", right[word] !== at);
    words.replaceChildren(...[...good, ...bad].map((word) => shown.tags[word]));
    count.textContent = `${writeWhole(good.length, "en")} / ${writeWhole(right.filter((box_) => box_ === at).length, "en")}`;
    dress(count, { title: data.labels.boxCount });
  });
  if (!sorted) for (const tag of shown.tags) tag.classList.remove("wrong");
}

/**
 * @param {Picture} ui
 * @param {number} word
 */
function pointAt(ui, word) {
  if (word === ui.pointed) return;
  ui.boxes.tags[ui.pointed]?.classList.remove("pointed");
  ui.pointed = word;
  ui.boxes.tags[word].classList.add("pointed");
  say(ui);
}

/**
 * What the word that is pointed at is, and where it was put.
 * @param {Picture} ui
 */
function say({ boxes: shown, data, pointed, right, sorted }) {
  const { labels, words } = data;
  const now = sorted();
  let said = labels.hint;
  if (pointed >= 0) {
    const { english, french } = words[pointed];
    const [put, belongs] = [now?.[pointed], right[pointed]];
    const verdict = put === undefined ? labels.unsorted : put === belongs ? labels.good : labels.bad;
    said = verdict
      .replace("%w", data.lang === "fr" ? `${english} (${french})` : english)
      .replace("%p", data.boxes[put ?? 0])
      .replace("%b", data.boxes[belongs]);
  }
  if (shown.said.textContent !== said) shown.said.textContent = said;
}
