"""A document cut into passages that overlap: short enough to be found and quoted, ending where sentences end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from core.chat.documents import Document

SIZE, OVERLAP = 600, 120
"""Characters of a passage at most, and of what it repeats of the one before it at most."""
SIZES, MOST_PASSAGES = (100, 4_000), 10_000
_ABBREVIATIONS = (
    r"M|MM|Mme|Mlle|Dr|St|Ste|p|pp|[Ff]ig|cf|art|chap|vol|éd|n|no|No|env|ex|al|Mr|Mrs|Ms|vs|e\.g|i\.e|approx"
)
_END = re.compile(
    r"""\n\s*\n\s*                                    # an empty line ends whatever stood before it
    | (?<=[.!?…])(?P<closed>(?:\s?[»”"’)\]])*)\s+      # . ! ? …, quotes and brackets that close behind it,
      (?=[«“"‘(\[—–-]?\s*[^\W_a-zß-öø-ÿ])              # and then no small letter
    | \n(?=[ \t]*(?:[-*•+]|\d+[.)])[ \t])              # a list's next point
    """,
    re.VERBOSE,
)
_ABBREVIATED = re.compile(rf"(?:^|[\s(\[’'])(?:{_ABBREVIATIONS}|[A-ZÀ-Þ])\.$")


@dataclass(frozen=True)
class Passage:
    """A piece of a document.

    Attributes:
        document: its name.
        number: its place in the document, from 0.
        text: its words, each space and each line's end one space.
        first_page, last_page: from 1; None where the document has no pages.
        start, end: its characters in the document's pages, one after the other with a line's end between them.
    """

    document: str
    number: int
    text: str
    first_page: int | None
    last_page: int | None
    start: int
    end: int


def cut(document: Document, size: int = SIZE, overlap: int = OVERLAP) -> list[Passage]:
    """Return a document's passages in order, at most `MOST_PASSAGES`.

    A passage takes whole sentences as long as they fit, the next one begins with those of its last sentences that fit
    into the overlap. A sentence longer than a passage is cut between words, a word longer than one inside.

    Args:
        document: what is cut.
        size: characters of a passage at most, within `SIZES`.
        overlap: characters that two neighbours share at most; less than half of a passage.

    Raises:
        ValueError: sizes that make no sense.
    """
    if not SIZES[0] <= size <= SIZES[1] or not 0 <= overlap <= size // 2:
        raise ValueError(f"size {size}, overlap {overlap}")
    text = "\n".join(document.pages)
    starts = list(accumulate((len(page) + 1 for page in document.pages), initial=0))

    def page_of(at: int) -> int | None:
        return bisect_right(starts, at) if document.has_pages else None

    spans = [piece for start, end in sentences(text) for piece in _short(text, start, end, size)]
    found: list[Passage] = []
    for start, end in _packed(spans, size, overlap)[:MOST_PASSAGES]:
        words = " ".join(text[start:end].split())
        found.append(Passage(document.name, len(found), words, page_of(start), page_of(end - 1), start, end))
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where sentences begin and end; spaces between them belong to none.

    A full stop after an abbreviation or an initial ends none: "M. Dupont", "J. Hugo". Rules, no model: some ends are
    missed, and some passages begin in the middle of a thought.
    """
    found, start = [], 0
    for match in _END.finditer(text):
        end = match.end("closed") if match["closed"] else match.start()
        if "\n" not in match[0] and _ABBREVIATED.search(text[max(start, end - 12) : end]):
            continue
        found.append((start, end))
        start = match.end()
    found.append((start, len(text)))
    return [trimmed for begin, end in found if (trimmed := _trimmed(text, begin, end)) is not None]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(bare)


def _short(text: str, start: int, end: int, size: int) -> list[tuple[int, int]]:
    """Return a sentence, or the pieces of one that is longer than a passage."""
    found = []
    while end - start > size:
        space = max(text.rfind(" ", start, start + size + 1), text.rfind("\n", start, start + size + 1))
        middle = space if space > start else start + size
        found.append((start, middle))
        start = middle + len(text[middle:end]) - len(text[middle:end].lstrip())
    return [*found, (start, end)] if end > start else found


def _packed(spans: Sequence[tuple[int, int]], size: int, overlap: int) -> list[tuple[int, int]]:
    """Return passages as they begin and end: each as many sentences as fit, some of them those of the last one."""
    found, first = [], 0
    while first < len(spans):
        after = first + 1
        while after < len(spans) and spans[after][1] - spans[first][0] <= size:
            after += 1
        found.append((spans[first][0], spans[after - 1][1]))
        if after == len(spans):
            break
        again = after  # back over the sentences that fit into the overlap, and leave room for the next one
        while again - 1 > first and _fits(spans, again - 1, after, size, overlap):
            again -= 1
        first = again
    return found


def _fits(spans: Sequence[tuple[int, int]], again: int, after: int, size: int, overlap: int) -> bool:
    begins = spans[again][0]
    return spans[after - 1][1] - begins <= overlap and spans[after][1] - begins <= size
