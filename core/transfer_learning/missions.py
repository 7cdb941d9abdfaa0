"""When the missions of the transfer learning page are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tasks.signs.settings import SignsSettings
from core.transfer_learning.curves import curves

if TYPE_CHECKING:
    from core.runs.run import Run

FRUGAL_PHOTOS, FRUGAL_ACCURACY = 5, 0.85
"""Of each sign; of the photos of people never seen."""


def frugal(run: Run) -> bool:
    """Whether few photos of each sign were enough to read most signs of people never seen."""
    settings = run.settings
    assert isinstance(settings, SignsSettings)
    return settings.split == "people" and settings.photos <= FRUGAL_PHOTOS and accuracy(run) >= FRUGAL_ACCURACY


def scratch_wins(run: Run) -> bool:
    """Whether a network from scratch read more than fine-tuning does with as many photos, on average over its draws."""
    settings = run.settings
    assert isinstance(settings, SignsSettings)
    if settings.way != "scratch" or settings.split != "people":
        return False
    tuned = {point.photos: point.mean for point in curves()["people"]["tuned"]}
    return settings.photos in tuned and accuracy(run) > tuned[settings.photos]


def accuracy(run: Run) -> float:
    """Return the share of the photos measured on that a run reads rightly at its end; 0 for a diverged one."""
    return 0.0 if run.status == "diverged" else 1 - run.measured[-1].metrics["validation_error"]
