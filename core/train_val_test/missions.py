"""When the missions of the train / validation / test page are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tasks.digits.data import TRAIN

if TYPE_CHECKING:
    from core.runs.run import Run


def overfitted(run: Run) -> bool:
    """Whether a run learned its examples by heart: no training error, validation loss 25 % over its best."""
    last = run.measured[-1].metrics
    best = min(frame.metrics["validation_loss"] for frame in run.measured)
    return last["train_error"] == 0 and last["validation_loss"] > 1.25 * best


def learned_from_few(run: Run) -> bool:
    """Whether at most 10,000 examples were enough for a validation error of at most 3 %."""
    return getattr(run.settings, "examples", TRAIN) <= 10_000 and run.measured[-1].metrics["validation_error"] <= 0.03
