// A text whose tokens are coloured where it stands: colours and lines take no room, so nothing moves when tokens join.
// Only what is in sight is coloured; the rest waits until it is scrolled to.
import { make } from "../in_browser/base.js";
import { meaningOf } from "../in_browser/hand.js";
import { BYTES } from "./bpe_row.js";
import { chunksOf } from "./learn_chunks.js";
import { HUES } from "./learn_words.js";

/**
 * @typedef {object} Now how the text is cut: the token of each byte, and where tokens begin
 * @property {Uint16Array} ids
 * @property {Uint32Array} begins
 * @property {number} merges that are shown; the last one made what is new
 * @property {number} lit the id that is pointed at; −1: none
 * @property {number} pointed the byte that is pointed at; −1: none here
 */
/**
 * @typedef {object} Chunk a part of the text that is coloured together
 * @property {HTMLElement} element
 * @property {string[]} characters as they are written
 * @property {number} first of its characters
 * @property {number} last one past the last of them
 * @property {HTMLElement[]} signs one for each character; none before it was first in sight
 * @property {Int16Array} looks what each of them looks like
 * @property {boolean} isInSight
 */

/** Chunks that are coloured before the browser says which are in sight. */
const AT_ONCE = 6;
/** What a character can be besides its colour, each one bit. */
const [BEGINS, ENDS, NEW, LIT, POINTED, SOUGHT] = [16, 32, 64, 128, 256, 512];
const SPLIT = 2 * HUES;
const LOOKS = [
  [BEGINS, "begins"],
  [ENDS, "ends"],
  [NEW, "new"],
  [LIT, "lit"],
  [POINTED, "pointed"],
  [SOUGHT, "sought"],
];
/** The classes of every look, by its number. */
const CLASSES = [...Array(1024).keys()].map((look) => {
  const hue = look % BEGINS;
  const colour = hue === SPLIT ? "split" : hue < HUES ? `hue${hue} raw` : `hue${hue % HUES}`;
  return [colour, ...LOOKS.filter(([bit]) => look & Number(bit)).map(([, name]) => name)].join(" ");
});

/**
 * Make the box of a text.
 * @param {(byte: number) => void} point hears which byte is pointed at; −1: none
 */
