// A text as chips: the words above, the numbers below. Tokens that share a character stand under it, side by side.
import { make } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { groupsOf, hexadecimal, LOST, startsOf, visible } from "./pieces.js";

/** @import { Group, Tokens } from "./pieces.js" */

/** Groups that are drawn at once; the next ones when the box is scrolled to its end. */
const AT_ONCE = 300;
/** Colours; chips.css has as many. */
const HUES = 6;
/** Bytes that are written of one token, at most. */
const MOST_BYTES = 12;

/**
 * @typedef {object} Shown what is chosen and drawn
 * @property {string} text
 * @property {Tokens} tokens
 * @property {boolean} isNumbers only the numbers
 * @property {boolean} isWords its number 0 is a word that the list does not hold
 * @property {Record<string, string>} labels
 */

/** Make the box; `show` fills it. */
export function chips() {
  const box = make("div", { class: "chips", role: "group", tabindex: 0, translate: "no", lang: "" });
  const about = make("output", { class: "about" });
  /** @type {Group[]} */
  let groups = [];
  /** @type {Shown | undefined} */
  let shown;
  let starts = new Int32Array(0);
  let drawn = 0;
  let pointed = -1;
  let isWhole = true;

  /** @param {number} at @returns {HTMLElement | null} */
  const cellOf = (at) => box.querySelector(`[data-at="${at}"]`);

  /** @param {Group} group */
  function element(group) {
    const { tokens, isNumbers } = /** @type {Shown} */ (shown);
    const cells = [];
    for (let at = group.first; at < group.last; at++) {
      const id = tokens.ids[at];
      const cell = make("span", { class: `cell hue${Math.abs(id) % HUES}`, "data-at": at, "data-id": id });
      if (id === LOST) cell.classList.add("lost");
      cell.textContent = id === LOST ? "–" : String(id);
      cells.push(cell);
    }
    const ids = make("span", { class: "ids" }, ...cells);
    const isOne = cells.length === 1;
    const words = make("span", { class: `words hue${isOne ? Math.abs(tokens.ids[group.first]) % HUES : "s"}` });
    words.textContent = visible(group.text);
    words.dir = "auto";
    if (isOne) words.dataset.of = String(group.first);
    const chip = make("span", { class: isOne ? "chip" : "chip several" }, ...(isNumbers ? [] : [words]), ids);
    return group.text.includes("\n") && !isNumbers ? [chip, make("br")] : [chip];
  }

  function drawMore() {
    const next = groups.slice(drawn, drawn + AT_ONCE);
    drawn += next.length;
    box.append(...next.flatMap(element));
    light();
  }

  function light() {
    for (const lit of box.querySelectorAll(".lit, .pointed")) lit.classList.remove("lit", "pointed");
    if (pointed < 0 || !shown) return;
    for (const cell of box.querySelectorAll(`[data-id="${shown.tokens.ids[pointed]}"]`)) cell.classList.add("lit");
    cellOf(pointed)?.classList.add("pointed");
  }

  function tell() {
    if (!shown) return;
    const { labels, tokens, text } = shown;
    const nothing = isWhole ? (tokens.ids.length ? labels.hint : labels.empty) : "";
    about.textContent = pointed < 0 ? nothing : described(pointed);
    box.classList.toggle("none", !text);
  }

  /** @param {number} at */
  function described(at) {
    const { labels, tokens, text, isWords } = /** @type {Shown} */ (shown);
    const group = groups.find(({ first, last }) => first <= at && at < last);
    const id = tokens.ids[at];
    const bytes = new TextEncoder().encode(text).slice(starts[at], starts[at] + tokens.lengths[at]);
    const part =
      group && group.last - group.first > 1
        ? labels.pieces.replace("%n", `${at - group.first + 1}/${group.last - group.first}`)
        : "";
    const few = hexadecimal(bytes.slice(0, MOST_BYTES)) + (bytes.length > MOST_BYTES ? " …" : "");
    const times = Array.prototype.filter.call(tokens.ids, (/** @type {number} */ other) => other === id).length;
    const form = id === LOST ? labels.lost : isWords && id === 0 ? labels.unknown : labels.token;
    return form
      .replace("%t", `${visible(group?.text ?? "")}${part && ` (${part})`}`)
      .replace("%i", String(id))
      .replace("%b", few)
      .replace("%n", `${times} ×`);
  }

  /** @param {number} at */
  function point(at) {
    if (!shown) return;
    pointed = Math.max(-1, Math.min(at, shown.tokens.ids.length - 1));
    while (drawn < groups.length && groups[drawn].first <= pointed) drawMore();
    light();
    tell();
  }

  box.onscroll = () => {
    if (drawn < groups.length && box.scrollTop + box.clientHeight > box.scrollHeight - 300) drawMore();
  };
  box.onpointerover = (event) => {
    const over = /** @type {HTMLElement} */ (event.target).closest("[data-at], [data-of]");
    if (over instanceof HTMLElement) point(Number(over.dataset.at ?? over.dataset.of));
  };
  box.onkeydown = (event) => {
    const by = meaningOf(event, { ArrowRight: 1, ArrowLeft: -1 });
    if (!by) return;
    point(Math.max(0, pointed + by));
    cellOf(pointed)?.scrollIntoView({ block: "nearest" });
  };

  return {
    box,
    about,
    point,
    /**
     * Draw a text; of a text that is being revealed, `up` to so many tokens.
     * @param {Shown} next
     * @param {number} [up]
     */
    show(next, up = Number.POSITIVE_INFINITY) {
      shown = next;
      groups = groupsOf(next.text, next.tokens).filter(({ last }) => last <= up);
      starts = startsOf(next.tokens);
      box.setAttribute("aria-label", next.labels.chips);
      box.classList.toggle("numbers", next.isNumbers);
      box.replaceChildren();
      [drawn, pointed, isWhole] = [0, -1, up >= next.tokens.ids.length];
      drawMore();
      const end = groups.at(-1);
      if (!isWhole) {
        const behind = groups.reduce((sum, { text }) => sum + text.length, 0);
        box.append(make("span", { class: "plain" }, next.text.slice(behind)));
      } else if (!end && next.text) box.append(make("span", { class: "plain" }, next.text));
      tell();
    },
  };
}
