// Sampling: the same steps as core/language_models/sampling.py, in the same order; a test compares the two.
import { softmax } from "../in_browser/arrays.js";

/** @typedef {"temperature" | "top_k" | "top_p" | "min_p" | "repetition_penalty"} Step */
/** @typedef {Record<Step, number>} Sampling */

/**
 * @param {Float64Array} values
 */
function argmax(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** @type {Record<Step, (logits: Float64Array, setting: number, written: number[]) => Float64Array>} */
const STEPS = {
  repetition_penalty(logits, penalty, written) {
    if (penalty === 1) return logits;
    const changed = logits.slice();
    for (const token of new Set(written)) {
      changed[token] = logits[token] < 0 ? logits[token] * penalty : logits[token] / penalty;
    }
    return changed;
  },
  temperature(logits, temperature) {
    const first = argmax(logits);
    const best = logits[first];
    if (temperature > 0) return logits.map((value) => (value - best) / temperature);
    return logits.map((_, token) => (token === first ? 0 : Number.NEGATIVE_INFINITY));
  },
  top_k(logits, k) {
    if (!k || k >= logits.length) return logits;
    const kth = logits.slice().sort()[logits.length - k];
    return logits.map((value) => (value < kth ? Number.NEGATIVE_INFINITY : value));
  },
  top_p(logits, p) {
    if (p >= 1) return logits;
    const chances = softmax(logits);
    const order = [...chances.keys()].sort((a, b) => logits[a] - logits[b] || a - b);
    const kept = logits.slice();
    let tail = 0;
    for (const token of order.slice(0, -1)) {
      tail += chances[token];
      if (tail > 1 - p) break;
      kept[token] = Number.NEGATIVE_INFINITY;
    }
    return kept;
  },
  min_p(logits, p) {
    if (!p) return logits;
    const chances = softmax(logits);
    const best = argmax(chances);
    const least = p * chances[best];
    return logits.map((value, token) => (chances[token] < least && token !== best ? Number.NEGATIVE_INFINITY : value));
  },
};

/**
 * Return the logits before and after each step, and the probabilities at the end.
 * @param {Float64Array} logits
 * @param {Sampling} how
 * @param {number[]} written tokens of the text so far
 */
export function process(logits, how, written) {
  const stages = /** @type {Record<Step, { before: Float64Array, after: Float64Array }>} */ ({});
  let now = logits;
  for (const step of /** @type {Step[]} */ (Object.keys(STEPS))) {
    const before = now;
    now = STEPS[step](now, how[step], written);
    stages[step] = { before, after: now };
  }
  return { stages, probabilities: softmax(now) };
}

/**
 * Return the likeliest tokens, the best first; the model's own probability decides between equals.
 * @param {Float64Array} chances
 * @param {number} count
 */
export function likeliest(chances, count, model = chances) {
  const least = chances[argmax(chances)] * 1e-6;
  const likely = [...chances.keys()].filter((token) => chances[token] > least); // sorting 50,000 would cost a frame
  const tokens = likely.length < count ? [...chances.keys()] : likely;
  return tokens.sort((a, b) => chances[b] - chances[a] || model[b] - model[a] || a - b).slice(0, count);
}

/**
 * Return the entropy of some probabilities in bits.
 * @param {Float64Array} chances
 */
export function entropy(chances) {
  let bits = 0;
  for (const chance of chances) if (chance > 0) bits -= chance * Math.log2(chance);
  return Math.max(0, bits);
}
