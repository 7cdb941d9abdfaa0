// A student's note: a small part of Markdown as a tree whose texts are texts, never HTML; core/notebook/notes.py reads the
// same. Links lead by http or https, or to a page of the course.
/** @typedef {{ kind: string, text: string, href: string }} Inline "text", "code", "strong", "em" or "a" */
/** @typedef {{ kind: string, lines: Inline[][] }} Block "p", "h1" to "h3", "ul", "ol" or "pre" */

const INLINE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|\[([^[\]\n]+)\]\(([^()\s]+)\)/g;
/** @type {[RegExp, string][]} */
const KINDS = [
  [/^# +(\S.*)$/, "h1"],
  [/^## +(\S.*)$/, "h2"],
  [/^### +(\S.*)$/, "h3"],
  [/^[-*] +(\S.*)$/, "ul"],
  [/^\d{1,3}\. +(\S.*)$/, "ol"],
];
const FENCE = "```";
export const OUTSIDE = /^https?:\/\/[!-~]+$/i;
const INSIDE = /^[a-z0-9][a-z0-9_-]{0,63}(\?[!-~]*)?$/;
const JOINED = new Set(["p", "ul", "ol"]);

/**
 * The pieces of a note, in order.
 * @param {string} note
 */
export function blocks(note) {
  /** @type {Block[]} */
  const found = [];
  const lines = note.split("\n");
  for (let at = 0; at < lines.length; at++) {
    if (lines[at].startsWith(FENCE)) {
      const code = [];
      for (at += 1; at < lines.length && !lines[at].startsWith(FENCE); at++) code.push(lines[at]);
      found.push({ kind: "pre", lines: [[{ kind: "code", text: code.join("\n"), href: "" }]] });
      continue;
    }
    const [kind, words] = kindOf(lines[at].trim());
    const last = found.at(-1);
    if (!words) found.push({ kind: "", lines: [] });
    else if (last?.kind === kind && JOINED.has(kind)) last.lines.push(inline(words));
    else found.push({ kind, lines: [inline(words)] });
  }
  return found.filter(({ kind }) => kind);
}

/**
 * @param {string} line
 * @returns {[string, string]}
 */
function kindOf(line) {
  for (const [pattern, kind] of KINDS) {
    const match = pattern.exec(line);
    if (match) return [kind, match[1]];
  }
  return ["p", line];
}

/** @param {string} line */
function inline(line) {
  /** @type {Inline[]} */
  const found = [];
  /** @param {string} kind @param {string} text */
  const add = (kind, text, href = "") => text && found.push({ kind, text, href });
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    add("text", line.slice(end, match.index));
    end = match.index + match[0].length;
    const [, code, strong, stressed, words, href] = match;
    if (code !== undefined) add("code", code);
    else if (strong !== undefined) add("strong", strong);
    else if (stressed !== undefined) add("em", stressed);
    else if (OUTSIDE.test(href) || INSIDE.test(href)) add("a", words, href);
    else add("text", match[0]);
  }
  add("text", line.slice(end));
  return found;
}
