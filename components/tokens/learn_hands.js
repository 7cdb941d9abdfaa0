// What the hand chooses: the text that teaches, the text that is cut, the student's own words, the speed.
import { make, writeNumber } from "../in_browser/base.js";
import { patient } from "../in_browser/hand.js";
import { segments } from "../in_browser/segments.js";

/** @typedef {"learn" | "apply"} Role */
/** @typedef {{ learn: string, apply: string }} Texts names of texts */

const NAMES = /** @type {const} */ (["fr", "en", "stories", "own"]);
const SPEEDS = /** @type {const} */ (["slow", "middle", "fast"]);
/** @typedef {typeof SPEEDS[number]} Speed */
/** Milliseconds of a merge, while playing. */
export const PACES = { slow: 600, middle: 100, fast: 20 };
/** Milliseconds without a key after which one's own text is learned. */
const PAUSE = 350;

/**
 * @param {object} hears
 * @param {(role: Role, name: string) => void} hears.choose
 * @param {() => void} hears.swap
 * @param {(text: string) => void} hears.write
 * @param {(speed: Speed) => void} hears.hurry
 */
export function hands({ choose, swap, write, hurry }) {
  const fields = /** @type {const} */ (["learn", "apply"]).map((role) => {
    const select = make("select");
    const words = make("span");
    select.onchange = () => choose(role, select.value);
    return { role, select, words, box: make("label", { class: "field" }, words, select) };
  });
  const turn = make("button", { type: "button", class: "swap" }, "⇄");
  turn.onclick = swap;
  const own = make("textarea", { rows: 4 });
  const ownWords = make("span");
  const note = make("p", { class: "note", role: "status" });
  const heard = patient(() => write(own.value), PAUSE);
  own.oninput = () => heard.soon();
  own.onchange = () => heard.isWaiting() && heard.now();
  const speed = segments(SPEEDS, hurry);
  const [first, second] = fields;
  return {
    texts: make("div", { class: "texts" }, first.box, turn, second.box),
    own: make("div", { class: "own" }, make("label", {}, ownWords, own), note),
    speed: speed.box,
    /**
     * @param {Texts} texts
     * @param {Speed} pace
     * @param {{ hidden: string[], lang: string, labels: Record<string, any> }} data
     */
    show(texts, pace, { hidden, lang, labels }) {
      for (const { role, select, words, box } of fields) {
        words.textContent = labels[role];
        box.hidden = hidden.includes(`tok_${role}`);
        if (select.dataset.lang !== lang) {
          select.replaceChildren(...NAMES.map((name) => make("option", { value: name }, labels.names[name])));
          select.dataset.lang = lang;
        }
        select.value = texts[role];
      }
      turn.title = labels.swap;
      turn.setAttribute("aria-label", labels.swap);
      turn.hidden = fields.some(({ box }) => box.hidden);
      ownWords.textContent = labels.own;
      own.setAttribute("placeholder", labels.ownPlaceholder);
      this.own.hidden = texts.learn !== "own" && texts.apply !== "own";
      speed.show(pace, labels.speed, labels.speeds);
    },
    /**
     * Say how much of one's own text is left out.
     * @param {number} left characters
     * @param {number} read characters
     * @param {{ lang: string, labels: Record<string, string> }} data
     */
    sayCut(left, read, { lang, labels }) {
      const told = labels.cut.replace("%n", writeNumber(read, lang, 0)).replace("%m", writeNumber(left, lang, 0));
      note.textContent = left > 0 ? told : "";
    },
    /** Put a text into the field, as Python kept it. @param {string} text */
    fill: (text) => {
      own.value = text;
    },
  };
}
