// The words that a page explains: under the pointer, the focus or a finger, a card beside the word says what it means.
//
// The words are Streamlit's links, with the definition as their title. Their `title` becomes `aria-description`, so that
// no second bubble comes up; a browser that knows no popover keeps the title as it is.
import { clamp, make, pictureIn } from "../in_browser/base.js";

/** @typedef {{ more: string }} Data */
/** @typedef {ReturnType<typeof build>} Cards */

const WORDS = 'a[href*="glossary?term="]';
/** Milliseconds in which a pointer may travel from the word to its card. */
const PATIENCE = 250;
/** Between the word and the card, and between the card and the edge of the window, in pixels. */
const GAP = 6;

/** @param {import("../in_browser/base.js").Component<Data>} component */
export default function (component) {
  pictureIn(component, build).more.textContent = component.data.more;
}

/** @param {HTMLElement} root */
function build(root) {
  const definition = make("p");
  const more = make("a", { target: "_blank", rel: "noopener noreferrer", tabindex: -1 });
  const card = make("div", { class: "card", popover: "manual", role: "note" }, definition, more);
  root.append(card);
  const cards = {
    root,
    card,
    definition,
    more,
    /** @type {HTMLAnchorElement | null} whose card is shown */
    word: null,
    finger: false,
    timer: 0,
  };
  if ("popover" in card) listen(cards);
  return cards;
}

/**
 * Listen to the whole page, until this component is taken from it.
 * @param {Cards} cards
 */
function listen(cards) {
  const until = new AbortController();
  /**
   * @template {keyof DocumentEventMap} Name
   * @param {Name} name
   * @param {(event: DocumentEventMap[Name]) => void} react
   */
  function on(name, react) {
    const options = { capture: true, passive: name === "scroll", signal: until.signal };
    window.addEventListener(
      name,
      (event) => (cards.root.isConnected ? react(/** @type {DocumentEventMap[Name]} */ (event)) : until.abort()),
      options,
    );
  }
  on("pointerover", (event) => event.pointerType !== "touch" && pass(cards, event));
  on("focusin", (event) => {
    const word = wordAt(event);
    if (word?.matches(":focus-visible")) show(cards, word);
  });
  on("focusout", () => hide(cards));
  on("pointerdown", (event) => {
    cards.finger = event.pointerType === "touch";
    if (!wordAt(event) && !isOn(cards.card, event)) hide(cards);
  });
  on("click", (event) => touch(cards, event));
  on("keydown", (event) => {
    if (event.key !== "Escape" || !cards.word) return;
    event.stopImmediatePropagation(); // the next Escape is for the page
    hide(cards);
  });
  on("scroll", () => place(cards));
  on("resize", () => place(cards));
}

/**
 * The pointer comes to a word, to its card, or leaves both.
 * @param {Cards} cards
 * @param {Event} event
 */
function pass(cards, event) {
  const word = wordAt(event);
  if (word) show(cards, word);
  else if (isOn(cards.card, event)) clearTimeout(cards.timer);
  else if (cards.word && !cards.word.matches(":focus-visible")) {
    clearTimeout(cards.timer);
    cards.timer = window.setTimeout(() => hide(cards), PATIENCE);
  }
}

/**
 * A finger sees the card first; its second touch, a click and Enter follow the link.
 * @param {Cards} cards
 * @param {MouseEvent} event
 */
function touch(cards, event) {
  const word = wordAt(event);
  if (!word || !cards.finger || word === cards.word) return;
  event.preventDefault();
  show(cards, word);
}

/**
 * @param {Cards} cards
 * @param {HTMLAnchorElement} word
 */
function show(cards, word) {
  clearTimeout(cards.timer);
  if (word.title) word.setAttribute("aria-description", word.title);
  word.removeAttribute("title");
  cards.definition.textContent = word.getAttribute("aria-description");
  cards.more.href = word.href;
  cards.word = word;
  if (!cards.card.matches(":popover-open")) cards.card.showPopover();
  place(cards);
}

/** @param {Cards} cards */
function hide(cards) {
  clearTimeout(cards.timer);
  cards.word = null;
  if (cards.card.matches(":popover-open")) cards.card.hidePopover();
}

/**
 * Put the card under its word, or above where there is more room; it goes with a word that is gone.
 * @param {Cards} cards
 */
function place(cards) {
  const { card, word } = cards;
  if (!word) return;
  const at = word.getClientRects()[0];
  if (!at) {
    hide(cards);
    return;
  }
  const below = at.bottom + GAP;
  const fits = below + card.offsetHeight + GAP <= innerHeight || at.top < innerHeight / 2;
  card.style.left = `${clamp(at.left, GAP, Math.max(GAP, innerWidth - card.offsetWidth - GAP))}px`;
  card.style.top = `${fits ? below : at.top - GAP - card.offsetHeight}px`;
}

/**
 * The word that an event happens to, if it is one.
 * @param {Event} event
 * @returns {HTMLAnchorElement | null}
 */
function wordAt(event) {
  const target = event.composedPath()[0]; // in a picture too, whose elements the page does not see
  return target instanceof Element && !target.closest("[popover]") ? target.closest(WORDS) : null;
}

/**
 * @param {HTMLElement} card
 * @param {Event} event
 */
function isOn(card, event) {
  return event.composedPath().includes(card);
}
