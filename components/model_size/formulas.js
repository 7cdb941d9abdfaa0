// A figure's formula with the model's numbers in it.
import { writeBytes, writeCompact, writeTime, writeWhole } from "../in_browser/base.js";
import { numberBytes, reach } from "./counts.js";
import { nameOf } from "./named.js";
import { partsOf } from "./speed.js";
import { readingWork, writingWork } from "./work.js";

/** @import { Figure, Figures } from "./figures.js" */
/** @import { Picture } from "./picture.js" */

/**
 * @param {Picture} ui
 * @param {Figure} name
 * @param {Figures} found
 */
export function formulaOf(ui, name, found) {
  if (name === "parameters") return sumOf(ui, found);
  if (name === "writing" || name === "reading") return speedOf(ui, name, found);
  const { labels, lang } = ui.data;
  const { state } = ui;
  const whole = (/** @type {number | bigint} */ value) => writeWhole(value, lang);
  const isLetters = state.family === "letters";
  const looked = isLetters ? 0n : 4n * BigInt(state.layers) * BigInt(state.width) * BigInt(reach(state));
  const words = (isLetters && labels.lettersFormulas[name]) || labels.formulas[name];
  const said = filled(words, {
    "%N": whole(found.parameters),
    "%w": whole(found.weights),
    "%c": whole(found.cache),
    "%m": whole(found.memory),
    "%o": whole(found.operations),
    "%l": whole(state.layers),
    "%k": whole(state.kv_heads),
    "%h": whole(state.width / state.heads),
    "%e": String(numberBytes(state.precision)),
    "%t": whole(reach(state)),
    "%d": whole(state.width),
    "%b": labels.bytesNames[state.precision],
    "%a": whole((found.operations - looked) / 2n),
  });
  return name === "cache" && reach(state) < state.context ? `${said} ${labels.windowStops}` : said;
}

/**
 * The parts of the model, added.
 * @param {Picture} ui
 * @param {Figures} found
 */
function sumOf(ui, found) {
  const whole = (/** @type {number | bigint} */ value) => writeWhole(value, ui.data.lang);
  const parts = (ui.tree?.parts ?? []).filter(({ parameters }) => parameters);
  const sum = parts.map(({ name, copies, each }) => {
    const times = copies > 1 ? `${whole(copies)} × ` : "";
    return `${times}${whole(each)} (${nameOf(ui, name)})`;
  });
  return `${sum.join(" + ")} = ${whole(found.parameters)}`;
}

/**
 * Where the time of a token that is written goes, or that of a prompt that is read, and on which machine.
 * @param {Picture} ui
 * @param {"writing" | "reading"} name
 * @param {Figures} found
 */
function speedOf(ui, name, found) {
  const { labels, lang } = ui.data;
  const { state, tree } = ui;
  const machine = ui.machine();
  const speed = found[name];
  if (!tree || speed === undefined) return state.family === "letters" ? labels.noSpeed : labels.noRoom;
  const work = (name === "writing" ? writingWork : readingWork)(state, tree, state.precision);
  const { moved, memory, orders, arithmetic, passes } = partsOf(work, machine, state.family, state.precision);
  const said = filled(labels.formulas[name], {
    "%q": writeTime(orders, lang),
    "%m": writeTime(memory, lang),
    "%a": writeTime(arithmetic, lang),
    "%b": writeBytes(moved, lang),
    "%o": writeCompact(work.operations, lang),
    "%t": writeWhole(state.context, lang),
    "%s": writeTime((name === "writing" ? 1 : state.context) / speed, lang),
  });
  const isCopied = name === "writing" && machine.engines[state.family].copies;
  const notes = [
    ...(isCopied ? [labels.copies.replace("%n", String(passes))] : []),
    ...(machine.kind !== "sheet" && state.precision !== "fp32" ? [labels.onlyBytes] : []),
    ...(machine.kind !== "sheet" && name === "reading" ? [labels.tooFast] : []),
    machine.source,
  ];
  return [said, ...notes].join(" · ");
}

/**
 * @param {string} words
 * @param {Record<string, string>} values by the sign that stands for each
 */
function filled(words, values) {
  return words.replace(/%[a-zA-Z]/g, (sign) => values[sign] ?? sign);
}
