"""When the missions of the transfer learning page are reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from core.tasks.signs.settings import SignsSettings

if TYPE_CHECKING:
    from core.runs.run import Run

FRUGAL_PHOTOS, FRUGAL_ACCURACY = 5, 0.82
"""Of each sign; of the photos of people never seen."""
SCRATCH_ACCURACY = 0.98
FOOL_SHARE, FOOL_BEFORE, FOOL_AFTER, FOOL_PHOTOS = 1 / 40, 0.95, 0.6, 3
"""Of the photo's area, at most; how sure of the sign without the square, how sure of another with it; how many."""


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


def is_fooled(sign: int, before: Sequence[float], after: Sequence[float], share: float) -> bool:
    """Whether a small square makes a network surely misread a photo that it reads rightly without it.

    Args:
        sign: that the photo shows.
        before: probability of each sign, for the photo as it is.
        after: the same, with the square.
        share: of the photo's area that the square covers, 0 to 1.
    """
    reads, misread = max(range(len(before)), key=before.__getitem__), max(range(len(after)), key=after.__getitem__)
    is_sure = before[sign] >= FOOL_BEFORE and after[misread] >= FOOL_AFTER
    return is_sure and reads == sign != misread and share <= FOOL_SHARE


def fool(photos: Collection[int]) -> bool:
    """Whether enough different photos have been misread because of a square."""
    return len(set(photos)) >= FOOL_PHOTOS
