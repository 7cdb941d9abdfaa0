// The text that grows: its chips stay where they are, new ones come behind them.
import { chip } from "../chip.js";
import { make } from "../in_browser/base.js";

/** @import { Group } from "../chip.js" */
/** @typedef {ReturnType<typeof growing>} Growing */

/** Make the box of a text. */
export function growing() {
  return {
    box: make("div", { class: "text", role: "group" }),
    /** What each drawn group was drawn from. */
    drawn: /** @type {string[]} */ ([]),
    /** @type {(ChildNode)[][]} */
    elements: [],
  };
}

/**
 * Show the groups that end before a token; what stands there already is not drawn again.
 * @param {Growing} text
 * @param {Group[]} groups
 * @param {number} shown tokens that are to be seen
 * @param {{ labels: Record<string, string>, lang: string }} words
 * @param {((first: number) => void) | null} choose called with the first token of a clicked chip
 */
export function show(text, groups, shown, words, choose) {
  const { box } = text;
  box.setAttribute("aria-label", words.labels.text);
  const wanted = groups.filter((group) => (group.last ?? 0) <= shown);
  const keys = wanted.map((group) => JSON.stringify([group, words.lang, Boolean(choose)]));
  const differs = keys.findIndex((key, place) => key !== text.drawn[place]);
  const same = differs < 0 ? keys.length : differs;
  for (const element of text.elements.splice(same).flat()) element.remove();
  box.querySelector(".empty")?.remove();
  for (const group of wanted.slice(same)) {
    const added = chip(group, { mode: "probability", ...words }, choose);
    text.elements.push(added);
    box.append(...added);
  }
  text.drawn = keys;
  if (same < keys.length) box.scrollTop = box.scrollHeight;
  if (!wanted.length) box.append(make("span", { class: "empty" }, words.labels.empty));
}
