// What can be chosen of a model, and what fits together: the twin of core/model_size/chosen.py, under the finger.

/**
 * @typedef {"letters" | "gpt2" | "llama" | "mistral" | "mixtral" | "gpt4"} Family gpt4: nothing of it was published
 * @typedef {"layers" | "width" | "heads" | "kv_heads" | "feed_forward" | "vocabulary" | "context" | "window" | "experts" |
 *   "experts_used"} Name of a number
 * @typedef {Record<Name, number> & { family: Family, tied: boolean }} Model
 * @typedef {{ name: Name, value: number, taken: number, rule: "heads" | "kv_heads" | "experts_used" | "width" }} Repair a
 *   number that did not fit, and what was taken instead
 */

export const FAMILIES = /** @type {const} */ (["letters", "gpt2", "llama", "mistral", "mixtral"]);

/** The numbers that a family has, in the order in which they are shown. */
export const HAS = /** @type {Record<Family, Name[]>} */ ({
  letters: ["width", "feed_forward", "context"],
  gpt2: ["layers", "width", "heads", "feed_forward", "vocabulary", "context"],
  llama: ["layers", "width", "heads", "kv_heads", "feed_forward", "vocabulary", "context"],
  mistral: ["layers", "width", "heads", "kv_heads", "feed_forward", "vocabulary", "context", "window"],
  mixtral: ["layers", "width", "heads", "kv_heads", "feed_forward", "vocabulary", "context", "experts", "experts_used"],
  gpt4: [],
});

/** @type {Record<Name, [number, number]>} The least and the most of each number. */
const BOUNDS = {
  layers: [0, 10_000],
  width: [1, 1_000_000],
  heads: [1, 1_000_000],
  kv_heads: [1, 1_000_000],
  feed_forward: [1, 10_000_000],
  vocabulary: [1, 10_000_000],
  context: [1, 10_000_000],
  window: [0, 10_000_000],
  experts: [1, 4_096],
  experts_used: [1, 4_096],
};
/** @type {Partial<Record<Name, [number, number]>>} The same for Bengio's network. */
const BOUNDS_OF_LETTERS = { width: [1, 16], feed_forward: [1, 500], context: [1, 8] };

/**
 * @param {Family} family
 * @param {Name} name
 * @returns {[number, number]}
 */
export function boundsOf(family, name) {
  return (family === "letters" && BOUNDS_OF_LETTERS[name]) || BOUNDS[name];
}

/**
 * Where a slider stops: round numbers, and those of the published models.
 * @type {Record<Name, number[]>}
 */
const STOPS = {
  layers: [...range(0, 12), 16, 20, 24, 28, 30, 32, 36, 40, 48, 60, 64, 80, 96, 120, 160, 240, 500, 1_000],
  width: [8, 16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 320, 384, 512, 576, 640, 768, 1_024, 1_152, 1_280, 1_536, 1_600,
    2_048, 2_560, 3_072, 3_200, 4_096, 5_120, 6_144, 8_192, 10_240, 12_288, 16_384, 24_576, 50_000, 100_000], // biome-ignore format: a table
  heads: [],
  kv_heads: [],
  feed_forward: [32, 64, 128, 256, 512, 640, 1_024, 1_536, 2_048, 3_072, 4_096, 5_120, 6_144, 6_400, 8_192, 11_008, 12_288,
    14_336, 16_384, 20_480, 28_672, 32_768, 49_152, 65_536, 100_000, 200_000, 400_000], // biome-ignore format: a table
  vocabulary: [37, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_000, 49_152, 50_257, 65_536, 100_277, 128_256,
    200_019, 256_000], // biome-ignore format: a table
  context: [
    16, 32, 64, 128, 192, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 1_048_576,
  ],
  window: [0, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768],
  experts: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  experts_used: [1, 2, 3, 4, 6, 8],
};
/** @type {Partial<Record<Name, number[]>>} */
const STOPS_OF_LETTERS = {
  width: range(1, 16),
  feed_forward: [5, 10, 20, 50, 100, 150, 200, 250, 300, 400, 500],
  context: range(1, 8),
};
/** More heads than this are on no slider. */
const MOST_HEADS = 256;

/**
 * @param {number} from
 * @param {number} to
 */
function range(from, to) {
  return [...Array(to - from + 1).keys()].map((at) => from + at);
}

/**
 * Where a number's slider stops in this model.
 * @param {Model} model
 * @param {Name} name
 */
export function stopsOf(model, name) {
  if (model.family === "letters") return STOPS_OF_LETTERS[name] ?? [];
  if (name === "heads") return headsOf(model).filter((heads) => heads <= MOST_HEADS);
  if (name === "kv_heads") return divisorsOf(model.heads);
  if (name === "experts_used") return STOPS.experts_used.filter((used) => used <= model.experts);
  return STOPS[name];
}

/**
 * How many heads fit the width: they share it in equal parts, even ones where places turn pairs of numbers.
 * @param {Model} model
 */
function headsOf({ family, width }) {
  return divisorsOf(width).filter((heads) => family === "gpt2" || (width / heads) % 2 === 0);
}

/** @param {number} whole */
function divisorsOf(whole) {
  const [low, high] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let small = 1; small * small <= whole; small++) {
    if (whole % small) continue;
    low.push(small);
    if (small * small !== whole) high.unshift(whole / small);
  }
  return [...low, ...high];
}

/**
 * The nearest of some numbers in order; of two that are as near, the smaller.
 * @param {number[]} numbers
 * @param {number} value
 */
function nearest(numbers, value) {
  return numbers.reduce((best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best));
}

/**
 * Return the model with all numbers fitting together, and what had to be repaired.
 * @param {Model} model each number within its bounds
 * @returns {{ model: Model, repairs: Repair[] }}
 */
export function fitted(model) {
  const found = { ...model };
  /** @type {Repair[]} */
  const repairs = [];
  const take = (/** @type {Repair["rule"]} */ name, /** @type {number} */ taken) => {
    if (taken !== found[name]) repairs.push({ name, value: found[name], taken, rule: name });
    found[name] = taken;
  };
  if (found.family === "letters" || found.family === "gpt4") return { model: found, repairs };
  if (found.family !== "gpt2" && found.width % 2) take("width", found.width + 1);
  take("heads", nearest(headsOf(found), found.heads));
  if (found.family === "gpt2") found.kv_heads = found.heads;
  else take("kv_heads", nearest(divisorsOf(found.heads), found.kv_heads));
  if (found.family === "mixtral") take("experts_used", Math.min(found.experts_used, found.experts));
  return { model: found, repairs };
}
