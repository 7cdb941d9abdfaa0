"""What Python said when a line of the loop raised, word by word, in the page's language."""

from __future__ import annotations

import re
from collections.abc import Callable

from components.language import _, number

Meanings = dict[str, str]
"""What the named groups of a pattern mean, from left to right."""


def reading(words: str) -> list[list[str]]:
    """Return a message in pieces, each with what it means; empty for a piece that needs no explanation."""
    for pattern, explain in _PATTERNS.items():
        match = re.search(pattern, words, re.DOTALL)
        if match:
            return _pieces(words, match, explain(match))
    return [[words, ""]]


def _pieces(words: str, match: re.Match[str], meanings: Meanings) -> list[list[str]]:
    found, end = [], 0
    for group, meaning in meanings.items():
        start, stop = match.span(group)
        found += [[words[end:start], ""], [words[start:stop], meaning]]
        end = stop
    return [piece for piece in [*found, [words[end:], ""]] if piece[0]]


def _product(match: re.Match[str]) -> Meanings:
    rows, inner, outer, columns = (int(match[name]) for name in ("rows", "inner", "outer", "columns"))
    return {
        "left": _("the matrix on the left of @, here what view made"),
        "right": _("the one on its right, the weights"),
        "one": _("{rows} rows of {inner}", rows=number(rows), inner=number(inner)),
        "other": _(
            "{outer} rows of {columns}: the two inner sizes must be equal, {inner} is not {outer}",
            outer=number(outer),
            columns=number(columns),
            inner=number(inner),
        ),
    }


def _view(match: re.Match[str]) -> Meanings:
    width, size = int(match["width"]), int(match["size"])
    return {
        "shape": _("−1: as many rows as needed, of {width} numbers each", width=number(width)),
        "size": _(
            "there are {size} numbers: divided by {width}, that makes {rows} rows",
            size=number(size, 9),
            width=number(width),
            rows=number(size / width),
        ),
    }


def _rate(match: re.Match[str]) -> Meanings:
    return {
        "said": _("torch.optim checks what it is given"),
        "rate": _("below zero: it would climb. A loop written by hand checks nothing"),
    }


_PATTERNS: dict[str, Callable[[re.Match[str]], Meanings]] = {
    r"(?P<left>mat1) and (?P<right>mat2) shapes cannot be multiplied "
    r"\((?P<one>(?P<rows>\d+)x(?P<inner>\d+)) and (?P<other>(?P<outer>\d+)x(?P<columns>\d+))\)": _product,
    r"shape '(?P<shape>\[-1, (?P<width>\d+)\])' is invalid for input of size (?P<size>\d+)": _view,
    r"(?P<said>Invalid learning rate): (?P<rate>-?[\d.e-]+)": _rate,
}
