"""When the missions of the batch size and learning rate page are reached."""

from __future__ import annotations

from itertools import pairwise

from core.batch_learning_rate.settings import RATES
from core.runs.run import Run


def fast_reached(run: Run) -> bool:
    """Whether the run reached 97 % validation accuracy within 2 epochs."""
    return any(frame.epoch <= 2.0 and frame.metrics["validation_error"] <= 0.03 for frame in run.measured)


def learns(run: Run) -> bool:
    """Whether the run ended with a network that learned something: finite, and better than one answer for all."""
    return run.status == "finished" and run.measured[-1].metrics["validation_error"] < 0.8


def edge_reached(outcomes: dict[float, bool]) -> bool:
    """Whether two neighbouring stops of the slider were tried, of which the lower learns and the upper does not."""
    return any(outcomes.get(low) is True and outcomes.get(high) is False for low, high in pairwise(RATES))
