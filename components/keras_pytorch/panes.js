// Two panes of code: the loop, whose statement of the moment is lit, and the Keras code, whose parts do the same.
import { make, svg } from "../in_browser/base.js";

/** @import { Picture } from "./picture.js" */
/** @typedef {[text: string, kind: string, part?: string]} Word */
/** @typedef {{ piece: string, words: Word[], state: "" | "was" | "now" }} Line */
/** @typedef {{ id: string, name: string, on: boolean }} Fault */

const BOLT = "M13 2 4 14h6l-1 8 9-12h-6Z";

/** Make the panes; `drawPanes` writes into them. */
export function panes() {
  return {
    loop: make("ol", { class: "code loop" }),
    keras: make("div", { class: "code keras" }),
    /** The lines that are written, to know others. */
    written: "",
  };
}

/**
 * Write both texts, when they are others than before.
 * @param {Picture} ui
 */
export function drawPanes(ui) {
  const { data, panes } = ui;
  const key = JSON.stringify([data.lines, data.keras, data.faults, data.guess, data.lang]);
  if (panes.written === key) return;
  panes.written = key;
  panes.loop.setAttribute("aria-label", data.labels.loop);
  panes.keras.setAttribute("aria-label", data.labels.keras);
  const seen = new Set();
  panes.loop.replaceChildren(
    ...data.lines.map((line) => {
      const isFirst = Boolean(line.piece) && !seen.has(line.piece);
      seen.add(line.piece);
      return loopLine(ui, line, isFirst);
    }),
  );
  panes.keras.replaceChildren(...data.keras.map((words) => kerasLine(words)));
  for (const [pane, kind] of /** @type {const} */ ([
    [panes.loop, "name"],
    [panes.keras, "part"],
  ])) {
    pane.onclick = (event) => {
      const target = /** @type {HTMLElement} */ (event.target).closest(`[data-${kind}]`);
      const found = /** @type {HTMLElement | null} */ (target)?.dataset[kind];
      if (found) ui.mark(kind === "name" ? { name: found } : { part: found });
    };
  }
}

/**
 * @param {Picture} ui
 * @param {Line} line
 * @param {boolean} isFirst of its statement
 */
function loopLine(ui, { piece, words, state }, isFirst) {
  const { data } = ui;
  const line = make(
    "li",
    { class: `line ${state}`, "data-piece": piece },
    make("code", { class: "text" }, ...words.map(word)),
  );
  if (!isFirst || piece === "for") return line;
  const buttons = data.guess?.pieces.includes(piece) ? [accuse(ui, piece)] : [];
  buttons.push(...(data.faults[piece] ?? []).map((fault) => breaker(ui, fault)));
  if (buttons.length) line.append(make("span", { class: "buttons" }, ...buttons));
  return line;
}

/**
 * A switch that damages a line, or mends it.
 * @param {Picture} ui
 * @param {Fault} fault
 */
function breaker(ui, { id, name, on }) {
  const button = make("button", {
    type: "button",
    class: "breaker",
    title: name,
    "aria-label": name,
    "aria-pressed": String(on),
  });
  button.append(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: BOLT })));
  button.onclick = () => ui.act({ kind: "fault", value: id });
  return button;
}

/**
 * A button that names a line guilty.
 * @param {Picture} ui
 * @param {string} piece
 */
function accuse(ui, piece) {
  const { labels, guess } = ui.data;
  const button = make("button", { type: "button", class: "accuse", title: labels.accuse }, labels.accuseShort);
  button.setAttribute("aria-label", `${labels.accuse} ${lineOf(ui, piece)}`);
  if (guess?.wrong.includes(piece)) button.classList.add("cleared");
  if (guess?.wrong.includes(piece) || guess?.found) button.disabled = true;
  button.onclick = () => ui.act({ kind: "accuse", value: piece });
  return button;
}

/**
 * The text of a statement's first line.
 * @param {Picture} ui
 * @param {string} piece
 */
function lineOf(ui, piece) {
  const line = ui.data.lines.find((one) => one.piece === piece);
  return line
    ? line.words
        .map(([text]) => text)
        .join("")
        .trim()
    : "";
}

/**
 * A line of Keras, the words of each part together.
 * @param {Word[]} words
 */
function kerasLine(words) {
  const line = make("code", { class: "line" });
  for (const one of words) {
    const part = one[2] ?? "";
    const last = line.lastChild;
    const isSame = last instanceof HTMLElement && last.dataset.part === part;
    const place = !part ? line : isSame ? last : line.appendChild(make("span", { class: "part", "data-part": part }));
    place.append(word(one));
  }
  return line;
}

/** @param {Word} word */
function word([text, kind, part]) {
  if (!kind) return text;
  const span = make("span", { class: kind }, text);
  if (kind === "name" && !part) span.dataset.name = text;
  return span;
}

/**
 * Light the statement of the moment, and what does the same in Keras; keep it in sight inside its pane.
 * @param {Picture} ui
 * @param {string} piece
 */
export function light(ui, piece) {
  const { panes, data } = ui;
  const parts = data.parts[piece] ?? [];
  const isWithin = data.within.includes(piece);
  let first = /** @type {HTMLElement | null} */ (null);
  for (const line of /** @type {Iterable<HTMLElement>} */ (/** @type {unknown} */ (panes.loop.children))) {
    const isHere = piece !== "" && line.dataset.piece === piece;
    line.classList.toggle("here", isHere);
    if (isHere) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
    line.classList.toggle("raised", isHere && data.error?.piece === piece);
    if (isHere) first ??= line;
  }
  for (const span of panes.keras.querySelectorAll("[data-part]")) {
    const { part = "" } = /** @type {HTMLElement} */ (span).dataset;
    span.classList.toggle("here", parts.includes(part));
    span.classList.toggle("within", isWithin && part === "fit");
  }
  if (first) keepInSight(panes.loop, first);
  const lit = panes.keras.querySelector(".here, .within");
  if (lit) keepInSight(panes.keras, /** @type {HTMLElement} */ (lit));
}

/**
 * Scroll a pane, and nothing else, until an element of it is seen with what stands around it.
 * @param {HTMLElement} pane
 * @param {HTMLElement} element
 */
function keepInSight(pane, element) {
  const box = pane.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  const margin = box.height / 4;
  if (top < box.top + margin) pane.scrollTop -= box.top + margin - top;
  else if (bottom > box.bottom - margin) pane.scrollTop += bottom - (box.bottom - margin);
}

/**
 * Mark a name wherever it is used, and the part of the Keras code that holds the same.
 * @param {Picture} ui
 */
export function markUses(ui) {
  const { name, part } = ui.marked;
  const { counterparts } = ui.data;
  const base = name.split(".")[0];
  for (const span of /** @type {NodeListOf<HTMLElement>} */ (ui.panes.loop.querySelectorAll("[data-name]"))) {
    const here = span.dataset.name ?? "";
    span.classList.toggle("marked", here === base || (part !== "" && counterparts[here] === part));
  }
  const other = part || counterparts[base] || "";
  for (const span of /** @type {NodeListOf<HTMLElement>} */ (ui.panes.keras.querySelectorAll("[data-part]"))) {
    span.classList.toggle("marked", other !== "" && span.dataset.part === other);
  }
}
