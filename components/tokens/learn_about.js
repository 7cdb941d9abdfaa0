// The token that is pointed at: lit wherever it stands in both texts, and told in one line.
import { writeNumber } from "../in_browser/base.js";
import { filled, tokenOf, wordsOf } from "./learn_words.js";
import { hexadecimal } from "./pieces.js";

/** @import { Picture } from "./learn.js" */
/** @import { Role } from "./learn_hands.js" */

const ROLES = /** @type {const} */ (["learn", "apply"]);
/** Bytes that are written of one token, at most. */
const MOST_BYTES = 12;

/**
 * Point at a byte's token, or with −1 at none.
 * @param {Picture} ui
 * @param {Role} role
 * @param {number} byte
 */
export function point(ui, role, byte) {
  if (byte < 0 ? ui.pointed.byte < 0 : ui.pointed.role === role && ui.pointed.byte === byte) return;
  ui.pointed = { role, byte };
  light(ui, ui.way.at());
}

/**
 * Colour both texts after so many merges, and say what is pointed at.
 * @param {Picture} ui
 * @param {number} merges
 */
export function light(ui, merges) {
  const { pointed, now } = ui;
  const { role, byte } = pointed;
  const id = byte < 0 ? -1 : now[role].ids[byte];
  for (const each of ROLES) ui.boxes[each].show({ ...now[each], merges, lit: id, pointed: each === role ? byte : -1 });
  ui.about.replaceChildren(...(byte < 0 ? [ui.data.labels.hint] : told(ui, id)));
}

/**
 * @param {Picture} ui
 * @param {number} id
 */
function told({ data, pointed, now, cuts, learned, boxes }, id) {
  const { labels, lang } = data;
  const { role, byte } = pointed;
  const write = (/** @type {number} */ value) => writeNumber(value, lang, 0);
  const bytes = learned.strings[id];
  const few = hexadecimal(bytes.subarray(0, MOST_BYTES)) + (bytes.length > MOST_BYTES ? " …" : "");
  const [here, there] = ROLES.map((each) => placesOf(now[each], id));
  const words = filled(labels.about, {
    "%k": tokenOf(id, bytes),
    "%i": write(id),
    "%b": few,
    "%l": write(here),
    "%a": write(there),
  });
  const { from, to } = boxes[role].characterAt(byte);
  const parts = new Set(now[role].begins.subarray(from, to)).size;
  if (parts === 1) return words;
  const whole = wordsOf(cuts[role].bytes.subarray(from, to));
  return [...words, ` ${labels.split.replace("%c", whole).replace("%n", write(parts))}`];
}

/**
 * How often a token stands in a text.
 * @param {Picture["now"]["learn"]} cut
 * @param {number} id
 */
function placesOf({ ids, begins }, id) {
  let places = 0;
  for (let byte = 0; byte < ids.length; byte++) if (ids[byte] === id && begins[byte] === byte) places++;
  return places;
}
