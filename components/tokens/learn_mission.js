// The mission: a word of the text, and the merge at which it becomes one token, found with the slider.
import { make } from "../in_browser/base.js";
import { NEVER } from "./bpe_row.js";
import { isLong, offered, seek } from "./learn_seek.js";

/** @import { Cut } from "./bpe.js" */
/** @import { Sought } from "./learn_seek.js" */

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
  field.onkeydown = (event) => {
    if (event.key === "Enter" && sought) answer(sought);
  };
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
