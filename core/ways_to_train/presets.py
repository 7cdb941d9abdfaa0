"""What the page on ways to train begins with: stations of its timeline, prompts worth seeing, tasks worth trying."""

from __future__ import annotations

from typing import Any

from core.language_models.prompts import Example
from core.ways_to_train.cards import ONE_OF_EACH

PRESETS: dict[str, dict[str, Any]] = {
    "scratch": {"way": "scratch", "examples": 100},
    "transfer": {"way": "transfer", "examples": 20},
    "few-shot": {},
    "zero-shot": {"way": "zero_shot"},
    "raw": {"calibrated": False, "examples": 1},
}
"""Where the picture stands, as far as it differs from the defaults."""
WORD = "kayak"
"""The word that is asked about first."""


def _all(label: str, *words: str) -> tuple[Example, ...]:
    return tuple((word, label) for word in words)


PROMPTS: dict[str, tuple[tuple[Example, ...], str]] = {
    "each": (ONE_OF_EACH, WORD),
    "none": ((), WORD),
    "majority": (_all("animal", "pig", "lion", "tiger", "sheep") + _all("food", "bread"), "sofa"),
    "recent": (tuple(reversed(ONE_OF_EACH)), WORD),
    "wrong": (
        tuple((word, ONE_OF_EACH[(at + 1) % 5][1]) for at, (word, _label) in enumerate(ONE_OF_EACH)), WORD
    ),
}  # fmt: skip
"""Cards, and the word that is asked about."""

_MOODS = (
    "sunshine = happy\nbirthday = happy\nlaughter = happy\nfuneral = sad\ntears = sad\nillness = sad",
    "party = happy\nholiday = happy\ngift = happy\nfriend = happy\nmusic = happy\n"
    "grave = sad\npain = sad\nwar = sad\nloneliness = sad\nhunger = sad",
)
_PLACES = (
    "whale = sea\nshark = sea\nanchor = sea\nmountain = land\nforest = land\ncow = land",
    "dolphin = sea\nwave = sea\nship = sea\noctopus = sea\ncoral = sea\n"
    "tractor = land\ndesert = land\nhorse = land\ntree = land\nroad = land",
)
TASKS: dict[str, tuple[str, str]] = {"places": _PLACES, "moods": _MOODS}
"""Lines to learn from, and lines to try."""
