"""Looking through images before training: four measures that say where to look first, and no more.

Each image is its 784 pixels here. None of these measures knows what a digit is: a rare way to write one looks as
unlike its class as a wrong label does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.once import once
from core.project.faulty import CLASSES, FaultySet, planted

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Looks:
    """What is measured of each image of a set.

    Attributes:
        unlike: distance to the nearest image in training of its own label, divided by that to the nearest of another
            label: over 1, it looks more like another class. Infinite, where no other image bears its label.
        twin: distance to the nearest image in the other part; 0 for an exact copy.
        nearest: which image that is.
        brightness: mean pixel, 0 black to 1 white.
        counts: images of each label, in training.
    """

    unlike: Floats
    twin: Floats
    nearest: NDArray[np.intp]
    brightness: Floats
    counts: NDArray[np.intp]


@once(8)
def looks(seed: int) -> Looks:
    """Return the measures of the planted set of a seed."""
    return look(planted(seed))


def look(found: FaultySet) -> Looks:
    """Measure every image of a set."""
    pixels = found.images.reshape(len(found.images), -1) / 255
    apart = _distances(pixels)
    in_train = np.arange(len(pixels)) < found.train
    nearest = np.where(in_train[:, None] == in_train[None, :], np.inf, apart).argmin(1)
    to_train = np.where(in_train[None, :], apart, np.inf)
    # Neither itself, nor an exact copy of it, says anything of its label.
    to_train[to_train == 0] = np.inf
    same = found.labels[:, None] == found.labels[None, :]
    own = np.where(same, to_train, np.inf).min(1)
    other = np.where(same, np.inf, to_train).min(1)
    return Looks(
        unlike=own / other,
        twin=apart[np.arange(len(pixels)), nearest],
        nearest=nearest,
        brightness=pixels.mean(1),
        counts=np.bincount(found.labels[: found.train], minlength=CLASSES),
    )


def _distances(pixels: Floats) -> Floats:
    """Return the distance between any two images, exactly 0 for the same pixels."""
    products = pixels @ pixels.T
    squares = np.diag(products)
    apart: Floats = np.sqrt(np.maximum(0, squares[:, None] + squares[None, :] - 2 * products))
    apart[apart < 1e-6] = 0
    return apart


def most_unlike_but_right(seed: int, first: int) -> int:
    """Return how many of the first training images that look least like their class have nothing wrong."""
    found, seen = planted(seed), looks(seed)
    order = np.argsort(-seen.unlike[: found.train], kind="stable")[:first]
    return int((~found.is_faulty[order]).sum())
