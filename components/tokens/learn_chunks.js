// A text's characters as they are written, in parts that are coloured together. No picture here.
import { visible } from "./pieces.js";

/** Characters of a part. */
const CHUNK = 120;
/** Unicode's extended grapheme clusters (UAX 29). */
const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Where each character begins in bytes, with one more for the end, and how the characters are written, in chunks.
 * @param {string} text
 */
export function chunksOf(text) {
  const characters = [...SEGMENTER.segment(text)].map(({ segment }) => segment);
  const starts = new Uint32Array(characters.length + 1);
  for (const [at, character] of characters.entries()) starts[at + 1] = starts[at] + sizeOf(character);
  const chunks = [];
  for (let first = 0; first < characters.length; first += CHUNK) {
    chunks.push({ first, characters: characters.slice(first, first + CHUNK).map(writtenOf) });
  }
  return { starts, chunks };
}

/**
 * A character as it is seen; a line may end before a space.
 * @param {string} character
 */
function writtenOf(character) {
  const seen = visible(character);
  if (character === " " || character === "\t") return `\u200b${seen}`;
  return character.includes("\n") ? `${seen}\n` : seen;
}

/** Bytes of a text in UTF-8. @param {string} text */
function sizeOf(text) {
  let size = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    size += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return size;
}
