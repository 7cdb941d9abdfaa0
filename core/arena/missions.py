"""When the missions about the arena are reached."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.arena.bradley_terry import counted, fit, wins_of
from core.arena.duel import RUNGS, told_apart, wins
from core.arena.lab import FAKES, strengths
from core.arena.ranked import cast, played

NEAR = (9, 11)
"""Points apart that two models of the first mission are, at least and at most."""
ENOUGH = 19
"""Arenas, of twenty, that tell which one is better: as sure as an interval of 95 % promises to be."""
MANY = 10_000
"""Votes that an arena of the other missions has, at least."""
CALM = 2
"""Elo's K of the third mission, at most."""
RIVALS = 6
"""Models that could take the first place most cheaply: the next ones."""


def separates(points: int, votes: int, draw: int) -> bool:
    """Whether this number of votes is the least that tells two models apart that are ten points from each other.

    Args:
        points: that the first is ahead.
        votes: between the two: one of `RUNGS`.
        draw: which votes.
    """
    if not NEAR[0] <= abs(points) <= NEAR[1]:
        return False

    def enough(rung: int) -> bool:
        return told_apart(wins(abs(points), rung, draw), rung) >= ENOUGH

    at = RUNGS.index(votes)
    return enough(votes) and (at == 0 or not enough(RUNGS[at - 1]))


def cheapest(here: Mapping[str, Any]) -> bool:
    """Whether a robot takes the first place, under Bradley and Terry, with the fewest votes that any robot needs.

    Args:
        here: where the laboratory stands.
    """
    if here["votes"] < MANY or not here["fakes"]:
        return False
    honest = wins_of(counted(cast({**here, "fakes": 0}), len(strengths())))
    leader = int(fit(honest).argmax())
    now = wins_of(counted(cast(here), len(strengths())))
    if int(fit(now).argmax()) == leader:
        return False
    return bool(here["fakes"] <= fewest(honest))


def fewest(honest: NDArray[np.float64]) -> int:
    """Return the fewest votes of a robot, of `FAKES`, that change the first place: for any of the next models.

    Args:
        honest: wins, (models, models).
    """
    points = fit(honest)
    first, *nexts = (int(model) for model in points.argsort()[::-1][: RIVALS + 1])
    for number in FAKES[1:]:
        for helped, everybody in product(nexts, (False, True)):
            fakes = np.zeros_like(honest)
            others = [model for model in range(len(honest)) if model != helped] if everybody else [first]
            fakes[helped] = np.bincount(np.resize(others, number), minlength=len(honest))
            if int(fit(honest + fakes).argmax()) != first:
                return number
    return FAKES[-1]


def leads(here: Mapping[str, Any]) -> int | None:
    """Return whom Elo puts first, in an arena of the third mission; None in any other.

    Args:
        here: where the laboratory stands.
    """
    if here["votes"] < MANY or here["k"] > CALM or here["fakes"]:
        return None
    return int(played(cast(here), here).argmax())
