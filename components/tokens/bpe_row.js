// The different pieces of a text as tokens in one row, and a queue of their pairs: what learning merges works on.

/** @typedef {ReturnType<typeof rowOf>} Row */

export const NEVER = 65535;
/** The first ids are single bytes. */
export const BYTES = 256;
const NOWHERE = -1;
/** Ids are smaller than this, so that a pair and how often it stands are one number. */
export const ROOM = 2048;

const ENCODER = new TextEncoder();

/** The byte of each of the first 256 ids: those that GPT-2 writes as themselves, then the others. */
export const ALPHABET = (() => {
  const bytes = [...Array(BYTES).keys()];
  const isPrintable = (/** @type {number} */ byte) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  return Uint8Array.from([...bytes.filter(isPrintable), ...bytes.filter((byte) => !isPrintable(byte))]);
})();
/** The id of each byte. */
export const ID_OF = new Uint8Array(BYTES);
for (const [id, byte] of ALPHABET.entries()) ID_OF[byte] = id;

/**
 * The different pieces of a text as tokens in one row, each with its neighbours; where each pair stands, how often.
 * @param {string[]} pieces
 */
export function rowOf(pieces) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const piece of pieces) times.set(piece, (times.get(piece) ?? 0) + 1);
  const encoded = [...times].map(([piece, weight]) => ({ piece, weight, bytes: ENCODER.encode(piece) }));
  const size = encoded.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const row = {
    ids: new Int32Array(size),
    before: new Int32Array(size),
    behind: new Int32Array(size),
    weight: new Int32Array(size),
    vanish: new Uint16Array(size).fill(NEVER),
    /** @type {Map<string, { first: number, bytes: Uint8Array }>} */
    words: new Map(),
    /** @type {Map<number, number>} */
    counts: new Map(),
    /** @type {Map<number, number[]>} */
    places: new Map(),
  };
  let first = 0;
  for (const { piece, weight, bytes } of encoded) {
    row.words.set(piece, { first, bytes });
    for (let at = 0; at < bytes.length; at++) {
      row.ids[first + at] = ID_OF[bytes[at]];
      row.before[first + at] = at ? first + at - 1 : NOWHERE;
      row.behind[first + at] = at + 1 < bytes.length ? first + at + 1 : NOWHERE;
      row.weight[first + at] = weight;
    }
    for (let at = 1; at < bytes.length; at++) count(row, first + at - 1, first + at, 1);
    first += bytes.length;
  }
  return row;
}

/**
 * Make one token of a pair wherever it stands, from the left; return the pairs that this has made.
 * @param {Row} row
 * @param {number} pair
 * @param {number} number of the merge
 */
export function join(row, pair, number) {
  const { ids, before, behind } = row;
  const [left, right] = [Math.floor(pair / ROOM), pair % ROOM];
  /** @type {Set<number>} */
  const made = new Set();
  const places = row.places.get(pair) ?? [];
  row.places.delete(pair);
  for (const place of places.sort((one, other) => one - other)) {
    const after = behind[place];
    if (ids[place] !== left || after === NOWHERE || ids[after] !== right) continue; // another merge was here before
    const [previous, next] = [before[place], behind[after]];
    if (previous !== NOWHERE) count(row, previous, place, -1);
    if (next !== NOWHERE) {
      count(row, after, next, -1);
      before[next] = place;
    }
    ids[place] = BYTES - 1 + number;
    ids[after] = NOWHERE;
    behind[place] = next;
    row.vanish[after] = number;
    if (previous !== NOWHERE) made.add(count(row, previous, place, 1));
    if (next !== NOWHERE) made.add(count(row, place, next, 1));
  }
  row.counts.delete(pair);
  return made;
}

/**
 * Count a pair of neighbours in, or out.
 * @param {Row} row
 * @param {number} place
 * @param {number} after
 * @param {1 | -1} sign
 */
function count({ ids, weight, counts, places }, place, after, sign) {
  const pair = ids[place] * ROOM + ids[after];
  counts.set(pair, (counts.get(pair) ?? 0) + sign * weight[place]);
  if (sign < 0) return pair;
  const known = places.get(pair);
  if (known) known.push(place);
  else places.set(pair, [place]);
  return pair;
}

/**
 * A pair's place in the queue: the most frequent first, of equals the smallest ids.
 * @param {number} pair
 * @param {number} times
 */
export function rankOf(pair, times) {
  return (2 ** 24 - times) * ROOM * ROOM + pair;
}

/**
 * A binary heap: the smallest number comes first.
 * @param {number[]} ranks
 */
export function queueOf(ranks) {
  const heap = ranks.sort((one, other) => one - other); // sorted, it is a heap
  return {
    /** @param {number} rank */
    push(rank) {
      let at = heap.length;
      for (let above = (at - 1) >> 1; at && heap[above] > rank; at = above, above = (at - 1) >> 1)
        heap[at] = heap[above];
      heap[at] = rank;
    },
    /** @returns {number | undefined} */
    pop() {
      const [first, last] = [heap[0], heap.pop()];
      if (!heap.length || last === undefined) return last;
      let at = 0;
      for (let below = 1; below < heap.length; below = 2 * at + 1) {
        if (below + 1 < heap.length && heap[below + 1] < heap[below]) below++;
        if (heap[below] >= last) break;
        heap[at] = heap[below];
        at = below;
      }
      heap[at] = last;
      return first;
    },
  };
}
