"""A training written twice, as text: the lines of its loop one by one, and the Keras code that does the same.

What is read here is what runs: `stepper` executes these very lines, the shown notebook is made of them. A fault damages
one line; the line as it should be stays beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import indent

_MARK = re.compile(r"⟦(\w+):(.*?)⟧", re.DOTALL)

LOSS = """\
⟦loss:losses.SparseCategoricalCrossentropy(⟧
        ⟦softmax:from_logits=True⟧⟦loss:)⟧"""
"""The loss in Keras that does the softmax by itself, as the loop's does. With a softmax in the network instead, Keras
cuts every probability at 1e-7: a loss above 16.1 has no gradient any more, and the loop on letters begins at 30."""


@dataclass(frozen=True)
class Piece:
    """A statement of the loop: what runs at once, one line or a few.

    Attributes:
        id: its name, the same with and without a fault.
        source: what runs, not indented; empty where a fault has left it out.
        intended: what should run.
        keras: the parts of the Keras code that do the same; none where nothing there shows it.
        inside: the statements of a function that this one defines.
        enters: it calls that function and names what comes back; its statements are then run one by one.
    """

    id: str
    source: str
    keras: tuple[str, ...] = ()
    intended: str = ""
    inside: tuple[Piece, ...] = ()
    enters: bool = False

    def __post_init__(self) -> None:
        """Without a fault, what runs is what should."""
        object.__setattr__(self, "intended", self.intended or self.source)

    @property
    def damaged(self) -> bool:
        """Whether something else runs than should, in it or inside it."""
        return self.source != self.intended

    @property
    def head(self) -> str:
        """The first line of a definition; of any other statement, all of it."""
        return self.intended.splitlines()[0] if self.inside else self.intended


@dataclass(frozen=True)
class Program:
    """One training, whole.

    Attributes:
        prepare: what runs once, before the loop.
        header: the line that begins the loop; it counts `update` from 0.
        body: what runs at every turn.
        keras: the same training in Keras; `⟦name:text⟧` marks its parts.
        counterparts: names of the loop, and the part of the Keras code that holds the same.
        at_risk: the statement that each fault damages.
        pictures: names whose rows are pictures, and their (rows, columns).
    """

    prepare: tuple[Piece, ...]
    header: str
    body: tuple[Piece, ...]
    keras: str
    counterparts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)
    at_risk: dict[str, str] = field(default_factory=dict)

    @property
    def pieces(self) -> Iterator[Piece]:
        """All statements in the order of the page, those of a function after its definition."""
        for piece in (*self.prepare, *self.body):
            yield piece
            yield from piece.inside

    def piece(self, name: str) -> Piece:
        """Return the statement of that name."""
        return next(piece for piece in self.pieces if piece.id == name)

    @property
    def source(self) -> str:
        """What runs, as one text."""
        before = "\n".join(piece.source for piece in self.prepare if piece.source)
        turn = "\n".join(piece.source for piece in self.body if piece.source)
        return f"{before}\n\n{self.header}\n{indent(turn, '    ')}\n"


def define(name: str, head: str, inside: tuple[Piece, ...], keras: tuple[str, ...] = ()) -> Piece:
    """Return the piece that defines a function of these statements."""
    sources = ("\n".join(piece.source for piece in inside), "\n".join(piece.intended for piece in inside))
    source, intended = (f"{head}\n{indent(body, '    ')}" for body in sources)
    return Piece(name, source, keras, intended, inside)


def fragments(keras: str) -> list[tuple[str, str]]:
    """Return the text of marked Keras code in order, each piece with the name of its part; empty for none."""
    found, end = [], 0
    for mark in _MARK.finditer(keras):
        found += [("", keras[end : mark.start()]), (mark[1], mark[2])]
        end = mark.end()
    found.append(("", keras[end:]))
    return [(name, text) for name, text in found if text]


def unmarked(keras: str) -> str:
    """Return marked Keras code as Python."""
    return _MARK.sub(r"\2", keras)
