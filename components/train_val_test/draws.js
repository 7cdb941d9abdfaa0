// Choosing the best of some networks on a small test set, then measuring it on the other digits. No drawing here.
import { mulberry32 } from "../in_browser/chance.js";

/**
 * What a digit makes wrong: one bit a network.
 * @param {Uint8Array} packed for each network, the digits it reads wrongly, eight to a byte, the first the highest bit
 * @param {number} networks
 * @param {number} digits
 */
export function masksOf(packed, networks, digits) {
  const row = Math.ceil(digits / 8);
  return Uint32Array.from({ length: digits }, (_, digit) => {
    let mask = 0;
    for (let network = 0; network < networks; network++) {
      if (packed[network * row + (digit >> 3)] & (128 >> (digit & 7))) mask |= 1 << network;
    }
    return mask;
  });
}

/** @type {Map<number, Uint16Array>} */
const ORDERS = new Map();

/**
 * The numbers of all digits, one after the other.
 * @param {number} digits
 */
function inOrder(digits) {
  const found = ORDERS.get(digits) ?? Uint16Array.from({ length: digits }, (_, digit) => digit);
  ORDERS.set(digits, found);
  return found;
}

/**
 * Draw a small test set; return how many of its digits each network reads wrongly.
 * @param {ArrayLike<number>} masks
 * @param {number} networks
 * @param {number} size of the small test set
 * @param {() => number} next
 */
function drawOne(masks, networks, size, next) {
  const digits = masks.length;
  const order = inOrder(digits).slice();
  const found = new Float64Array(networks);
  for (let at = 0; at < size; at++) {
    const from = at + Math.floor(next() * (digits - at));
    const digit = order[from];
    order[from] = order[at];
    for (let mask = masks[digit]; mask; mask &= mask - 1) found[31 - Math.clz32(mask & -mask)] += 1;
  }
  return found;
}

/**
 * The error of every network on a drawn test set and on the other digits, and which looks best on the first.
 * @param {ArrayLike<number>} masks
 * @param {number[]} totals how many digits each network reads wrongly in all
 * @param {number} size
 * @param {() => number} next
 */
export function choose(masks, totals, size, next) {
  const wrong = drawOne(masks, totals.length, size, next);
  const small = [...wrong].map((count) => count / size);
  const fresh = totals.map((total, network) => (total - wrong[network]) / (masks.length - size));
  return { small, fresh, best: small.indexOf(Math.min(...small)) };
}

/**
 * How much better a network looks on the small test set than on the other digits, draw after draw.
 * @param {ArrayLike<number>} masks
 * @param {number[]} totals
 * @param {number} size
 * @param {number} times
 */
export function many(masks, totals, size, times) {
  const flattery = { chosen: /** @type {number[]} */ ([]), named: /** @type {number[]} */ ([]) };
  const next = mulberry32(size);
  for (let time = 0; time < times; time++) {
    const { small, fresh, best } = choose(masks, totals, size, next);
    flattery.chosen.push(fresh[best] - small[best]);
    flattery.named.push(fresh[0] - small[0]);
  }
  return flattery;
}

/**
 * The mean, the middle 95 %, and how many are above zero.
 * @param {number[]} values
 */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))];
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: at(0.025),
    high: at(0.975),
    above: values.filter((value) => value > 0).length / values.length,
  };
}

/**
 * How many networks read each digit wrongly, summed for each network.
 * @param {ArrayLike<number>} masks
 * @param {number} networks
 */
export function totalsOf(masks, networks) {
  const totals = new Array(networks).fill(0);
  for (let digit = 0; digit < masks.length; digit++) {
    for (let network = 0; network < networks; network++) totals[network] += (masks[digit] >>> network) & 1;
  }
  return totals;
}