export function textBox(point) {
  const box = make("div", { class: "text", role: "group", tabindex: 0 });
  /** @type {Chunk[]} */
  let chunks = [];
  /** Where each character begins, in bytes; one more for the end. */
  let starts = new Uint32Array(1);
  /** @type {Now | undefined} */
  let now;
  /** The byte that was last brought in sight. */
  let found = -1;
  /** The word that is underlined, in bytes. */
  let [sought, soughtEnd] = [-1, -1];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const chunk = chunks.find(({ element }) => element === target);
        if (!chunk) continue;
        chunk.isInSight = isIntersecting;
        if (isIntersecting && now) colour(chunk);
      }
    },
    { root: box, rootMargin: "40px" },
  );

  /** @param {Chunk} chunk */
  function unfold(chunk) {
    if (chunk.signs.length) return;
    chunk.signs = chunk.characters.map((character) => make("span", {}, character));
    chunk.element.replaceChildren(...chunk.signs);
  }

  /** @param {Chunk} chunk */
  function colour(chunk) {
    unfold(chunk);
    const { signs, looks, first } = chunk;
    for (let at = 0; at < signs.length; at++) {
      const look = lookOf(starts[first + at], starts[first + at + 1]);
      if (looks[at] === look) continue;
      looks[at] = look;
      signs[at].className = CLASSES[look];
    }
  }

  /**
   * What a character looks like.
   * @param {number} from its first byte
   * @param {number} to one past its last byte
   */
  function lookOf(from, to) {
    const { ids, begins, merges, lit, pointed } = /** @type {Now} */ (now);
    const id = ids[from];
    let look = begins[to - 1] > from ? SPLIT : id < BYTES ? id % HUES : HUES + (id % HUES);
    if (begins[from] === from) look |= BEGINS;
    if (to === ids.length || begins[to] === to) look |= ENDS;
    for (let at = from; at < to; at++) {
      if (merges && ids[at] === BYTES - 1 + merges) look |= NEW;
      if (ids[at] === lit) look |= LIT;
      if (pointed >= 0 && begins[at] === begins[pointed]) look |= POINTED;
    }
    if (sought >= 0 && from >= sought && from < soughtEnd) look |= SOUGHT;
    return look;
  }

  /** The character that a byte belongs to. @param {number} byte */
  function characterOf(byte) {
    let [low, high] = [0, starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= byte) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Where the token of a byte ends. @param {number} byte */
  function endOf(byte) {
    const { begins } = /** @type {Now} */ (now);
    let end = byte + 1;
    while (end < begins.length && begins[end] !== end) end++;
    return end;
  }

  /** Scroll the box, and nothing else, to a byte. @param {number} byte */
  function bring(byte) {
    const character = characterOf(byte);
    const chunk = chunks.find(({ last }) => character < last);
    if (!chunk) return;
    unfold(chunk);
    const { top, bottom } = chunk.signs[character - chunk.first].getBoundingClientRect();
    const seen = box.getBoundingClientRect();
    if (top < seen.top || bottom > seen.bottom) box.scrollTop += top - seen.top - box.clientHeight / 3;
  }

  // A move of the hand, not of the text under it.
  box.onpointermove = ({ target }) => {
    const chunk = chunks.find(({ element }) => element.contains(/** @type {Node} */ (target)));
    const at = chunk ? chunk.signs.indexOf(/** @type {HTMLElement} */ (target)) : -1;
    if (chunk && at >= 0) point(starts[chunk.first + at]);
  };
  box.onpointerdown = box.onpointermove;
  box.onpointerleave = ({ pointerType }) => {
    if (pointerType === "mouse" && !box.matches(":focus-visible")) point(-1);
  };
  box.onblur = () => point(-1);
  box.onkeydown = (event) => {
    const by = meaningOf(event, { ArrowRight: 1, ArrowLeft: -1, Escape: 0 });
    if (by === undefined || !now) return;
    const { begins, pointed } = now;
    let next = by === 0 ? -1 : pointed < 0 ? 0 : by < 0 ? begins[Math.max(0, begins[pointed] - 1)] : pointed;
    if (by === 1 && pointed >= 0) next = endOf(pointed);
    if (next >= begins.length) return;
    point(next);
    if (next >= 0) bring(next);
  };

  return {
    box,
    /**
     * Put a text there, at its beginning.
     * @param {string} text
     */
    fill(text) {
      observer.disconnect();
      const cut = chunksOf(text);
      starts = cut.starts;
      chunks = cut.chunks.map(({ first, characters }, at) => ({
        element: make("span", {}, characters.join("")),
        characters,
        first,
        last: first + characters.length,
        signs: [],
        looks: new Int16Array(characters.length).fill(-1),
        isInSight: at < AT_ONCE,
      }));
      box.replaceChildren(...chunks.map(({ element }) => element));
      box.scrollTop = 0;
      now = undefined;
      [found, sought, soughtEnd] = [-1, -1, -1];
      for (const { element } of chunks) observer.observe(element);
    },
    /** Show how the text is cut, and what is pointed at. @param {Now} next */
    show(next) {
      now = next;
      for (const chunk of chunks) if (chunk.isInSight) colour(chunk);
    },
    /** Bring the next place of a token in sight; after the last one, the first. @param {number} id */
    next(id) {
      if (!now) return;
      const place = found < 0 ? -1 : now.ids.indexOf(id, endOf(found));
      found = place < 0 ? now.ids.indexOf(id) : place;
      if (found < 0) return;
      bring(found);
      point(found);
    },
    /**
     * Underline a word, and bring it in sight.
     * @param {number} from
     * @param {number} to −1: none
     */
    seek(from, to) {
      [sought, soughtEnd] = [from, to];
      if (now) for (const chunk of chunks) if (chunk.isInSight) colour(chunk);
      if (from >= 0) bring(from);
    },
    characterAt: (/** @type {number} */ byte) => {
      const character = characterOf(byte);
      return { from: starts[character], to: starts[character + 1] };
    },
  };
}
