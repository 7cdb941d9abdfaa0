"""What a worker gives back of a student's own classes, or why it cannot. No torch here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.transfer_learning.head import Features, Head


class BaseMissing(RuntimeError):
    """The weights of the base are not on the machine that computes, or not whole."""


@dataclass(frozen=True)
class Learned:
    """What a worker learned from photos.

    Attributes:
        features: (photos, FEATURES), to keep beside them.
        head: trained on all photos.
        labels: (photos,), the class of each.
        guessed: (photos,), what a head that had not seen the photo took it for; −1 where none was asked.
        heads: how many such heads there were.
        alike: classes whose photos all come from one series: their accuracy flatters.
    """

    features: Features
    head: Head
    labels: NDArray[np.int64]
    guessed: NDArray[np.int64]
    heads: int
    alike: frozenset[int]

    def __repr__(self) -> str:
        """Say nothing of the photos."""
        return f"Learned({len(self.labels)} photos)"

    def tested(self, label: int) -> tuple[int, int]:
        """Return how many photos of a class were recognised by a head that had not seen them, and how many tested."""
        asked = (self.labels == label) & (self.guessed >= 0)
        return int((self.guessed[asked] == label).sum()), int(asked.sum())

    @property
    def accuracy(self) -> float | None:
        """Share of all tested photos that were recognised; None where none could be tested."""
        asked = self.guessed >= 0
        return float((self.guessed[asked] == self.labels[asked]).mean()) if asked.any() else None
