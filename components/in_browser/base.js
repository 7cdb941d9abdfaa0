// What every picture needs: elements, and numbers as the page writes them. The rest of the toolbox lies beside it.

/**
 * What every component knows of the page, from `surroundings` in __init__.py.
 * @typedef {{ lang: string, projection: boolean }} Surroundings
 */
/**
 * What Streamlit hands to a component: data from Python, and two ways to tell it something.
 * @template Data
 * @typedef {object} Component
 * @property {Data & Surroundings} data
 * @property {ParentNode} parentElement holds the component's `.root`
 * @property {(name: string, value: unknown) => void} setStateValue keeps a value, and runs the page again
 * @property {(name: string, value: unknown) => void} setTriggerValue says it once, and runs the page again
 */

/** Colours of the Okabe–Ito palette, and a pale blue, one meaning each; base.css has the same for the style sheets. */
export const COLOURS = {
  train: "#0072b2",
  validation: "#e69f00",
  positive: "#0072b2",
  negative: "#e69f00",
  pale: "#8fb8d6",
};

// ---- elements

/**
 * Make an HTML element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} [attributes]
 * @param {(Node | string)[]} children
 */
export function make(name, attributes = {}, ...children) {
  const element = dress(document.createElement(name), attributes);
  element.append(...children);
  return element;
}

/**
 * Make an SVG element with attributes and children.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} [attributes]
 * @param {(Node | string)[]} children
 */
export function svg(name, attributes = {}, ...children) {
  const element = dress(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);
  element.append(...children);
  return element;
}

/** @typedef {{ word: string, href: string, title: string }} Term a word of a text, and what the glossary says of it */

/**
 * Return a text's parts, its terms as links to the glossary: the page shows a card beside them.
 * @param {string} text
 * @param {Term[]} terms
 * @returns {(Node | string)[]}
 */
export function withTerms(text, terms) {
  const first = terms
    .map((term) => ({ ...term, at: text.indexOf(term.word) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)[0];
  if (!first) return [text];
  const { word, href, title, at } = first;
  const link = make("a", { class: "term", href, title, target: "_blank", rel: "noopener noreferrer" }, word);
  const rest = terms.filter((term) => term.word !== word);
  return [text.slice(0, at), link, ...withTerms(text.slice(at + word.length), rest)];
}

/**
 * Give an element some attributes.
 * @template {Element} Dressed
 * @param {Dressed} element
 * @param {Record<string, string | number>} attributes
 */
export function dress(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @type {WeakMap<Element, any>} */
const PICTURES = new WeakMap();

/**
 * The picture in a component's root: built when it is first asked for, kept while the page runs again and again.
 * @template Data, Picture
 * @param {Component<Data>} component
 * @param {(root: HTMLElement, data: Data & Surroundings) => Picture} build
 * @returns {Picture}
 */
export function pictureIn({ data, parentElement }, build) {
  const root = /** @type {HTMLElement} */ (parentElement.querySelector(".root"));
  root.classList.toggle("projected", Boolean(data.projection));
  if (!PICTURES.has(root)) PICTURES.set(root, build(root, data));
  return PICTURES.get(root);
}

// ---- numbers

/** @type {Map<string, Intl.NumberFormat>} */
const FORMATS = new Map();
/** Powers of a thousand bytes. */
const PREFIXES = ["", "k", "M", "G", "T", "P", "E", "Z"];

/**
 * Write with a format that is made once: making one costs more than all else in a move of the finger.
 * @param {number | bigint} value
 * @param {string} lang
 * @param {Intl.NumberFormatOptions} options
 */
function write(value, lang, options) {
  const key = lang + JSON.stringify(options);
  let format = FORMATS.get(key);
  if (!format) {
    format = new Intl.NumberFormat(lang, { signDisplay: "negative", ...options }); // what rounds to zero has no sign
    FORMATS.set(key, format);
  }
  return format.format(value).replace("-", "−");
}

/**
 * Write a number in the page's language with so many decimals; a true minus sign.
 * @param {number} value
 * @param {string} lang
 */
export function writeNumber(value, lang, decimals = 2) {
  if (!Number.isFinite(value)) return writeEndless(value);
  return write(value, lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/**
 * Write a number in the page's language with at most so many significant digits.
 * @param {number} value
 * @param {string} lang
 */
export function writeShort(value, lang, digits = 3) {
  return Number.isFinite(value) ? write(value, lang, { maximumSignificantDigits: digits }) : writeEndless(value);
}

/**
 * Write a share between 0 and 1 as a percentage of the page's language.
 * @param {number} share
 * @param {string} lang
 */
export function writePercent(share, lang, decimals = 1) {
  if (!Number.isFinite(share)) return "NaN";
  return write(share, lang, { style: "percent", minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/**
 * Write a whole number with all its digits, however long.
 * @param {number | bigint} value
 * @param {string} lang
 */
export function writeWhole(value, lang) {
  return write(value, lang, { maximumFractionDigits: 0 });
}

/**
 * Write a large number as people say it: 124 M, 175 Md (English 175B); in French "Bn" would be read as a billion.
 * @param {number | bigint} value
 * @param {string} lang
 */
export function writeCompact(value, lang, digits = 3) {
  if (lang === "fr" && value >= 1e12) return `${writeShort(Number(value) / 1e9, lang, digits)}\u00a0Md`;
  return write(value, lang, { notation: "compact", maximumSignificantDigits: digits });
}

/**
 * Write a number of bytes: 538 MB, in French 538 Mo.
 * @param {number | bigint} bytes
 * @param {string} lang
 */
export function writeBytes(bytes, lang, digits = 3) {
  const value = Number(bytes);
  const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3 + 1e-12), PREFIXES.length - 1);
  return `${writeShort(value / 1000 ** power, lang, digits)}\u00a0${PREFIXES[power]}${lang === "fr" ? "o" : "B"}`;
}

/**
 * Write a time: 0,43 ms, 12 µs, 1,2 s.
 * @param {number} seconds
 * @param {string} lang
 */
export function writeTime(seconds, lang, digits = 2) {
  if (seconds < 0.9995e-4) return `${writeShort(seconds * 1e6, lang, digits)} µs`;
  if (seconds < 0.9995) return `${writeShort(seconds * 1e3, lang, digits)} ms`;
  if (seconds < 119.5) return `${writeShort(seconds, lang, digits)} s`;
  return seconds < 7_170
    ? `${writeShort(seconds / 60, lang, digits)} min`
    : `${writeShort(seconds / 3_600, lang, digits)} h`;
}

/** @param {number} value */
function writeEndless(value) {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
