// One row of the notebook: a line that says what it was and what came out, and under it, when it is opened, the rest.
import { make, svg } from "../in_browser/base.js";
import { drawn } from "./drawn_note.js";
import { linkOf, NOTE } from "./experiment.js";
import { figureOf, labelOf, movedOf, titleOf, written } from "./filters.js";

/** @import { Row, Curve } from "./experiment.js" */
/** @import { Titles } from "./filters.js" */
/**
 * What a line may do; null where rows are only read.
 * @typedef {{ star: (row: Row) => void, note: (row: Row, note: string) => void, settle: () => void, remove: (row: Row) => void }} Hands
 */
/**
 * @typedef {object} Place
 * @property {string} lang
 * @property {Record<string, string>} labels
 * @property {Titles} titles
 * @property {boolean} isOpen
 * @property {boolean} isChosen
 * @property {Hands | null} hands
 * @property {(row: Row) => void} open
 * @property {(row: Row, isChosen: boolean) => void} choose
 */

/** Characters of what was moved that a line shows, and figures. */
const [LONGEST, MOST] = [60, 3];

/**
 * @param {Row} row
 * @param {Place} place
 */
export function line(row, place) {
  const { lang, labels, titles, hands } = place;
  const title = titleOf(row, titles);
  const about = `${title}, ${movedOf(row, lang).map(short).join(", ") || labels.opening}`;
  const choose = make("input", { type: "checkbox", "aria-label": `${labels.choose} ${about}` });
  choose.checked = place.isChosen;
  choose.onchange = () => place.choose(row, choose.checked);
  const open = make("button", { type: "button", class: "open", "aria-expanded": String(place.isOpen) });
  open.append(
    make("span", { class: "title" }, title),
    ...(Object.hasOwn(titles, row.stem) ? [] : [make("span", { class: "gone" }, labels.gone)]),
    make("span", { class: "moved" }, ...chips(row, place)),
  );
  open.onclick = () => place.open(row);
  const figures = Object.values(row.figures)
    .slice(0, MOST)
    .map((figure) =>
      make("span", { class: "figure" }, make("b", {}, figureOf(figure, lang)), make("span", {}, figure.label)),
    );
  const marks = [
    ...(row.prediction ? [mark(row.prediction.right, labels)] : []),
    ...(row.note ? [noted(row.note)] : []),
  ];
  const head = make(
    "div",
    { class: "line" },
    choose,
    star(row, place, about),
    open,
    make("span", { class: "figures" }, ...figures),
    make("span", { class: "marks" }, ...marks),
    make("time", {}, dayOf(row.time, lang)),
  );
  const item = make("li", { "data-id": row.id, class: place.isOpen ? "opened" : "" }, head);
  if (place.isOpen) item.append(rest(row, place, hands));
  return item;
}

/**
 * @param {Row} row
 * @param {Place} place
 */
function chips(row, { lang, labels }) {
  const moved = movedOf(row, lang);
  return moved.length ? moved.map((text) => make("span", { class: "chip" }, short(text))) : [labels.opening];
}

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
/**
 * When it was, as the language writes it; the browser's clock told it without a zone.
 * @param {string} time
 * @param {string} lang
 */
function dayOf(time, lang) {
  const when = new Date(time);
  return Number.isNaN(when.getTime()) ? "" : when.toLocaleString(lang, { dateStyle: "short", timeStyle: "short" });
}

/**
 * @param {Row} row
 * @param {Place} place
 * @param {string} about
 */
function star(row, { labels, hands }, about) {
  const button = make(
    "button",
    { type: "button", class: "star", "aria-pressed": String(row.star) },
    row.star ? "★" : "☆",
  );
  button.ariaLabel = `${labels.star} ${about}`;
  button.disabled = !hands;
  button.onclick = () => hands?.star(row);
  return button;
}

/**
 * @param {boolean} isRight
 * @param {Record<string, string>} labels
 */
