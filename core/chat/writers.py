"""Who answers beside whom: each writer has a server and settings, and a name that its judgements are kept by."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from core.chat.requests import How
from core.chat.servers import Server

WARM = 0.7
"""Temperature of a second answer beside a likeliest one; the recorded ones were drawn at it."""
MOST_MODEL = 60
"""Characters of a model's name; notes and a server's come to it."""
_KEY = re.compile(r"(?P<model>.*?)(?: \[(?P<recorded>fr|en)?(?: ?T=(?P<temperature>[012]\.\d))?\])?")


@dataclass(frozen=True)
class Name:
    """What a writer is called. As text it is the same in both languages, and `of` reads it again.

    Attributes:
        model: as its server knows it, cut, and without signs that a student's results do not take.
        recorded: the language of its prompt, if the answer is a recorded one; else empty.
        temperature: in tenths, where it tells the answer from another one of this model.
    """

    model: str
    recorded: str = ""
    temperature: float | None = None

    def __str__(self) -> str:
        """Return the text that judgements are kept by."""
        warmth = "" if self.temperature is None else f"T={self.temperature:.1f}"
        note = " ".join(part for part in (self.recorded, warmth) if part)
        return f"{self.model} [{note}]" if note else self.model

    @classmethod
    def of(cls, key: str) -> Self:
        """Return the name that a text is of; any text is of one."""
        found = _KEY.fullmatch(key)
        if found is None or found[0].endswith(" []"):
            return cls(key)
        warmth = found["temperature"]
        return cls(found["model"], found["recorded"] or "", None if warmth is None else float(warmth))


@dataclass(frozen=True)
class Writer:
    """One who answers."""

    name: Name
    server: Server
    how: How


def alone(server: Server, how: How) -> Writer:
    """Return the writer that a server's model is."""
    return Writer(Name(_kept(server.model)), server, how)


def warmer(first: Writer) -> Writer:
    """Return the same model at another temperature: `WARM`, or 0 where it is warm already."""
    other = WARM if first.how.temperature < WARM / 2 else 0.0
    return Writer(replace(first.name, temperature=other), first.server, replace(first.how, temperature=other))


def beside(first: Writer, server: Server) -> Writer:
    """Return another server's model with the same settings; one of the same name is told by its server's."""
    second = alone(server, first.how)
    if second.name == first.name:
        where = urlsplit(server.address).netloc or server.address
        second = replace(second, name=Name(f"{second.name.model} @{_kept(where)[:12]}"))
    return second


def _kept(name: str) -> str:
    """Return a name that a student's results take: not too long, no rare signs, no digits alone."""
    kept = re.sub(r"[^ -~\u00a0-\ud7ff\ue000-\ufffd]", "?", " ".join(name.split()))[:MOST_MODEL]
    return f"no. {kept}" if kept.isascii() and kept.isdigit() else kept
