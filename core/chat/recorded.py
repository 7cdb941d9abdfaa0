"""What was measured of SmolLM2 for the page: `python -m core.chat.record` writes it, this reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.files import RECORDED
from core.once import once

FOLDER = RECORDED / "chat"


@dataclass(frozen=True)
class Recorded:
    """A part of what was measured.

    Attributes:
        date: of the measurement, as ISO writes it.
        machine: the processor and the system.
        told: the rest, as the part's function in `core.chat.record` returns it.
    """

    date: str
    machine: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """A question and its likeliest answer.

    Attributes:
        question: as it was asked.
        answer: its first tokens.
        right: whether a right answer's word is in it; never where nobody can know.
        admits: whether it says that it does not know.
    """

    question: str
    answer: str
    right: bool
    admits: bool


@dataclass(frozen=True)
class Share:
    """How an answer did: the likeliest one, and how many of those drawn at temperature 0.7."""

    answer: str
    right: bool
    seeds_right: int


@dataclass(frozen=True)
class Documented:
    """A question about a text that no model has read.

    Attributes:
        language: of the text and the question.
        name: of the document.
        text: it.
        question: as it was asked.
        right: what a right answer holds.
        seeds: how many answers were drawn in each way.
        ways: "system" and "question", where the quoted text was put; "without" it.
    """

    language: str
    name: str
    text: str
    question: str
    right: str
    seeds: int
    ways: Mapping[str, Share]


@dataclass(frozen=True)
class Prompted:
    """A prompt for the ten messages: `{message}` in it is replaced by each, one by one.

    Attributes:
        language: of prompt and messages.
        name: of the prompt.
        prompt: it.
        score: messages that were put under their label.
        answers: what was answered to each.
    """

    language: str
    name: str
    prompt: str
    score: int
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Used:
    """An answer to one of the twelve uses.

    Attributes:
        language: of the prompt.
        use: its id.
        seed: with which it was drawn at temperature 0.7; None for the likeliest answer.
        answer: its first tokens.
        holds: what a program could check, by name.
    """

    language: str
    use: str
    seed: int | None
    answer: str
    holds: Mapping[str, bool]


@once(12)
def part(name: str) -> Recorded:
    """Return a part by its name in `core.chat.record.PARTS`."""
    told = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Recorded(told.pop("date"), told.pop("machine"), told)


@once()
def facts() -> dict[str, tuple[Fact, ...]]:
    """Return the facts: "known", "missed", and "unknowable" ones, of what was made up."""
    told = part("facts").told
    return {name: tuple(Fact(**row) for row in told[name]) for name in ("known", "missed", "unknowable")}


@once()
def documents() -> tuple[Documented, ...]:
    """Return the questions about texts."""
    return tuple(
        Documented(**row | {"ways": {way: Share(**each) for way, each in row["ways"].items()}})
        for row in part("documents").told["rows"]
    )


@once()
def mission() -> tuple[Prompted, ...]:
    """Return how each prompt did on the ten messages."""
    return tuple(Prompted(**row | {"answers": tuple(row["answers"])}) for row in part("mission").told["rows"])


@once()
def tools() -> dict[str, dict[str, int]]:
    """Return by way ("schema", "told", "own") how often the right tool was chosen, and rightly used, of how many."""
    rows = part("tools").told["rows"]
    return {
        way: {"asked": len(rows)}
        | {what: sum(row["ways"][way][what] for row in rows) for what in ("right_tool", "right")}
        for way in rows[0]["ways"]
    }


@once()
def used() -> tuple[Used, ...]:
    """Return the answers to the twelve uses."""
    return tuple(Used(**row) for row in part("uses").told["rows"])
