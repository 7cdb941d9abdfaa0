"""A student's note: a small part of Markdown, read as a tree whose texts are texts and never HTML.

Headings, lists, code, paragraphs; in a line: **strong**, *stressed*, `code`, [links](https://…). Links lead by http or
https, or to a page of the course by the end of its address (`gpu?gpu_batch=32`); any other one stays text.
`components/notebook/notes.js` reads the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

_INLINE = re.compile(
    r"`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|\[([^\[\]\n]+)\]\(([^()\s]+)\)"
)  # fmt: skip
_HEADING, _ITEM, _COUNTED = (
    re.compile(r"(#{1,3}) +(\S.*)"),
    re.compile(r"[-*] +(\S.*)"),
    re.compile(r"\d{1,3}\. +(\S.*)"),
)
_FENCE = "```"
OUTSIDE = re.compile(r"https?://[!-~]+", re.IGNORECASE)
INSIDE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}(\?[!-~]*)?")


class Inline(NamedTuple):
    """A piece of a line.

    Attributes:
        kind: "text", "code", "strong", "em", or "a".
        text: its words.
        href: where a link leads.
    """

    kind: str
    text: str
    href: str = ""


class Block(NamedTuple):
    """A piece of a note.

    Attributes:
        kind: "p", "h1" to "h3", "ul", "ol" or "pre".
        lines: of a paragraph, or the items of a list; of code, one line with its text.
    """

    kind: str
    lines: tuple[tuple[Inline, ...], ...]


def blocks(note: str) -> list[Block]:
    """Return the pieces of a note, in order."""
    found: list[Block] = []
    lines = iter(note.split("\n"))
    for line in lines:
        if line.startswith(_FENCE):
            code = []
            for more in lines:
                if more.startswith(_FENCE):
                    break
                code.append(more)
            found.append(Block("pre", ((Inline("code", "\n".join(code)),),)))
            continue
        kind, words = _kind(line.strip())
        joins = found and kind in {"p", "ul", "ol"} and found[-1].kind == kind
        if words and joins:
            found[-1] = Block(kind, (*found[-1].lines, tuple(inline(words))))
        elif words:
            found.append(Block(kind, (tuple(inline(words)),)))
        else:
            found.append(Block("", ()))  # parts paragraphs
    return [block for block in found if block.kind]


def _kind(line: str) -> tuple[str, str]:
    if match := _HEADING.fullmatch(line):
        return f"h{len(match[1])}", match[2]
    if match := _ITEM.fullmatch(line):
        return "ul", match[1]
    if match := _COUNTED.fullmatch(line):
        return "ol", match[1]
    return "p", line


def inline(line: str) -> list[Inline]:
    """Return the pieces of a line; a link that leads nowhere we go is text."""
    found: list[Inline] = []
    end = 0
    for match in _INLINE.finditer(line):
        if match.start() > end:
            found.append(Inline("text", line[end : match.start()]))
        end = match.end()
        code, strong, stressed, words, href = match.groups()
        if code is not None:
            found.append(Inline("code", code))
        elif strong is not None:
            found.append(Inline("strong", strong))
        elif stressed is not None:
            found.append(Inline("em", stressed))
        elif OUTSIDE.fullmatch(href) or INSIDE.fullmatch(href):
            found.append(Inline("a", words, href))
        else:
            found.append(Inline("text", match[0]))
    if end < len(line):
        found.append(Inline("text", line[end:]))
    return found


def html(note: str, address: Callable[[str], str]) -> str:
    """Return a note as HTML; `address` makes a whole address of the end of one of the course's, "" where it cannot."""
    return "\n".join(_block(block, address) for block in blocks(note))


def _block(block: Block, address: Callable[[str], str]) -> str:
    lines = ["".join(_inline(piece, address) for piece in line) for line in block.lines]
    if block.kind == "pre":
        return f"<pre>{lines[0]}</pre>"
    if block.kind in {"ul", "ol"}:
        return f"<{block.kind}>" + "".join(f"<li>{line}</li>" for line in lines) + f"</{block.kind}>"
    kind = {"h1": "h4", "h2": "h5", "h3": "h6"}.get(block.kind, block.kind)  # the report has headings of its own
    return f"<{kind}>" + "<br>".join(lines) + f"</{kind}>"


def _inline(piece: Inline, address: Callable[[str], str]) -> str:
    words = escape(piece.text)
    if piece.kind == "a":
        href = piece.href if OUTSIDE.fullmatch(piece.href) else address(piece.href)
        return f'<a href="{escape(href)}" rel="noopener noreferrer">{words}</a>' if href else words
    return words if piece.kind == "text" else f"<{piece.kind}>{words}</{piece.kind}>"
