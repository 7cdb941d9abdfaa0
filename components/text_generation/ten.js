// The same beginning told ten times, one track under the other: where each one leaves the first is marked.
import { make } from "../in_browser/base.js";

/** Milliseconds for each token of the first track, and of the others: these only repeat, or differ at once. */
const [FIRST, OTHERS] = [70, 14];
/** @typedef {ReturnType<typeof tracks>} Tracks */

/** Make the box of the tracks. */
export function tracks() {
  const list = make("ol", { class: "tracks", tabindex: "0" }); // it scrolls: by key too
  return { box: list, timer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined) };
}

/**
 * Show all tracks; let them be written one after the other where that is asked for.
 * @param {Tracks} ui
 * @param {string[][]} told the words of each
 * @param {{ prompt: string, labels: Record<string, string>, playing: boolean, over: () => void }} how
 */
export function tell(ui, told, { prompt, labels, playing, over }) {
  clearTimeout(ui.timer);
  ui.box.setAttribute("aria-label", labels.ten);
  const isStill = !playing || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const rows = told.map((words, place) => track(words, told[0], place, prompt, labels));
  ui.box.replaceChildren(...rows.map(({ row }) => row));
  const pieces = rows.flatMap(({ chips, verdict }, place) =>
    [...chips, verdict].map((element) => ({ element, pace: place ? OTHERS : FIRST })),
  );
  if (isStill) {
    over();
    return;
  }
  for (const { element } of pieces) element.hidden = true;
  let at = 0;
  const next = () => {
    pieces[at].element.hidden = false;
    const { pace } = pieces[at];
    at += 1;
    ui.timer = setTimeout(at < pieces.length ? next : over, pace);
  };
  next();
}

/**
 * @param {string[]} words
 * @param {string[]} first the words of the first track
 * @param {number} place
 * @param {string} prompt
 * @param {Record<string, string>} labels
 */
function track(words, first, place, prompt, labels) {
  const differs = words.findIndex((word, at) => word !== first[at]);
  const chips = words.map((word, at) =>
    make("span", { class: place && at === differs ? "chip different" : "chip" }, word.replaceAll("\n", "⏎")),
  );
  const isSame = differs < 0 && words.length === first.length;
  const verdict = make(
    "b",
    { class: place ? (isSame ? "same" : "other") : "" },
    place ? (isSame ? labels.same : labels.other) : "",
  );
  const line = make("span", { class: "line" }, make("span", { class: "given" }, prompt), ...chips);
  return { row: make("li", {}, line, verdict), chips, verdict };
}
