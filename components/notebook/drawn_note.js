// A note as it is read: elements, whose texts are texts.
import { make } from "../in_browser/base.js";
import { blocks, OUTSIDE } from "./notes.js";

/** @import { Inline } from "./notes.js" */

/**
 * A note as elements.
 * @param {string} note
 * @param {(link: string) => string} address makes a whole address of the end of one of the course's
 */
export function drawn(note, address) {
  return blocks(note).map(({ kind, lines }) => {
    const parts = lines.map((line) => line.map((piece) => drawnInline(piece, address)));
    if (kind === "pre") return make("pre", {}, lines[0][0].text);
    if (kind === "ul" || kind === "ol") return make(kind, {}, ...parts.map((line) => make("li", {}, ...line)));
    const words = parts.flatMap((line, at) => (at ? [make("br"), ...line] : line));
    return kind === "p" ? make("p", {}, ...words) : make("p", { class: "heading" }, ...words);
  });
}

/**
 * @param {Inline} piece
 * @param {(link: string) => string} address
 */
function drawnInline({ kind, text, href }, address) {
  if (kind === "a") {
    const to = OUTSIDE.test(href) ? href : address(href);
    return make("a", { href: to, target: "_blank", rel: "noopener noreferrer" }, text);
  }
  return kind === "text" ? text : make(/** @type {"strong" | "em" | "code"} */ (kind), {}, text);
}
