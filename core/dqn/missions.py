"""When the missions of the page are reached."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.dqn.presets import BASE
from core.dqn.settings import DqnSettings

if TYPE_CHECKING:
    from core.runs.run import Run
    from core.verdict import Verdict

NEAR = 0.9
"""Share of the optimum that an agent of the small world must reach."""
STRANDED = 1.0
"""Deliveries for 100 moves that a misled agent brings at most."""
SEEDS = 3
"""Of each side of an experiment, at least."""


def near_optimum(run: Run) -> bool:
    """Whether an agent of the small world reached nine tenths of the optimum at any age, by the usual rewards."""
    settings = run.settings
    assert isinstance(settings, DqnSettings)
    if settings.world != "small" or run.status == "diverged" or not _has_usual_rewards(settings):
        return False
    return max(frame.metrics["reward"] for frame in run.measured) >= NEAR * run.measured[0].metrics["best"]


def is_misled(run: Run, usual: float) -> bool:
    """Whether an agent gets more by its reward than the best one by the course's, and hardly delivers.

    A delivery must be worth something, and a crash no reward: else the wrong lesson was simply written down.

    Args:
        run: its training.
        usual: the optimum of the small world by the course's rewards, for 100 moves.
    """
    settings = run.settings
    assert isinstance(settings, DqnSettings)
    if settings.world != "small" or run.status == "diverged" or settings.delivery <= 0 or settings.crash > 0:
        return False
    last = run.measured[-1].metrics
    return last["reward"] > usual and last["delivered"] <= STRANDED


def is_shown(settings: DqnSettings, verdict: Verdict) -> bool:
    """Whether an experiment of one's own, over some seeds, says which draw is better.

    Args:
        settings: of one side; the other draws its batches in the other way.
        verdict: over the seeds that there are.
    """
    is_own = replace(settings, draw=BASE.draw, seed=BASE.seed) != BASE
    return is_own and verdict.kind == "real" and len(verdict.first.values) >= SEEDS


def _has_usual_rewards(settings: DqnSettings) -> bool:
    return all(getattr(settings, name) == getattr(BASE, name) for name in ("pickup", "delivery", "crash", "charging"))
