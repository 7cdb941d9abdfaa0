"""The two texts as a page shows them: lines of coloured words, each word's name, what a fault has changed."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from core.keras_pytorch.program import Piece, Program, fragments

_WORD = re.compile(r"#.*|\"[^\"]*\"|[^\W\d]\w*|\d[\w.]*(?:e-\d+)?|\s+|[^\w\s\"#]+|.")
_CONSTANTS = {"True", "False", "None"}


@dataclass(frozen=True)
class Word:
    """A piece of a line.

    Attributes:
        text: as written, spaces too.
        kind: "keyword", "number", "string", "comment", "name" or "" for all else.
        part: of the Keras code that it belongs to; empty in the loop.
    """

    text: str
    kind: str = ""
    part: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the loop.

    Attributes:
        piece: name of its statement; empty for an empty line, "for" for the line that begins the loop.
        words: what is written.
        state: "" as it should be; "was" what should run and does not; "now" what runs instead.
    """

    piece: str
    words: tuple[Word, ...]
    state: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        return asdict(self)


def loop_lines(program: Program, *, hidden: bool = False) -> list[Line]:
    """Return the lines of a loop; `hidden` shows it as it should be, whatever runs."""
    found = [line for piece in program.prepare for line in _of_piece(piece, 0, hidden)]
    found += [Line("", ()), Line("for", tuple(words(program.header)))]
    return found + [line for piece in program.body for line in _of_piece(piece, 1, hidden)]


def keras_lines(program: Program) -> list[tuple[Word, ...]]:
    """Return the lines of the Keras code, each word with the part that it belongs to."""
    lines: list[list[Word]] = [[]]
    for part, text in fragments(program.keras.rstrip("\n")):
        for at, piece in enumerate(text.split("\n")):
            if at:
                lines.append([])
            lines[-1] += [Word(word.text, word.kind, part) for word in words(piece)]
    return [tuple(line) for line in lines]


def words(text: str) -> list[Word]:
    """Cut a line of Python code into words."""
    found = (match[0] for match in _WORD.finditer(text))
    return [Word(word, _kind(word)) for word in found]


def _of_piece(piece: Piece, depth: int, hidden: bool) -> Iterator[Line]:
    if piece.inside:
        yield Line(piece.id, _indented(piece.head, depth))
        for inner in piece.inside:
            yield from _of_piece(inner, depth + 1, hidden)
        return
    before, after = piece.intended.splitlines(), piece.source.splitlines()
    if hidden or not piece.damaged:
        yield from (Line(piece.id, _indented(line, depth)) for line in before)
        return
    for at in range(max(len(before), len(after))):
        old, new = (lines[at] if at < len(lines) else None for lines in (before, after))
        if old == new and old is not None:
            yield Line(piece.id, _indented(old, depth))
            continue
        if old is not None:
            yield Line(piece.id, _indented(old, depth), "was")
        if new is not None:
            yield Line(piece.id, _indented(new, depth), "now")


def _indented(text: str, depth: int) -> tuple[Word, ...]:
    return tuple(words("    " * depth + text))


def _kind(word: str) -> str:
    if word in _CONSTANTS or word[0].isdigit():
        return "number"
    if word[0].isidentifier():
        return "keyword" if keyword.iskeyword(word) else "name"
    return {'"': "string", "#": "comment"}.get(word[0], "")
