"""Byte-level tokens as whole characters: a token may be half an `é`, and nobody should see a broken one.

Tokens of GPT-2 are bytes (Radford et al. 2019, section 2.2). Neighbours are joined until they end where a character
ends (Unicode's extended grapheme clusters, UAX 29): `é` in two tokens, an emoji in four.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from core.once import once

BROKEN = "surrogateescape"
"""Bytes that are no UTF-8 stay in the text as lone surrogates, so that every sequence of bytes survives."""
_NO_TEXT = re.compile("[\udc80-\udcff]+")
_CLUSTER = regex.compile(r"\X")  # asked for by its text, it is looked up each time: dearer than what it does


@dataclass(frozen=True)
class Group:
    """Tokens first to last - 1, which end together where a character ends.

    Attributes:
        first: the first token.
        last: one past the last token.
        text: what they say; bytes that are no text are lone surrogates.
    """

    first: int
    last: int
    text: str

    @property
    def shown(self) -> str:
        """The text for the eye: bytes that are not (yet) a character in hexadecimal."""
        return visible(self.text)


def group(tokens: Sequence[bytes]) -> list[Group]:
    """Join tokens into groups that end where characters end; together they have all bytes, in order."""
    data = b"".join(tokens)
    text = data.decode("utf-8", BROKEN)
    ends = {0, *accumulate(len(cluster.encode("utf-8", BROKEN)) for cluster in _clusters(text))}
    groups: list[Group] = []
    first, begin = 0, 0
    for last, end in enumerate(accumulate(map(len, tokens)), start=1):
        if end in ends:
            groups.append(Group(first, last, data[begin:end].decode("utf-8", BROKEN)))
            first, begin = last, end
    return groups


def visible(text: str) -> str:
    """Write bytes that are no text in hexadecimal: `⟨C3⟩`."""
    return _NO_TEXT.sub(lambda found: _hexadecimal(found[0]), text)


def bytes_of(token: str, special: bool = False) -> bytes:
    """Return the bytes of a token as the vocabulary writes it: `Ġé` is written `ĠÃ©`."""
    if special:
        return token.encode()
    table = _byte_of_letter()
    return b"".join(table[letter] if letter in table else letter.encode() for letter in token)


@once()
def _byte_of_letter() -> dict[str, bytes]:
    """Return GPT-2's table: printable bytes are their own letter, the others are letters from 256 on."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {chr(byte): bytes([byte]) for byte in printable}
    return letters | {chr(256 + number): bytes([byte]) for number, byte in enumerate(others)}


def _clusters(text: str) -> list[str]:
    return list(_CLUSTER.findall(text))


def _hexadecimal(text: str) -> str:
    return "⟨" + text.encode("utf-8", BROKEN).hex(" ").upper() + "⟩"
