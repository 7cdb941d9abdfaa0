// Random numbers that are a function of a seed, a stream and a counter: the twin of core/arena/draws.py, bit for bit.
// Binomial and multinomial draws are made of them.

/** 2³² divided by the golden ratio. */
const GOLDEN = 0x9e3779b9;
const WORDS = 2 ** 32;
/** Below this expectation a binomial draw counts upwards; above it a rejection is faster. */
const FEW = 10;
/** ln k! of the first whole numbers; above them Stirling's series is exact to 1e-12. */
const LOG_FACTORIALS = [...Array(16).keys()].map((k) => {
  let product = 1;
  for (let factor = 2; factor <= k; factor++) product *= factor;
  return Math.log(product);
});

/**
 * Return what gives the number of a stream at each counter, strictly between 0 and 1.
 * @param {number} seed any whole number
 * @param {number} stream what the numbers are for
 * @returns {(counter: number) => number}
 */
export function drawer(seed, stream) {
  const outer = mixed(seed ^ mixed(stream + 1));
  const inner = mixed(outer + GOLDEN);
  return (counter) => ((mixed(mixed(counter ^ outer) + inner) >>> 0) + 0.5) / WORDS;
}

/**
 * The same, one number after the other.
 * @param {number} seed
 * @param {number} stream
 */
export function drawn(seed, stream) {
  const draw = drawer(seed, stream);
  let counter = 0;
  return () => draw(counter++);
}

/**
 * Return 0 … count − 1 in a random order (Fisher and Yates).
 * @param {number} count
 * @param {number} seed
 * @param {number} stream
 */
export function shuffled(count, seed, stream) {
  const order = Uint32Array.from({ length: count }, (_none, at) => at);
  const draw = drawer(seed, stream);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(draw(count - 1 - last) * (last + 1));
    const kept = order[last];
    order[last] = order[other];
    order[other] = kept;
  }
  return order;
}

/**
 * Draw as many votes as there are again, with replacement: new counts, from the multinomial distribution, exactly.
 * Each kind is a binomial draw among those that are left.
 * @param {ArrayLike<number>} counts of each kind
 * @param {() => number} draw uniform numbers
 */
export function drawAgain(counts, draw) {
  let rest = 0;
  for (let kind = 0; kind < counts.length; kind++) rest += counts[kind];
  let left = rest;
  const again = new Float64Array(counts.length);
  for (let kind = 0; kind < counts.length && left > 0; kind++) {
    if (!counts[kind]) continue;
    again[kind] = binomial(left, counts[kind] / rest, draw);
    left -= again[kind];
    rest -= counts[kind];
  }
  return again;
}

/**
 * How many of `trials` succeed.
 * @param {number} trials
 * @param {number} chance of each
 * @param {() => number} draw
 * @returns {number}
 */
function binomial(trials, chance, draw) {
  if (!(trials > 0) || !(chance > 0)) return 0;
  if (chance >= 1) return trials;
  if (chance > 0.5) return trials - binomial(trials, 1 - chance, draw);
  return trials * chance < FEW ? countedUp(trials, chance, draw) : rejected(trials, chance, draw);
}

/**
 * A binomial number by inversion: probabilities are added up until they exceed a uniform number.
 * @param {number} trials
 * @param {number} chance at most ½
 * @param {() => number} draw
 */
function countedUp(trials, chance, draw) {
  const odds = chance / (1 - chance);
  let probability = (1 - chance) ** trials;
  let left = draw();
  let found = 0;
  while (left > probability && found < trials) {
    left -= probability;
    found += 1;
    probability *= (odds * (trials - found + 1)) / found;
  }
  return found;
}

/**
 * A binomial number by rejection from a transformed uniform one. W. Hörmann, "The generation of binomial random
 * variates", Journal of Statistical Computation and Simulation 46, 1993, algorithm BTRS; exact.
 * @param {number} trials
 * @param {number} chance at most ½, at least 10 / trials
 * @param {() => number} draw
 */
function rejected(trials, chance, draw) {
  const spread = Math.sqrt(trials * chance * (1 - chance));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * chance;
  const middle = trials * chance + 0.5;
  const quick = 0.92 - 4.2 / b;
  const top = Math.floor((trials + 1) * chance);
  const logOdds = Math.log(chance / (1 - chance));
  const atTop = logFactorial(top) + logFactorial(trials - top);
  for (;;) {
    const across = draw() - 0.5;
    const up = draw();
    const inside = 0.5 - Math.abs(across);
    const found = Math.floor(((2 * a) / inside + b) * across + middle);
    if (found < 0 || found > trials) continue;
    if (inside >= 0.07 && up <= quick) return found;
    const height = (up * (2.83 + 5.1 / b) * spread) / (a / (inside * inside) + b);
    const likelihood = atTop - logFactorial(found) - logFactorial(trials - found) + (found - top) * logOdds;
    if (Math.log(height) <= likelihood) return found;
  }
}

/** @param {number} k */
function logFactorial(k) {
  if (k < LOG_FACTORIALS.length) return LOG_FACTORIALS[k];
  const square = 1 / (k * k);
  return (k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - square * (1 / 360 - square / 1260)) / k;
}

/**
 * The hash of 32 bits; different ones have different hashes.
 * @param {number} word
 */
function mixed(word) {
  let bits = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return bits ^ (bits >>> 15);
}
