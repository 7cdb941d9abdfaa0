"""When the mission on baselines is reached: one of them beats both networks, and the difference is real."""

from __future__ import annotations

from core.project.baselines import BASELINES, MODELS, NETWORKS
from core.project.recorded import Recorded, beats, recorded


def a_baseline_wins(task: str, size: int, rows: int, found: Recorded | None = None) -> bool:
    """Whether a ladder stands where a baseline beats both networks over the seeds, with all its rows shown.

    Args:
        task: of the ladder.
        size: of the training set.
        rows: that are shown.
        found: what is looked at; what is recorded, unless given.
    """
    rungs = {rung.model: rung for rung in (found or recorded()).ladder(task, size)}
    networks = [rungs[model] for model in NETWORKS]
    return rows == len(MODELS) and any(beats(rungs[model], networks) for model in BASELINES)
