// Byte-level BPE, as core/tokens/bpe.py: merges learned from a text, and when each end of a token vanishes. No picture.
import { ALPHABET, BYTES, ID_OF, join, NEVER, queueOf, ROOM, rankOf, rowOf } from "./bpe_row.js";

/** @import { Row } from "./bpe_row.js" */
/**
 * @typedef {object} Merge the pair that became a token; the merge number n, from 1 on, made the id 255 + n
 * @property {number} left
 * @property {number} right
 * @property {number} times how often the pair stood in the text when it was chosen
 */
/**
 * @typedef {object} Cut a text, and how every number of merges cuts it
 * @property {string} text
 * @property {Uint8Array} bytes
 * @property {Uint16Array} vanish for each byte: the merge that joins it to the byte before it, or NEVER
 * @property {Uint32Array} tokens how many, after so many merges
 */
/** Python's `\s` and Rust's are Unicode's White_Space; JavaScript's is not. */
const PIECE =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

const ENCODER = new TextEncoder();

/**
 * Return the first `most` characters of a text, half surrogates replaced.
 * @param {string} text
 * @param {number} most
 */
export function beginningOf(text, most) {
  const beginning = text.length > most ? [...text.slice(0, 2 * most)].slice(0, most).join("") : text;
  return beginning.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

/**
 * Cut a text as GPT-2 does before any merge.
 * @param {string} text
 * @returns {string[]}
 */
export function piecesOf(text) {
  return text.match(PIECE) ?? [];
}

/**
 * Learn at most so many merges from a text; fewer where no pair is left.
 * @param {string} text without half surrogates
 * @param {number} most
 * @returns {{ merges: Merge[], cut: Cut }}
 */
export function learn(text, most) {
  const pieces = piecesOf(text);
  const row = rowOf(pieces);
  const queue = queueOf([...row.counts].map(([pair, count]) => rankOf(pair, count)));
  /** @type {Merge[]} */
  const merges = [];
  for (let rank = queue.pop(); rank !== undefined && merges.length < most; rank = queue.pop()) {
    const pair = rank % (ROOM * ROOM);
    const times = row.counts.get(pair) ?? 0;
    if (rank !== rankOf(pair, times)) {
      if (times) queue.push(rankOf(pair, times)); // it has lost some since
      continue;
    }
    merges.push({ left: Math.floor(pair / ROOM), right: pair % ROOM, times });
    for (const made of join(row, pair, merges.length)) {
      const count = row.counts.get(made);
      if (count) queue.push(rankOf(made, count));
    }
  }
  return { merges, cut: cutOf(text, pieces, row, merges.length) };
}

/**
 * Cut a text by merges that another one taught.
 * @param {string} text without half surrogates
 * @param {Merge[]} merges
 * @returns {Cut}
 */
export function apply(text, merges) {
  const pieces = piecesOf(text);
  const row = rowOf(pieces);
  for (const [at, { left, right }] of merges.entries()) join(row, left * ROOM + right, at + 1);
  return cutOf(text, pieces, row, merges.length);
}

/**
 * Return the id of the token that each byte belongs to, and where tokens begin, after so many merges. The last merge
 * inside a token is the one that made it.
 * @param {Cut} cut
 * @param {number} merges
 */
export function cutAt({ bytes, vanish }, merges) {
  const ids = new Uint16Array(bytes.length);
  const begins = new Uint32Array(bytes.length);
  for (let begin = 0; begin < bytes.length; ) {
    let end = begin + 1;
    let last = 0;
    for (; end < bytes.length && vanish[end] <= merges; end++) if (vanish[end] > last) last = vanish[end];
    ids.fill(last ? BYTES - 1 + last : ID_OF[bytes[begin]], begin, end);
    begins.fill(begin, begin, end);
    begin = end;
  }
  return { ids, begins };
}

/**
 * Return the bytes of every token.
 * @param {Merge[]} merges
 */
export function vocabularyOf(merges) {
  const strings = [...ALPHABET].map((byte) => Uint8Array.of(byte));
  for (const { left, right } of merges) strings.push(Uint8Array.from([...strings[left], ...strings[right]]));
  return strings;
}

/**
 * Copy what happened to each piece to wherever it stands in the text.
 * @param {string} text
 * @param {string[]} pieces
 * @param {Row} row
 * @param {number} merges
 * @returns {Cut}
 */
function cutOf(text, pieces, row, merges) {
  const bytes = ENCODER.encode(text);
  const vanish = new Uint16Array(bytes.length);
  const tokens = new Uint32Array(merges + 1);
  let at = 0;
  for (const piece of pieces) {
    const { first, bytes: own } = /** @type {{ first: number, bytes: Uint8Array }} */ (row.words.get(piece));
    vanish.set(row.vanish.subarray(first, first + own.length), at);
    at += own.length;
  }
  for (const merge of vanish) if (merge !== NEVER) tokens[merge]++;
  tokens[0] = bytes.length;
  for (let merge = 1; merge <= merges; merge++) tokens[merge] = tokens[merge - 1] - tokens[merge];
  return { text, bytes, vanish, tokens };
}
