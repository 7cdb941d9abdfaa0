// What a step of training costs, and how long it takes on a line: the same sums as core/gpu. No drawing here.

/** @typedef {{ overhead: number, bandwidth: number, rate: number }} Machine seconds, bytes a second, operations a second */
/** @typedef {"fp32" | "tf32" | "bf16"} Precision */
/**
 * One way to compute.
 * @typedef {object} Line
 * @property {string} id "one", "all"; "h100", …; "sheet"
 * @property {"processor" | "card" | "sheet"} kind
 * @property {string} name for a student
 * @property {Precision} precision of its products
 * @property {[width: number, batch: number, seconds: number][]} points measured
 * @property {Machine | null} machine the model; none where too little was measured
 * @property {number | null} error of the model on points left out of its fit: the median, relative
 * @property {[batch: number, seconds: number][]} transfers measured
 */
/** @typedef {{ seconds: number, kind: "measured" | "between" | "model" }} Told */
/** @typedef {{ launch: number, transfer: number, memory: number, arithmetic: number }} Parts seconds of each */

export const COURSE = 0;
export const WIDTHS = [16, 64, COURSE, 256, 1024, 4096];
/** Batches that the slider stops on. */
export const STOPS = [...Array(15).keys()].map((power) => 2 ** power);
const PIXELS = 784;
const COURSE_SIZES = [PIXELS, 200, 100, 75, 10];
const NUMBER_BYTES = { fp32: 4, tf32: 4, bf16: 2 };
const WEIGHT_BYTES = 4;

/** @param {number} width */
export function sizesOf(width) {
  return width === COURSE ? COURSE_SIZES : [PIXELS, width, width, 10];
}

/** @param {number} width */
function layersOf(width) {
  const sizes = sizesOf(width);
  return sizes.slice(1).map((fanOut, at) => [sizes[at], fanOut]);
}

/** @param {number} width */
export function weightsOf(width) {
  return layersOf(width).reduce((sum, [fanIn, fanOut]) => sum + (fanIn + 1) * fanOut, 0);
}

/**
 * Multiplications and additions of a step; the first layer needs no gradient of its inputs.
 * @param {number} width
 * @param {number} batch
 */
function operationsOf(width, batch) {
  return layersOf(width).reduce((sum, [fanIn, fanOut], at) => sum + (at ? 3 : 2) * 2 * fanIn * fanOut * batch, 0);
}

/**
 * Bytes that a step reads from memory and writes to it.
 * @param {number} width
 * @param {number} batch
 * @param {Precision} precision
 */
function movedBytesOf(width, batch, precision) {
  const layers = layersOf(width);
  let [weights, numbers] = [0, 0];
  layers.forEach(([fanIn, fanOut], at) => {
    weights += (at ? 6 : 5) * (fanIn + 1) * fanOut;
    numbers += (at ? 3 : 2) * (fanIn + fanOut) + (at < layers.length - 1 ? 5 : 4) * fanOut;
  });
  return WEIGHT_BYTES * weights + NUMBER_BYTES[precision] * numbers * batch;
}

/**
 * What the model says a step consists of; none without a model.
 * @param {Line} line
 * @param {number} width
 * @param {number} batch
 * @param {number} [transfer] seconds
 * @returns {Parts | null}
 */
export function partsOf({ machine, precision }, width, batch, transfer = 0) {
  if (!machine) return null;
  const memory = movedBytesOf(width, batch, precision) / machine.bandwidth;
  return { launch: machine.overhead, transfer, memory, arithmetic: operationsOf(width, batch) / machine.rate };
}

/** @param {Parts} parts memory and arithmetic go on at the same time */
export function totalOf({ launch, transfer, memory, arithmetic }) {
  return launch + transfer + Math.max(memory, arithmetic);
}

/**
 * The part that takes longest.
 * @param {Parts} parts
 */
export function rulerOf(parts) {
  const names = /** @type {(keyof Parts)[]} */ (["launch", "transfer", "memory", "arithmetic"]);
  return names.reduce((most, name) => (parts[name] > parts[most] ? name : most));
}

/**
 * Seconds of a step without transfer: as measured, between two that were, or by the model.
 * @param {Line} line
 * @param {number} width
 * @param {number} batch
 * @returns {Told | null}
 */
export function timeOf(line, width, batch) {
  const known = line.points.filter(([w]) => w === width).map(([, b, s]) => /** @type {[number, number]} */ ([b, s]));
  const found = between(known, batch);
  if (found !== null) return { seconds: found, kind: known.some(([b]) => b === batch) ? "measured" : "between" };
  const parts = partsOf(line, width, batch);
  return parts && { seconds: totalOf(parts), kind: "model" };
}

/**
 * The value at a batch, or on the straight line between its neighbours on log–log axes; null outside.
 * @param {[number, number][]} known
 * @param {number} batch
 */
function between(known, batch) {
  const exact = known.find(([b]) => b === batch);
  if (exact) return exact[1];
  const below = known.filter(([b]) => b < batch).sort((one, other) => other[0] - one[0])[0];
  const above = known.filter(([b]) => b > batch).sort((one, other) => one[0] - other[0])[0];
  if (!below || !above) return null;
  const share = Math.log(batch / below[0]) / Math.log(above[0] / below[0]);
  return Math.exp((1 - share) * Math.log(below[1]) + share * Math.log(above[1]));
}

/**
 * Seconds to send a batch to the card.
 * @param {Line} line
 * @param {number} batch
 */
export function transferOf({ transfers }, batch) {
  if (!transfers.length) return 0;
  const found = between(transfers, batch);
  if (found !== null) return found;
  const far = (/** @type {[number, number]} */ [b]) => Math.abs(Math.log(b / batch));
  const [nearest, seconds] = transfers.reduce((best, other) => (far(other) < far(best) ? other : best));
  return (seconds * batch) / nearest;
}

/**
 * The processor's faster way, and its seconds.
 * @param {Line[]} lines
 * @param {number} width
 * @param {number} batch
 */
export function processorOf(lines, width, batch) {
  const found = lines
    .filter((line) => line.kind === "processor")
    .map((line) => ({ line, told: timeOf(line, width, batch) }))
    .filter(({ told }) => told !== null)
    .map(({ line, told }) => ({ line, seconds: /** @type {Told} */ (told).seconds }));
  return found.length ? found.reduce((best, other) => (other.seconds < best.seconds ? other : best)) : null;
}

/**
 * How many times faster the card is than the processor at its best: below 1, it loses; null where nobody can tell.
 * @param {Line[]} lines
 * @param {Line | undefined} card
 * @param {{ width: number, batch: number, transfer: boolean }} point
 */
export function ratioOf(lines, card, { width, batch, transfer }) {
  const told = card && timeOf(card, width, batch);
  const best = processorOf(lines, width, batch);
  if (!card || !told || !best) return null;
  return best.seconds / (told.seconds + (transfer ? transferOf(card, batch) : 0));
}
