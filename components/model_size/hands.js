// The hands of the picture: the family, a slider and a field for each number, precision, and the pin.
import { clamp, make, writeWhole } from "../in_browser/base.js";
import { segments } from "../in_browser/segments.js";
import { PRECISIONS } from "./counts.js";
import { boundsOf, FAMILIES, fitted, HAS, stopsOf } from "./model.js";
import { repairOf } from "./named.js";
import { takeFamily } from "./taking.js";

/** @import { Name } from "./model.js" */
/** @import { Picture } from "./picture.js" */

/** In the order in which they stand; a family shows those that it has. */
const ORDER = /** @type {Name[]} */ ([
  "layers",
  "width",
  "heads",
  "kv_heads",
  "feed_forward",
  "experts",
  "experts_used",
  "vocabulary",
  "context",
  "window",
]);

/** Make the hands; `listen` gives them something to move. */
export function hands() {
  let [chooseFamily, choosePrecision] = [(/** @type {any} */ _name) => {}, (/** @type {any} */ _name) => {}];
  const rows = Object.fromEntries(ORDER.map((name) => [name, row(name)]));
  const tied = make("input", { type: "checkbox", role: "switch" });
  const tiedWords = make("span");
  const tiedRow = make("label", { class: "switch later" }, tied, tiedWords);
  const families = segments(FAMILIES, (name) => chooseFamily(name));
  const precision = segments(PRECISIONS, (name) => choosePrecision(name));
  precision.box.classList.add("later");
  const machine = make("select");
  const machineWords = make("span");
  const machineRow = make("label", { class: "choice later" }, machineWords, machine);
  const said = make("p", { class: "repair", role: "status" });
  const box = make(
    "div",
    { class: "beside" },
    ...ORDER.map((name) => rows[name].box),
    tiedRow,
    precision.box,
    machineRow,
    said,
  );
  return {
    box,
    rows,
    tied,
    tiedWords,
    tiedRow,
    families,
    precision,
    machine,
    machineWords,
    machineRow,
    said,
    /**
     * @param {(name: any) => void} family
     * @param {(name: any) => void} precise
     */
    hear(family, precise) {
      chooseFamily = family;
      choosePrecision = precise;
    },
  };
}

/** @param {Name} name */
function row(name) {
  const label = make("span", { class: "label" });
  const field = make("input", { type: "text", inputmode: "numeric", class: "field", size: 8, autocomplete: "off" });
  const range = make("input", { type: "range", min: 0, step: 1, "data-name": name });
  const folds = name === "layers" || name === "width" ? "" : " later"; // a phone shows two at first
  return { box: make("div", { class: `row${folds}` }, label, field, range), label, field, range };
}

/** @param {Picture} ui */
export function listen(ui) {
  const { hands: held } = ui;
  held.hear(
    (family) => takeFamily(ui, family),
    (precision) => ui.choose({ precision }),
  );
  for (const name of ORDER) {
    const { field, range } = held.rows[name];
    range.oninput = () => take(ui, name, stopsOf(ui.state, name)[Number(range.value)]);
    field.onchange = () => typed(ui, name, field.value);
    field.onkeydown = (event) => {
      if (event.key === "Enter") typed(ui, name, field.value);
    };
  }
  held.machine.onchange = () => ui.choose({ machine: held.machine.value });
  held.tied.onchange = () => ui.choose({ tied: held.tied.checked });
}

/**
 * A number that was typed, spaces and all: brought within its bounds, made to fit, and what had to change is told.
 * @param {Picture} ui
 * @param {Name} name
 * @param {string} text
 */
function typed(ui, name, text) {
  const isGrouped = /^\d{1,3}([\s.,]\d{3})*$/.test(text.trim()); // 1 000; a decimal is no number of layers
  const digits = isGrouped ? text.replace(/\D/g, "") : text.trim();
  const [least, most] = boundsOf(ui.state.family, name);
  if (!/^\d{1,15}$/.test(digits)) {
    ui.said = ui.data.labels.outside.replace("%a", ui.whole(least)).replace("%b", ui.whole(most));
    ui.show();
    return;
  }
  if (Number(digits) !== ui.state[name]) take(ui, name, Number(digits), true);
  ui.hands.rows[name].field.value = ui.whole(ui.state[name]);
}

