"""Ready questions to a model that has tools, the right tool of each, and what the course's model did with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.chat.tools import ANSWER, Call
from core.files import RECORDED
from core.once import once

FILE = RECORDED / "chat" / "tools_asked.json"
"""Written by `python -m core.chat.record_tools`."""
DAY = date(2026, 11, 28)
"""The day that the calendar told when they were recorded."""


@dataclass(frozen=True)
class Ask:
    """A question, in English, which SmolLM2 was trained on; `right` is a tool's name, or `ANSWER` for none."""

    question: str
    right: str


ASKS = {
    "product": Ask("What is 17 * 23?", "calculator"),
    "words": Ask("What is 17 times 23?", "calculator"),
    "large": Ask("What is 1234 * 5678?", "calculator"),
    "percent": Ask("How much is 15% of 240?", "calculator"),
    "books": Ask("A book costs 12.50 euros. How much do 7 books cost?", "calculator"),
    "today": Ask("What day of the week is it today?", "calendar"),
    "days": Ask("How many days are there from 2026-11-28 to 2026-12-25?", "calendar"),
    "bastille": Ask("What day of the week was 1789-07-14?", "calendar"),
    "rate": Ask("What does this course say about the learning rate?", "course"),
    "tokens": Ask("Where does this course explain tokens?", "course"),
    "hello": Ask("Hello! How are you?", ANSWER),
    "capital": Ask("Which city is the capital of France?", ANSWER),
}
EXAMPLES = (
    ("What is 12 + 30?", {"tool": "calculator", "arguments": {"expression": "12 + 30"}}),
    ("How are you?", {"tool": ANSWER, "answer": "I am fine."}),
    ("What is the date?", {"tool": "calendar", "arguments": {}}),
    ("What does this course say about GPUs?", {"tool": "course", "arguments": {"query": "GPU"}}),
    ("What weekday is 2027-01-01?", {"tool": "calendar", "arguments": {"date": "2027-01-01"}}),
    ("What is 3.5 * 8?", {"tool": "calculator", "arguments": {"expression": "3.5 * 8"}}),
)
"""Shown to a model that has never learned to call a tool. Without them SmolLM2 sends “2 + 2”, copied, to nearly all."""


@dataclass(frozen=True)
class Told:
    """A question with tools, as far as it has come.

    Attributes:
        added: the text or list that was added to the question.
        schema: the JSON schema that the server enforces; empty where it calls tools by itself.
        wrote: what the model wrote to choose.
        picked: the tool that it chose first, `ANSWER`, or "" while it has not chosen; "?" if it is no choice.
        calls: and their results.
        answer: written with the results, or at once.
        over: whether nothing more will come.
    """

    added: str
    schema: str = ""
    wrote: str = ""
    picked: str = ""
    calls: tuple[Call, ...] = ()
    answer: str = ""
    over: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON carries it."""
        return asdict(self)


def told_from(data: Mapping[str, Any]) -> Told:
    """Return what `as_data` has told."""
    return Told(**{**data, "calls": tuple(Call(**call) for call in data["calls"])})


@once(1)
def recorded() -> Mapping[str, tuple[Told, str]]:
    """Return what the model of the course did with each ready question: with tools, and its answer without."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: (told_from(one["with"]), one["without"]) for name, one in found.items()}
