"""What the picture of the law draws: each point of the study with its seeds, and the law of the sizes seen so far."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

from core.model_size.law import Fit, fit, intervals, recorded
from core.model_size.scaling import BUDGETS, SIZES
from core.once import once

WIDTHS = tuple(size.width for size in SIZES)
"""Names of the sizes, smallest first."""
STORIES = tuple(budget.stories for budget in BUDGETS)
"""Names of the budgets, smallest first."""
STUDENT = 0.95 / math.sqrt(2 * 0.975 * 0.025)
"""Student's t of a 95 % interval with three values, two degrees of freedom: there its quantile has a closed form."""
FIRST, LAST = 3, len(SIZES) - 1
"""Sizes that are known when a student first predicts the next one, and at most."""


@dataclass(frozen=True)
class Point:
    """The trainings of one size with one budget.

    Attributes:
        width: of the models.
        stories: learned from.
        parameters: all of them.
        inside: but for the embeddings: N of the law.
        tokens: learned from, in the mean over seeds: D of the law.
        seeds: the excess over the floor of each seed, in nats a token, smallest first.
        mean: of the seeds: of their logarithms, as the law is fitted.
        low, high: the 95 % interval of that mean over seeds (Student's t on logarithms).
    """

    width: int
    stories: int
    parameters: int
    inside: int
    tokens: float
    seeds: tuple[float, ...]
    mean: float
    low: float
    high: float

    def factor(self, excess: float) -> float:
        """Return by how many times an excess is above this point's mean; below 1: under it."""
        return excess / self.mean


@once()
def points() -> dict[tuple[int, int], Point]:
    """Return the points of the recorded study by stories and width."""
    found: dict[tuple[int, int], list[dict[str, float]]] = {}
    for row in recorded():
        found.setdefault((row["stories"], row["width"]), []).append(row)
    return {(stories, width): _point(stories, width, rows) for (stories, width), rows in found.items()}


def floor() -> float:
    """Return the loss of whoever knows the grammar, in nats a token: nothing gets below."""
    found: float = recorded()[0]["floor"]
    return found


@once(len(SIZES))
def law_of_first(sizes: int) -> Fit:
    """Return the law fitted on the smallest sizes alone, with every budget and seed.

    Args:
        sizes: how many; all of them give the law of the whole study.
    """
    return fit([row for row in recorded() if row["width"] in WIDTHS[:sizes]])


@once()
def law_of_all_parameters() -> Fit:
    """Return the law fitted on all parameters, embeddings included: what N is called changes what is found."""
    return fit([row | {"inside": row["parameters"]} for row in recorded()])


@once()
def exponents() -> dict[str, tuple[float, float]]:
    """Return the 95 % intervals of α and β over seeds."""
    return intervals(recorded())


def law_of(point: Point, sizes: int = len(SIZES)) -> float:
    """Return the excess that the law of the first sizes expects at a point."""
    return float(law_of_first(sizes).excess(float(point.inside), point.tokens))


def _point(stories: int, width: int, rows: list[dict[str, float]]) -> Point:
    seeds = tuple(sorted(row["excess"] for row in rows))
    logs = [math.log(excess) for excess in seeds]
    around = STUDENT * statistics.stdev(logs) / math.sqrt(len(logs))
    low, mean, high = (math.exp(statistics.fmean(logs) + side * around) for side in (-1, 0, 1))
    tokens = statistics.fmean(row["tokens"] for row in rows)
    return Point(width, stories, int(rows[0]["parameters"]), int(rows[0]["inside"]), tokens, seeds, mean, low, high)
