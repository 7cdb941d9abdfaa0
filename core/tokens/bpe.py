"""Byte-level BPE: the pair that stands most often becomes one token, again and again.

Sennrich et al. 2016, on bytes as GPT-2 does it (Radford et al. 2019, section 2.2): the text is first cut into words,
numbers and signs, each with the space before it, and no merge crosses these cuts.

A string never becomes a token in two ways. As long as both its ends are ends of tokens, what happens between them
depends on nothing else: wherever it stands so, it goes through the same merges at the same time. So a token's id is
known from the last merge inside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

import regex

from core.once import once

MOST_MERGES, MOST_CHARACTERS = 1_000, 20_000
"""What a picture learns at most, and reads at most."""
BYTES = 256
"""The first ids are single bytes; the merge number n (from 1 on) makes the id 255 + n."""
_PIECE = regex.compile(
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+"
    r"|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+"
)
_NOWHERE = -1

Pair = tuple[int, int]


class Merge(NamedTuple):
    """One learned merge.

    Attributes:
        left: id of the first token of the pair.
        right: id of the second.
        new: id of the token that they become.
        times: how often the pair stood in the text when it was chosen.
    """

    left: int
    right: int
    new: int
    times: int


def learn(text: str, merges: int) -> list[Merge]:
    """Learn at most so many merges; fewer where no pair is left.

    Of pairs that stand equally often, the one with the smallest ids is taken. The same, merge for merge, as the trainer
    of Hugging Face `tokenizers` with GPT-2's pre-tokenizer and its whole alphabet.
    """
    words = _Words(Counter(pieces(text)))
    queue = [(-count, pair) for pair, count in words.counts.items()]
    heapify(queue)
    learned: list[Merge] = []
    while queue and len(learned) < merges:
        minus, pair = heappop(queue)
        count = words.counts.get(pair, 0)
        if count != -minus:  # it has lost some since
            if count:
                heappush(queue, (-count, pair))
            continue
        merge = Merge(*pair, BYTES + len(learned), count)
        learned.append(merge)
        for made in words.join(merge):
            if words.counts[made]:
                heappush(queue, (-words.counts[made], made))
    return learned


def encode(text: str, merges: Sequence[Merge], limit: int | None = None) -> list[int]:
    """Return the ids of a text's tokens, by the first `limit` merges, or by all."""
    found = pieces(text)
    kinds = list(dict.fromkeys(found))
    words = _Words(dict.fromkeys(kinds, 1))
    for merge in merges[:limit]:
        words.join(merge)
    tokens = dict(zip(kinds, words.tokens(), strict=True))
    return [token for piece in found for token in tokens[piece]]


def decode(tokens: Sequence[int], merges: Sequence[Merge]) -> str:
    """Return the text of tokens; bytes that are no text become U+FFFD.

    Raises:
        IndexError: no such id.
    """
    strings = vocabulary(merges)
    return b"".join(strings[token] for token in tokens).decode("utf-8", "replace")


def vocabulary(merges: Sequence[Merge]) -> list[bytes]:
    """Return the bytes of every token, by its id."""
    strings = [bytes([byte]) for byte in alphabet()]
    for merge in merges:
        strings.append(strings[merge.left] + strings[merge.right])
    return strings


def pieces(text: str) -> list[str]:
    """Cut a text as GPT-2 does before any merge: no token crosses these cuts. Together they are the text."""
    found: list[str] = _PIECE.findall(readable(text))
    return found


def readable(text: str) -> str:
    """Return a text that UTF-8 can write: half a surrogate pair becomes U+FFFD, two halves become their character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@once()
def alphabet() -> tuple[int, ...]:
    """Return the byte of each of the first 256 ids: those that GPT-2 writes as themselves, then the others.

    GPT-2 writes the others (space, line end, half of the bytes above 127) as letters from U+0100 on: by code point they
    come last. A space is `Ġ`, behind `z`.
    """
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    return (*printable, *(byte for byte in range(BYTES) if byte not in printable))


class _Words:
    """The different pieces of a text, as tokens in one row: each knows its neighbours, each pair where it stands."""

    def __init__(self, times: dict[str, int]) -> None:
        """Begin with one token for each byte.

        Args:
            times: how often each piece stands in the text.
        """
        id_of = {byte: token for token, byte in enumerate(alphabet())}
        self.ids: list[int] = []
        self.before: list[int] = []
        self.behind: list[int] = []
        self.weight: list[int] = []
        self.begins: list[int] = []
        self.counts: dict[Pair, int] = defaultdict(int)
        self.places: dict[Pair, list[int]] = defaultdict(list)
        for piece, count in times.items():
            first, data = len(self.ids), piece.encode()
            last = first + len(data) - 1
            self.begins.append(first)
            self.ids += [id_of[byte] for byte in data]
            self.before += [_NOWHERE, *range(first, last)]
            self.behind += [*range(first + 1, last + 1), _NOWHERE]
            self.weight += [count] * len(data)
            for place in range(first, last):
                self._count(place, place + 1, +1)

    def join(self, merge: Merge) -> set[Pair]:
        """Make one token of a pair wherever it stands, from the left; return the pairs that this has made."""
        left, right, new, _times = merge
        made: set[Pair] = set()
        for place in sorted(self.places.pop((left, right), ())):
            after = self.behind[place]
            if self.ids[place] != left or after == _NOWHERE or self.ids[after] != right:
                continue  # it stood here once, or the pair before it took its first token
            before, beyond = self.before[place], self.behind[after]
            if before != _NOWHERE:
                self._count(before, place, -1)
            if beyond != _NOWHERE:
                self._count(after, beyond, -1)
                self.before[beyond] = place
            self.ids[place], self.ids[after], self.behind[place] = new, _NOWHERE, beyond
            if before != _NOWHERE:
                made.add(self._count(before, place, +1))
            if beyond != _NOWHERE:
                made.add(self._count(place, beyond, +1))
        self.counts.pop((left, right), None)
        return made

    def tokens(self) -> list[list[int]]:
        """Return the ids of each piece."""
        found = (self.ids[first:end] for first, end in pairwise([*self.begins, len(self.ids)]))
        return [[token for token in piece if token != _NOWHERE] for piece in found]

    def _count(self, place: int, after: int, sign: int) -> Pair:
        """Count a pair of neighbours in, or out."""
        pair = self.ids[place], self.ids[after]
        self.counts[pair] += sign * self.weight[place]
        if sign > 0:
            self.places[pair].append(place)
        return pair
