"""When the missions of the batch size and learning rate page are reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from core.batch_learning_rate.bowl import EXAMPLES, BowlSettings, descend, make_problem
from core.batch_learning_rate.settings import EPOCHS, RATES, RateSettings
from core.runs.run import Run
from core.tasks.digits.data import TRAIN

NEAR = 0.02
"""Share of the way up from the lowest loss to the first one, below which a descent has arrived, as in verdict.js."""
QUICK = 8
"""Updates within which the bowl's mission wants the descent at the bottom, to stay."""
LARGE_BATCH, GOOD_ERROR = 1_024, 0.03
EDGE_BATCH = 32


def arrival(settings: BowlSettings) -> int | None:
    """Return after how many updates a descent is at the bottom and stays there; None if it never is."""
    problem, path = make_problem(settings.problem), descend(settings)
    heights = problem.loss(path.points) - problem.loss(problem.minimum())
    away = np.flatnonzero(heights >= NEAR * heights[0])
    last = int(away[-1]) if len(away) else -1
    return last + 1 if last + 1 < len(path.points) and not path.diverged else None


def quick_reached(settings: BowlSettings) -> bool:
    """Whether the diagonal valley is crossed from its own start, with all examples, in at most 8 updates."""
    problem = make_problem("regression")
    asked = settings.problem == "regression" and settings.batch == EXAMPLES
    if not asked or settings.start not in {None, problem.start}:
        return False
    arrived = arrival(settings)
    return arrived is not None and arrived <= QUICK


def large_batch_reached(run: Run) -> bool:
    """Whether batches of 1,024 reached 3 % validation error within 5 epochs of all digits."""
    settings = run.settings
    if not isinstance(settings, RateSettings) or settings.batch_size != LARGE_BATCH or settings.examples != TRAIN:
        return False
    return any(frame.epoch <= EPOCHS and frame.metrics["validation_error"] <= GOOD_ERROR for frame in run.measured)


def learns(run: Run) -> bool:
    """Whether the run ended with a network that learned something: finite, and better than one answer for all."""
    return run.status == "finished" and run.measured[-1].metrics["validation_error"] < 0.8


def is_edge_try(settings: RateSettings) -> bool:
    """Whether a run tells where the edge of the mission's batch size is: a rate that nobody changes on the way."""
    return settings.batch_size == EDGE_BATCH and not settings.rate_changes


def edge_reached(tries: Mapping[RateSettings, bool]) -> bool:
    """Whether two neighbouring stops were tried, all else equal, of which the lower learns and the upper does not.

    Args:
        tries: what was run, and whether it learned.
    """
    higher = dict(pairwise(RATES))
    return any(
        learned and tries.get(replace(settings, learning_rate=higher[settings.learning_rate])) is False
        for settings, learned in tries.items()
        if settings.learning_rate in higher
    )
