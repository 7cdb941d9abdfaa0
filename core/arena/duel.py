"""Two models of the arena, so many votes between them, drawn several times: what would each arena say of the gap?"""

from __future__ import annotations

from math import inf, log10

from core.arena.draws import uniforms
from core.arena.elo import chance
from core.intervals import wilson

RUNGS = (10, 30, 100, 300, 1_000, 3_000, 10_000, 14_000, 20_000, 30_000)
"""Numbers of votes between the two that can be chosen: closer where ten points begin to be told apart."""
ARENAS = 20
"""How many times the same number of votes is drawn."""
STREAM = 1_000
"""The stream of random numbers of the first arena; the simulated voters have those below."""
NINETEEN_IN_TWENTY = 1.959963984540054
"""Deviations of a normal distribution between which 95 % of it lie."""


def wins(points: float, votes: int, draw: int) -> list[int]:
    """Return the votes for the first model, in each of the arenas.

    Args:
        points: that it is ahead.
        votes: between the two, in each arena.
        draw: which votes: the same number gives the same ones, and more votes begin with the fewer.
    """
    share = chance(points)
    return [int((uniforms(draw, STREAM + arena, votes) < share).sum()) for arena in range(ARENAS)]


def gap(won: int, votes: int) -> tuple[float, float, float]:
    """Return the gap that votes speak of, in points, and its interval of 95 %: Wilson's, on the odds."""
    low, high = wilson(won, votes, NINETEEN_IN_TWENTY)
    return points(won / votes), points(low), points(high)


def told_apart(counts: list[int], votes: int) -> int:
    """Return in how many arenas the interval lies wholly on the first model's side."""
    return sum(gap(won, votes)[1] > 0 for won in counts)


def points(share: float) -> float:
    """Return how many points ahead one is who gets this share of the votes."""
    if share <= 0:
        return -inf
    return inf if share >= 1 else 400 * log10(share / (1 - share))
