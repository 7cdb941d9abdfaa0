// All models on one axis of parameters, from the course's network on; pressed, one of them is drawn.
import { clamp, make, svg, writeCompact } from "../in_browser/base.js";
import { takeModel } from "./taking.js";

/** @import { Picture } from "./picture.js" */
/**
 * A model with a name.
 * @typedef {object} Named
 * @property {string} id
 * @property {string} name
 * @property {number} year
 * @property {string} parameters all digits; empty where the size was never published
 * @property {Record<string, any>} state where the hands stand for it
 */

/** Powers of ten at the two ends. */
const [LOW, HIGH] = [4, 12];
/** Rows of names above the line. */
const ROWS = 4;
/** Height of a row, in times the type's size. */
const LINE = 1.42;
/** Narrower than this, in times the type's size, there is no room for names. */
const NARROW = 46;

/** Make the axis; `showAxis` fills it. */
export function axis() {
  const line = svg("svg", { class: "line", "aria-hidden": "true" });
  const [ground, marks] = [svg("g"), svg("g")];
  line.append(ground, marks);
  const names = make("div", { class: "names", role: "group" });
  return { box: make("div", { class: "axis" }, names, line), line, names, ground, marks, drawn: "" };
}

/** @param {Picture} ui */
export function showAxis(ui) {
  const { names, marks } = ui.axis;
  const { width, type } = ui.sizes.axis;
  const x = placeOn(width, type);
  const { lang, labels } = ui.data;
  const drawn = [width, type, lang].join();
  if (ui.axis.drawn !== drawn) drawGround(ui, x); // else the names keep their place, and the keyboard its own
  ui.axis.drawn = drawn;
  names.setAttribute("aria-label", labels.models);
  const lit = ui.lit();
  for (const button of names.children)
    button.setAttribute("aria-pressed", String(button.getAttribute("data-model") === lit));
  marks.replaceChildren(
    ...(ui.pinnedTree ? [mark("pinned", Number(ui.pinnedTree.parameters), x, type)] : []),
    ...(ui.tree ? [mark("here", Number(ui.tree.parameters), x, type)] : []),
  );
}

/**
 * Where a number of parameters stands.
 * @param {number} width of the axis
 * @param {number} type
 */
function placeOn(width, type) {
  const inset = 1.5 * type;
  return (/** @type {number} */ count) => {
    const power = clamp(Math.log10(Math.max(count, 1)), LOW, HIGH);
    return inset + ((power - LOW) / (HIGH - LOW)) * (width - 2 * inset);
  };
}

/**
 * What does not move: the line, its ticks, a dot and a name for each model.
 * @param {Picture} ui
 * @param {(count: number) => number} x
 */
function drawGround(ui, x) {
  const { names, line, ground } = ui.axis;
  const { width, type } = ui.sizes.axis;
  const { lang, models } = ui.data;
  names.replaceChildren(...placed(ui, x, type, width));
  line.setAttribute("viewBox", `0 0 ${width} ${2.4 * type}`);
  line.style.height = `${2.4 * type}px`;
  const every = width / type < NARROW ? 3 : 1;
  const ticks = [...Array(HIGH - LOW + 1).keys()].flatMap((at) => {
    const [power, place] = [LOW + at, x(10 ** (LOW + at))];
    const tick = svg("line", { class: "tick", x1: place, x2: place, y1: 0.3 * type, y2: 0.8 * type });
    return power % every ? [tick] : [tick, tickWords(place, type, writeCompact(10 ** power, lang), power === HIGH)];
  });
  const known = models.filter(({ parameters }) => parameters);
  const dots = known.map(({ parameters }) =>
    svg("circle", { class: "dot", cx: x(Number(parameters)), cy: 0.55 * type, r: 0.24 * type }),
  );
  const rail = { class: "rail", x1: x(0), x2: x(10 ** HIGH), y1: 0.55 * type, y2: 0.55 * type };
  ground.replaceChildren(svg("line", rail), ...ticks, ...dots);
}

/**
 * @param {number} x
 * @param {number} type
 * @param {string} words
 * @param {boolean} isLast no room for half of it beside the axis
 */
function tickWords(x, type, words, isLast) {
  const end = { x: x + 1.4 * type, "text-anchor": "end" };
  return svg("text", { y: 1.95 * type, ...(isLast ? end : { x, "text-anchor": "middle" }) }, words);
}

/**
 * A triangle over the line; beyond the end of the axis it points on.
 * @param {string} kind
 * @param {number} count
 * @param {(count: number) => number} x
 * @param {number} type
 */
function mark(kind, count, x, type) {
  const [place, half] = [x(count), 0.5 * type];
  const isBeyond = count > 10 ** HIGH;
  const shape = isBeyond ? `l${-half},${-half}v${2 * half}Z` : `l${half},${-1.1 * half}h${-2 * half}Z`;
  return svg("path", { class: kind, d: `M${place + (isBeyond ? 2 * half : 0)},${0.55 * type}${shape}` });
}

/**
 * The models' names as buttons, each in the lowest row with room for it; the one without a published size at the end.
 * @param {Picture} ui
 * @param {(count: number) => number} x
 * @param {number} type
 * @param {number} width
 */
function placed(ui, x, type, width) {
  const { models, labels } = ui.data;
  /** @type {number[]} */
  const ends = Array(ROWS).fill(-Infinity);
  let used = 1;
  const inOrder = [...models].sort((one, other) => Number(one.parameters || 1e99) - Number(other.parameters || 1e99));
  const buttons = inOrder.map((model) => {
    const words = model.parameters ? model.name : labels.unknownSize.replace("%s", model.name);
    const long = 0.52 * type * words.length + 0.9 * type;
    const at = model.parameters ? x(Number(model.parameters)) : width - long / 2;
    const left = clamp(at - long / 2, 0, width - long);
    const free = ends.findIndex((end) => end < left - 2);
    const row = free < 0 ? ROWS - 1 : free;
    ends[row] = left + long;
    used = Math.max(used, row + 1);
    const button = make("button", { type: "button", "data-model": model.id }, words);
    button.style.left = `${left}px`;
    button.style.bottom = `${row * LINE}em`;
    button.style.width = `${long}px`;
    button.title = `${model.name}, ${model.year}`;
    button.onclick = () => takeModel(ui, model);
    return button;
  });
  ui.axis.names.style.height = `${used * LINE}em`;
  return buttons;
}
