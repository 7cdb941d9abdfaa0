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
LEARNED, STRANDED = 0.5, 1.0
"""Share of the optimum of its own reward that a misled agent has learned to get, and deliveries for 100 moves that it
brings at most meanwhile."""
SEEDS = 3
"""Of each side of an experiment, at least."""


def near_optimum(run: Run) -> bool:
    """Whether an agent of the small world reached nine tenths of the optimum at its end, by the usual rewards."""
    settings = run.settings
    assert isinstance(settings, DqnSettings)
    if settings.world != "small" or run.status == "diverged" or not _has_usual_rewards(settings):
        return False
    return run.measured[-1].metrics["reward"] >= NEAR * run.measured[0].metrics["best"]


def is_misled(run: Run) -> bool:
    """Whether an agent learned what its reward asks for, and that is not to deliver.

    A delivery must be worth something, and a crash no reward: else the wrong lesson was simply written down.
    """
    settings = run.settings
    assert isinstance(settings, DqnSettings)
    if settings.world != "small" or run.status == "diverged" or settings.delivery <= 0 or settings.crash > 0:
        return False
    last, best = run.measured[-1].metrics, run.measured[0].metrics["best"]
    return best > 0 and last["reward"] >= LEARNED * best and last["delivered"] <= STRANDED


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
