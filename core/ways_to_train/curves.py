"""What each way reaches with so many labelled words, over draws, and what it costs. No torch here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from core.files import RECORDED
from core.once import once

FILE = RECORDED / "ways_to_train" / "curves.json"
EFFECTS = RECORDED / "ways_to_train" / "effects.json"
"""What order, majority, wrong labels, labels without meaning and French words do to a prompt."""
LAYERS = RECORDED / "ways_to_train" / "layers.json"
"""What the vectors of each layer are worth, measured on the pool alone."""
DRAWS = {"scratch": 20, "transfer": 20, "few_shot": 12}
"""A draw is a seed: which words, in which order; from scratch, the first weights too. Zero-shot has wordings."""


@dataclass(frozen=True)
class Point:
    """What a way reached with so many labelled words.

    Attributes:
        examples: labelled words.
        reached: the accuracy of each draw on the words held out, 0 to 1.
        seconds: of the processor, the mean over the draws: to train, or to read the prompt once.
        answering: seconds to answer about all words held out; 0 where it is nothing beside the training.
    """

    examples: int
    reached: tuple[float, ...]
    seconds: float
    answering: float = 0.0

    @property
    def mean(self) -> float:
        """Over the draws."""
        return fmean(self.reached)

    @property
    def deviation(self) -> float:
        """Standard deviation over the draws; 0 of a single one."""
        return stdev(self.reached) if len(self.reached) > 1 else 0.0

    @property
    def least(self) -> float:
        """Of the worst draw."""
        return min(self.reached)

    @property
    def most(self) -> float:
        """Of the best draw."""
        return max(self.reached)


@once()
def recorded() -> dict[str, Any]:
    """Return the file of the curves as it is.

    Raises:
        OSError: it is not there.
    """
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@once()
def effects() -> dict[str, Any]:
    """Return the file of the effects as it is.

    Raises:
        OSError: it is not there.
    """
    found: dict[str, Any] = json.loads(EFFECTS.read_text(encoding="utf-8"))
    return found


def curve(way: str, calibrated: bool = False) -> list[Point]:
    """Return the recorded points of a way, by the number of labelled words.

    Args:
        way: one of `core.ways_to_train.ways.WAYS`.
        calibrated: whether a prompt's labels are weighed; of no meaning for the ways that train.
    """
    points = recorded()["ways"][way]
    return [_point(int(count), rows, calibrated) for count, rows in points.items()]


def _point(count: int, rows: list[dict[str, Any]], calibrated: bool) -> Point:
    is_prompt = "calibrated" in rows[0]
    name = "calibrated" if is_prompt and calibrated else "accuracy"
    reached = tuple(row[name] for row in rows)
    if not is_prompt:
        return Point(count, reached, fmean(row["seconds"] for row in rows))
    reading, answering = (fmean(row["seconds"][part] for row in rows) for part in (0, 1))
    return Point(count, reached, reading, answering)
