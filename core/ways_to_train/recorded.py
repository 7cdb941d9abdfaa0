"""What the picture shows: into which category each way put each word held out, draw by draw, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.once import once
from core.tasks.categories.words import load, split
from core.ways_to_train.curves import DRAWS, recorded
from core.ways_to_train.ways import WORDINGS

SHOWN = min(DRAWS.values())
"""Draws of the examples that are shown word by word: as many as every way has; of zero-shot, its wordings in turn."""


@dataclass(frozen=True)
class Word:
    """A word that nobody was taught.

    Attributes:
        english: as the models read it.
        french: the same.
        category: the place of the one it belongs in, among `CATEGORIES`.
    """

    english: str
    french: str
    category: int


@dataclass(frozen=True)
class Chosen:
    """What a way did with the words.

    Attributes:
        counts: of labelled words; 0 for zero-shot.
        places: of the category that each word was put into: (counts, draws, words), uint8.
    """

    counts: tuple[int, ...]
    places: NDArray[np.uint8]


@once()
def held_out() -> list[Word]:
    """Return the words that the ways are measured on."""
    words = load()
    return [Word(words.english[at], words.french[at], int(words.categories[at])) for at in split().held_out]


@once()
def chosen() -> dict[str, Chosen]:
    """Return what each way did; prompts also as "few_shot raw" and "zero_shot raw", without calibration."""
    told = recorded()["ways"]
    found = {way: _of(told[way], "chosen") for way in ("scratch", "transfer")}
    prompts = {"few_shot": told["few_shot"], "zero_shot": {"0": worded()}}
    for way, points in prompts.items():
        found |= {way: _of(points, "chosen_calibrated"), f"{way} raw": _of(points, "chosen")}
    return found


def worded() -> list[dict[str, Any]]:
    """Return what zero-shot did with each wording: those that say something."""
    rows: list[dict[str, Any]] = [row for row in recorded()["ways"]["zero_shot"]["0"] if row["wording"]]
    return rows


def wording_of(draw: int) -> int:
    """Return the place, among `WORDINGS`, of the sentence that zero-shot says in a draw."""
    return WORDINGS.index(worded()[draw % len(worded())]["wording"])


def _of(points: dict[str, Any], name: str) -> Chosen:
    rows = [[[int(digit) for digit in row[name]] for row in draws] for draws in points.values()]
    return Chosen(tuple(map(int, points)), np.array(rows, np.uint8))


def right_share(told: Chosen, count: int, draw: int) -> float:
    """Return the share of the words that were put rightly in a draw; of zero-shot, in a wording.

    Args:
        told: of a way.
        count: labelled words; 0 for zero-shot.
        draw: from 0 on; after the last one, the first again.
    """
    places = told.places[told.counts.index(count)]
    truth = np.array([word.category for word in held_out()])
    return float((places[draw % len(places)] == truth).mean())