function mark(isRight, labels) {
  const words = isRight ? labels.foreseen : labels.surprised;
  return make(
    "span",
    { class: isRight ? "right" : "wrong", title: words, role: "img", "aria-label": words },
    isRight ? "✓" : "≠",
  );
}

/** @param {string} note */
const noted = (note) =>
  make("span", { class: "noted", title: note.slice(0, 200), role: "img", "aria-label": note.slice(0, 200) }, "✎");

/**
 * What an opened row shows: figures, curves, the guess, the note, settings, and what can be done with it.
 * @param {Row} row
 * @param {Place} place
 * @param {Hands | null} hands
 */
function rest(row, place, hands) {
  const { lang, labels, titles } = place;
  const box = make("div", { class: "rest" });
  if (row.prediction) {
    const { question, guess, right } = row.prediction;
    box.append(
      make(
        "p",
        { class: "guess" },
        make("b", {}, labels.before),
        ` ${question} `,
        make("em", {}, guess),
        ` — ${right ? labels.foreseen : labels.surprised}`,
      ),
    );
  }
  const sparks = Object.values(row.curves).map(spark);
  if (sparks.length) box.append(make("div", { class: "sparks" }, ...sparks));
  box.append(note(row, place, hands));
  const told = Object.entries(row.settings).filter(([name, value]) => value !== "" || row.moved.includes(name));
  const settings = told.map(([name, value]) =>
    make(
      "div",
      row.moved.includes(name) ? { class: "other" } : {},
      make("dt", {}, labelOf(row, name)),
      make("dd", {}, written(value, lang)),
    ),
  );
  const figures = Object.values(row.figures).slice(MOST);
  settings.push(
    ...figures.map((figure) => make("div", {}, make("dt", {}, figure.label), make("dd", {}, figureOf(figure, lang)))),
  );
  box.append(make("dl", {}, ...settings));
  const acts = make("div", { class: "acts" });
  if (Object.hasOwn(titles, row.stem)) {
    acts.append(
      make(
        "a",
        { class: "button", href: addressOf(linkOf(row)), target: "_blank", rel: "noopener noreferrer" },
        labels.open,
      ),
    );
  }
  if (hands) {
    const remove = make("button", { type: "button", class: "plain" }, labels.remove);
    remove.onclick = () => hands.remove(row);
    acts.append(remove);
  }
  box.append(acts);
  return box;
}

/**
 * The whole address of a page of the course, beside the one that shows the notebook.
 * @param {string} link
 */
const addressOf = (link) => `${location.pathname.replace(/[^/]*$/, "")}${link}`;

/**
 * @param {Row} row
 * @param {Place} place
 * @param {Hands | null} hands
 */
function note(row, { labels }, hands) {
  const shown = make("div", { class: "note" }, ...drawn(row.note, addressOf));
  if (!hands) return shown;
  const field = make("textarea", { rows: 3, maxlength: NOTE, placeholder: labels.write, "aria-label": labels.note });
  field.value = row.note;
  field.oninput = () => {
    shown.replaceChildren(...drawn(field.value, addressOf));
    hands.note(row, field.value);
  };
  field.onblur = () => hands.settle();
  return make("div", { class: "notes" }, field, shown);
}

/**
 * A curve as a small drawing; the report and the comparison have its axes.
 * @param {Curve} curve
 */
function spark({ label, x, y }) {
  const points = x.flatMap((at, place) => (y[place] === null ? [] : [[at, /** @type {number} */ (y[place])]]));
  const [[left, right], [low, high]] = [0, 1].map((axis) => {
    const values = points.map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  });
  const path = points
    .map(
      ([at, value]) => `${(200 * (at - left)) / (right - left || 1)} ${44 - (40 * (value - low)) / (high - low || 1)}`,
    )
    .join("L");
  const drawing = svg("svg", { viewBox: "0 0 200 48", preserveAspectRatio: "none", role: "img", "aria-label": label });
  drawing.append(svg("path", { d: `M${path}` }));
  return make("figure", { class: "spark" }, drawing, make("figcaption", {}, label));
}
