// What an experiment is, read with mistrust: from the browser's store, or from a file that anybody may have written.
// core/notebook/experiment.py has the same rules.

/** Settings, figures, curves and points of a curve, at most. */
const [SETTINGS, FIGURES, CURVES, POINTS] = [100, 12, 6, 100];
/** Characters of a setting's value, of a name that is shown, of a unit, of a note, at most. */
const [VALUE, LABEL, UNIT] = [2_000, 200, 30];
export const NOTE = 10_000;
const LARGEST = 1e300;
const NAME = /^[a-z][a-z0-9_-]{0,63}$/;
const ID = /^[0-9a-f]{16}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
const VERSION = /^[0-9a-z.+-]{1,20}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]/gu;

/** @typedef {{ label: string, value: number | null, unit: string }} Figure null is not-a-number */
/** @typedef {{ label: string, x: number[], y: (number | null)[], x_label: string, y_label: string }} Curve */
/** @typedef {{ question: string, guess: string, right: boolean }} Prediction */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} stem of the page
 * @property {string} part of the page; "" for its main picture
 * @property {Record<string, string>} settings
 * @property {string[]} moved settings that stood elsewhere than where the page opens
 * @property {Record<string, string>} labels what the settings were called
 * @property {string} seed name of the setting that holds it
 * @property {Record<string, Figure>} figures
 * @property {Record<string, Curve>} curves
 * @property {Prediction | null} prediction
 * @property {string} time of this browser's clock
 * @property {number} sequence orders the rows, whatever the clock said
 * @property {string} version of the course
 * @property {string} note
 * @property {boolean} star
 */

/**
 * Take what can be understood of a value from outside; null if that is no experiment.
 * @param {any} given
 * @returns {Row | null}
 */
export function understood(given) {
  if (!isRecord(given) || !isMatch(given.stem, NAME) || !isMatch(given.id, ID)) return null;
  const settings = Object.fromEntries(
    entries(given.settings, SETTINGS).flatMap(([key, value]) =>
      typeof value === "string" ? [[key, plain(value, VALUE)]] : [],
    ),
  );
  const moved = Array.isArray(given.moved) ? given.moved.slice(0, SETTINGS) : [];
  return {
    id: given.id,
    stem: given.stem,
    part: isMatch(given.part, NAME) ? given.part : "",
    settings,
    moved: Object.keys(settings).filter((key) => moved.includes(key)),
    labels: Object.fromEntries(
      entries(given.labels, SETTINGS).flatMap(([key, label]) =>
        typeof label === "string" && Object.hasOwn(settings, key) ? [[key, plain(label, LABEL)]] : [],
      ),
    ),
    seed: typeof given.seed === "string" && Object.hasOwn(settings, given.seed) ? given.seed : "",
    figures: whole(given.figures, FIGURES, figureOf),
    curves: whole(given.curves, CURVES, curveOf),
    prediction: predictionOf(given.prediction),
    time: isMatch(given.time, TIME) ? given.time : "",
    sequence: Number.isInteger(given.sequence) && given.sequence >= 0 && given.sequence <= 2 ** 53 ? given.sequence : 0,
    version: isMatch(given.version, VERSION) ? given.version : "",
    note: typeof given.note === "string" ? plain(given.note, NOTE) : "",
    star: given.star === true,
  };
}

/**
 * A text as it is kept: not too long, without signs that are not seen.
 * @param {string} text
 * @param {number} most
 */
export function plain(text, most) {
  const seen = text.replace(UNSEEN, "");
  return seen.length <= most ? seen : [...seen].slice(0, most).join("");
}

/**
 * The end of the address of the experiment.
 * @param {Row} row
 */
export function linkOf({ stem, settings }) {
  const query = new URLSearchParams(settings).toString();
  return query ? `${stem}?${query}` : stem;
}

/** @param {any} given */
function figureOf(given) {
  const value = numberOf(given?.value);
  if (!isRecord(given) || typeof given.label !== "string" || value === undefined) return null;
  return {
    label: plain(given.label, LABEL),
    value,
    unit: typeof given.unit === "string" ? plain(given.unit, UNIT) : "",
  };
}

/** @param {any} given */
function curveOf(given) {
  if (!isRecord(given) || typeof given.label !== "string" || !Array.isArray(given.x) || !Array.isArray(given.y))
    return null;
  const count = Math.min(given.x.length, given.y.length, POINTS);
  const points = Array.from({ length: count }, (_, at) => [numberOf(given.x[at]), numberOf(given.y[at])]);
  const measured = points.filter(([x, y]) => typeof x === "number" && y !== undefined);
  if (measured.length === 0) return null;
  const [x_label, y_label] = [given.x_label, given.y_label].map((each) =>
    typeof each === "string" ? plain(each, LABEL) : "",
  );
  return {
    label: plain(given.label, LABEL),
    x: measured.map(([x]) => /** @type {number} */ (x)),
    y: measured.map(([, y]) => y ?? null),
    x_label,
    y_label,
  };
}

/** @param {any} given */
function predictionOf(given) {
  if (!isRecord(given) || typeof given.question !== "string" || typeof given.guess !== "string") return null;
  if (typeof given.right !== "boolean") return null;
  return { question: plain(given.question, VALUE), guess: plain(given.guess, VALUE), right: given.right };
}

/**
 * A number; null for null, which is not-a-number; undefined for what is none.
 * @param {any} given
 * @returns {number | null | undefined}
 */
function numberOf(given) {
  if (given === null || given === undefined) return null;
  return typeof given === "number" && Math.abs(given) <= LARGEST ? given : undefined;
}

/**
 * @template Kind
 * @param {any} given
 * @param {number} most
 * @param {(each: any) => Kind | null} read
 * @returns {Record<string, Kind>}
 */
function whole(given, most, read) {
  const found = entries(given, most).map(([name, each]) => /** @type {const} */ ([name, read(each)]));
  return Object.fromEntries(found.flatMap(([name, each]) => (each === null ? [] : [[name, each]])));
}

/** @param {any} value */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/**
 * @param {any} value
 * @param {RegExp} pattern
 */
const isMatch = (value, pattern) => typeof value === "string" && pattern.test(value);
/**
 * @param {any} given
 * @param {number} most
 */
const entries = (given, most) =>
  isRecord(given)
    ? Object.entries(given)
        .slice(0, most)
        .filter(([name]) => NAME.test(name))
    : [];
