"""What the page on talking with a model begins with: recorded conversations, good and bad."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from core.chat.requests import How
from core.files import RECORDED
from core.once import once

FILE = RECORDED / "chat" / "conversations.json"
"""Written by `python -m core.chat.record_conversations`."""
ALTERNATIVES = 5
COLD = {"temperature": 0.0, "top_p": 1.0, "tokens": 60, "seed": 1, "system": "", "window": 0}
"""How a conversation is asked for, unless it says otherwise; a window of 0 is the model's own."""
NAME = ("Hi! My name is Léa.", "What is my name?")
"""In English: SmolLM2 was trained on it."""


@dataclass(frozen=True)
class Preset:
    """A conversation to begin with.

    Attributes:
        questions: one after the other.
        differs: where its settings are not `COLD`.
    """

    questions: tuple[str, ...]
    differs: dict[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, Any]:
        """How its answers were written."""
        return COLD | self.differs

    @property
    def how(self) -> How:
        """The same, without the window."""
        return How(**{name: value for name, value in self.settings.items() if name != "window"})


PRESETS = {
    "name": Preset(NAME),
    "pirate": Preset(NAME, {"system": "You are a pirate. Always answer like a pirate."}),
    "warm": Preset(NAME, {"temperature": 1.5}),
    "alone": Preset(("Which city is the capital of France?", "And of Italy?")),
    "paris": Preset(("What is the capital of France?", "Which city is the capital of France?")),
    "moon": Preset(("What is the population of the city of Brumeville-sur-Lune?",)),
    "product": Preset(("What is 17 times 23?",)),
    "window": Preset(
        (*NAME, "Tell me one fact about cats.", "And one about dogs."), {"window": 128, "tokens": 40}
    ),
}  # fmt: skip


@once(16)
def recorded(name: str) -> list[dict[str, Any]]:
    """Return the turns of a conversation: question, what was received, how much fell out, answer, its tokens.

    As `core.chat.told` writes them.
    """
    found: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))[name]
    return found