/**
 * Take a number: what belongs to it follows, as in models that are built: the feed-forward width in proportion to the
 * width, heads to the nearest number that shares it.
 * @param {Picture} ui
 * @param {Name} name
 * @param {number} value
 */
function take(ui, name, value, isTyped = false) {
  const { state, wanted, data } = ui;
  const [least, most] = boundsOf(state.family, name);
  const asked = clamp(value, least, most);
  const next = { ...state, ...wanted, [name]: asked };
  if (name === "width" && state.family !== "letters") {
    const [low, high] = boundsOf(state.family, "feed_forward");
    next.feed_forward = clamp(Math.round((state.feed_forward * asked) / state.width), low, high);
  }
  if (name === "heads" || name === "kv_heads") ui.wanted = { ...wanted, [name]: asked };
  if (name === "heads" && state.kv_heads === state.heads) next.kv_heads = ui.wanted.kv_heads = asked; // none were shared
  const { model, repairs } = fitted(next);
  const told = repairs.filter((repair) => repair.name === name || (isTyped && repair.name !== "experts_used"));
  const said = told.map(({ name: what, value: asked_, taken }) => repairOf(ui, what, asked_, taken));
  if (asked !== value) said.unshift(data.labels.outside.replace("%a", ui.whole(least)).replace("%b", ui.whole(most)));
  ui.said = said.join(" ");
  ui.choose({ ...model });
}

/** @param {Picture} ui */
export function showHands(ui) {
  const { hands: held, state, data } = ui;
  const { labels, hidden, lang } = data;
  const has = HAS[state.family]; // of GPT-4, whose numbers were never published, none
  const isLetters = state.family === "letters";
  const isUnknown = state.family === "gpt4";
  for (const name of ORDER) {
    const { box, label, field, range } = held.rows[name];
    box.hidden = !has.includes(name) || hidden.includes(`ms_${name}`);
    if (box.hidden) continue;
    const words = (isLetters && labels.lettersNames[name]) || labels.names[name];
    const stops = stopsOf(state, name);
    label.textContent = words;
    range.setAttribute("aria-label", words);
    field.setAttribute("aria-label", labels.exactly.replace("%s", words));
    range.max = String(stops.length - 1);
    range.value = String(placeOf(stops, state[name]));
    const said = name === "window" && !state.window ? labels.allOfIt : writeWhole(state[name], lang);
    range.setAttribute("aria-valuetext", said);
    if (!field.matches(":focus")) field.value = said; // else the student is writing
  }
  held.families.show(/** @type {typeof FAMILIES[number]} */ (state.family), labels.family, labels.familyNames);
  held.families.box.hidden = hidden.includes("ms_family");
  held.precision.show(state.precision, labels.precision, labels.precisionNames);
  held.precision.box.hidden = isUnknown || hidden.includes("ms_precision");
  held.tiedRow.hidden = isLetters || isUnknown || hidden.includes("ms_tied");
  held.tiedWords.textContent = labels.tied;
  held.tied.checked = state.tied;
  showMachines(ui);
  if (held.said.textContent !== ui.said) held.said.textContent = ui.said;
}

/** @param {Picture} ui */
function showMachines(ui) {
  const { machine, machineRow, machineWords } = ui.hands;
  const { labels, machines, hidden } = ui.data;
  machineRow.hidden = ["letters", "gpt4"].includes(ui.state.family) || hidden.includes("ms_machine");
  machineWords.textContent = labels.machine;
  const names = machines.map(({ name }) => name).join();
  if (machine.dataset.names !== names) {
    machine.replaceChildren(...machines.map(({ id, name }) => make("option", { value: id }, name)));
    machine.dataset.names = names;
  }
  machine.value = ui.machine().id;
}

/**
 * The stop that is nearest to a value, in order of size.
 * @param {number[]} stops
 * @param {number} value
 */
function placeOf(stops, value) {
  const at = stops.findIndex((stop) => stop >= value);
  if (at < 1) return at < 0 ? stops.length - 1 : 0;
  return value - stops[at - 1] < stops[at] - value ? at - 1 : at;
}
