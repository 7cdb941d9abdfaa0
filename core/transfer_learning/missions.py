"""When the missions of the transfer learning page are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tasks.signs.settings import SignsSettings

if TYPE_CHECKING:
    from core.runs.run import Run

FRUGAL_PHOTOS, FRUGAL_ACCURACY = 5, 0.82
"""Of each sign; of the photos of people never seen."""
SCRATCH_ACCURACY = 0.98


def frugal(run: Run) -> bool:
    """Whether few photos of each sign were enough to read most signs of people never seen."""
    settings = run.settings
    assert isinstance(settings, SignsSettings)
    return settings.split == "people" and settings.photos <= FRUGAL_PHOTOS and accuracy(run) >= FRUGAL_ACCURACY


def scratch_wins(run: Run) -> bool:
    """Whether a network from scratch read more signs of people never seen than any way does on average."""
    settings = run.settings
    assert isinstance(settings, SignsSettings)
    return settings.way == "scratch" and settings.split == "people" and accuracy(run) >= SCRATCH_ACCURACY


def accuracy(run: Run) -> float:
    """Return the share of the photos measured on that a run reads rightly at its end; 0 for a diverged one."""
    return 0.0 if run.status == "diverged" else 1 - run.measured[-1].metrics["validation_error"]
