"""What each way costs: seconds of one thread, and numbers of a model that it changes. As recorded beside the curves."""

from __future__ import annotations

from dataclasses import dataclass

from core.once import once
from core.ways_to_train.curves import curve, recorded
from core.ways_to_train.ways import COUNTS, WAYS


@dataclass(frozen=True)
class Cost:
    """The cost of a way.

    Attributes:
        learning: seconds to learn from so many labelled words, by `COUNTS`; None where nothing is learned. Transfer
            first reads each of them with the large model.
        answering: seconds for one word asked about alone, by `COUNTS`; zero-shot has one number. A prompt is read anew
            for it, with all its examples. None where that was not measured, because it is nothing.
        changed: numbers of a model that learning changes.
        model: SHA-256 of the large model's weights, the same before and after; "" where a new network learns.
    """

    learning: tuple[float, ...] | None
    answering: tuple[float, ...] | None
    changed: int
    model: str


@once()
def costs() -> dict[str, Cost]:
    """Return the cost of each way."""
    return {way: _of(way) for way in WAYS}


def _of(way: str) -> Cost:
    told, points = recorded(), curve(way)
    changed, reading = told["parameters"][way], told["vector_seconds"]
    if way == "scratch":
        return Cost(tuple(point.seconds for point in points), None, changed, "")
    model = told["model"]["after"]
    if way == "transfer":
        learning = tuple(point.seconds + reading * point.examples for point in points)
        return Cost(learning, (reading,) * len(COUNTS), changed, model)
    words = len(told["ways"][way][str(points[0].examples)][0]["chosen"])
    return Cost(None, tuple(point.seconds + point.answering / words for point in points), changed, model)
