"""When the missions of the train / validation / test page are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tasks.digits.data import TRAIN

if TYPE_CHECKING:
    from core.runs.run import Run

REPAIRED_LOSS, REPAIRED_EXAMPLES = 0.45, 300
"""Validation loss at the end, in nats; the question's own run ends at 0.77."""
FRUGAL_ERROR, FRUGAL_EXAMPLES = 0.05, 1_000
"""Validation error at the end."""


def repaired(run: Run) -> bool:
    """Whether a run with no more examples than the question's ended at a much lower validation loss."""
    return _examples(run) <= REPAIRED_EXAMPLES and run.measured[-1].metrics["validation_loss"] <= REPAIRED_LOSS


def learned_from_few(run: Run) -> bool:
    """Whether few examples were enough for a low validation error at the end."""
    return _examples(run) <= FRUGAL_EXAMPLES and run.measured[-1].metrics["validation_error"] <= FRUGAL_ERROR


def _examples(run: Run) -> int:
    return int(getattr(run.settings, "examples", TRAIN))
