// The mission: a word of the text, and the merge at which it becomes one token, found with the slider.
import { make } from "../in_browser/base.js";
import { piecesOf } from "./bpe.js";
import { NEVER } from "./bpe_row.js";

/** @import { Cut } from "./bpe.js" */
/** @typedef {{ word: string, from: number, to: number, merge: number }} Sought bytes from–to; merge: NEVER if none does */

/** Letters of a word, at least, and words that are offered, at most. */
const [LETTERS, OFFERED] = [5, 40];
/** Words that are one token earlier than this are not offered. */
const EARLY = 20;

/**
 * Find a word where it first stands alone in a text, with the space before it: where, and which merge makes it whole.
 * @param {Cut} cut
 * @param {string} word
 * @returns {Sought | null}
 */
export function seek({ text, vanish }, word) {
  const encoder = new TextEncoder();
  let from = 0;
  for (const piece of piecesOf(text)) {
    const size = encoder.encode(piece).length;
    if (piece === word || piece === ` ${word}`) {
      return { word, from, to: from + size, merge: Math.max(0, ...vanish.subarray(from + 1, from + size)) };
    }
    from += size;
  }
  return null;
}

/** Whether it is a word of letters that is long enough. @param {string} word */
export function isLong(word) {
  return /^\p{L}+$/u.test(word) && [...word].length >= LETTERS;
}

/** Words of a text that become one token, not too early: the most frequent first. @param {Cut} cut */
export function offered(cut) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const piece of piecesOf(cut.text)) {
    const word = piece.trimStart();
    if (isLong(word)) times.set(word, (times.get(word) ?? 0) + 1);
  }
  const often = [...times].sort(([, one], [, other]) => other - one).slice(0, 4 * OFFERED);
  const whole = often
    .map(([word]) => word)
    .filter((word) => {
      const found = seek(cut, word);
      return found && found.merge >= EARLY && found.merge !== NEVER;
    });
  return whole.slice(0, OFFERED);
}

/**
 * @param {(sought: Sought | null) => void} choose hears which word is meant
 * @param {(sought: Sought) => void} answer hears that the student says: here
 */
export function mission(choose, answer) {
  const field = make("input", {
    type: "text",
    list: "tok-learn-words",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 60,
  });
  const words = make("datalist", { id: "tok-learn-words" });
  const button = make("button", { type: "button" });
  const verdict = make("output", { class: "verdict" });
  const name = make("span");
  /** @type {Sought | null} */
  let sought = null;
  /** @type {Cut | undefined} */
  let cut;
  let judged = 0;
  let labels = /** @type {Record<string, string>} */ ({});

  function read() {
    const word = field.value.trim();
    sought = cut && isLong(word) ? seek(cut, word) : null;
    button.disabled = !sought;
    say(!word || sought ? "" : isLong(word) ? labels.notThere : labels.tooShort);
    choose(sought);
  }

  /** @param {string} words @param {string} kind */
  function say(words, kind = "") {
    verdict.textContent = words;
    verdict.dataset.kind = kind;
  }

  field.oninput = read;
  field.onkeydown = (event) => event.key === "Enter" && sought && answer(sought);
  button.onclick = () => sought && answer(sought);
  return {
    box: make("div", { class: "mission" }, make("label", {}, name, field), words, button, verdict),
    /**
     * Seek in a text; one that is new has its own words.
     * @param {Cut} next
     * @param {Record<string, string>} told
     */
    show(next, told) {
      labels = told;
      [name.textContent, button.textContent] = [labels.word, labels.here];
      field.setAttribute("placeholder", labels.placeholder);
      if (next === cut) return;
      cut = next;
      words.replaceChildren(...offered(next).map((word) => make("option", { value: word })));
      read();
    },
    /**
     * Say how near the merge is that is shown.
     * @param {number} merges
     */
    judge(merges) {
      if (!sought) return;
      judged = merges;
      const kind =
        sought.merge === NEVER ? "never" : merges < sought.merge ? "early" : merges > sought.merge ? "late" : "exact";
      say(labels[kind].replace("%w", sought.word), kind);
    },
    /** Forget a verdict that was on another merge. @param {number} merges */
    forget(merges) {
      if (verdict.dataset.kind && merges !== judged) say("");
    },
  };
}
