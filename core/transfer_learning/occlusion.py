"""What a network looked at: a grey patch is slid over the photo, and the answer is asked for again at each place.

Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014, section 4.2. It asks any classifier
from outside: no gradient, no layer to choose, no padding that draws false maps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.transfer_learning.intake import Photo

PATCH, STRIDE = 40, 15
"""Pixels: a quarter of the photo's side, and the nine places in each direction where it stops."""
GREY = 127
"""What the base reads as zero: (127 − 127) / 128."""
BATCH = 27

Predict = Callable[[NDArray[np.uint8]], NDArray[np.floating]]
"""Photos (batch, side, side, 3) to probabilities (batch, classes)."""


@dataclass(frozen=True)
class Occlusion:
    """The map of one photo.

    Attributes:
        predicted: the class that the photo as it is was taken for.
        chances: (classes,), the probabilities for the photo as it is.
        drop: (rows, columns), by how much the probability of that class falls when the patch stands there; negative
            where hiding that place helps.
        patch: pixels of the patch's sides.
        stride: pixels between two places.
    """

    predicted: int
    chances: NDArray[np.floating]
    drop: NDArray[np.floating]
    patch: int
    stride: int


def places(side: int, patch: int = PATCH, stride: int = STRIDE) -> range:
    """Return where the patch begins, in pixels from the edge; it never leaves the photo."""
    if not 0 < patch <= side or stride < 1:
        raise ValueError(f"a patch of {patch} on a photo of {side}, {stride} apart")
    return range(0, side - patch + 1, stride)


def occlusion(
    photo: Photo, predict: Predict, patch: int = PATCH, stride: int = STRIDE, batch: int = BATCH
) -> Occlusion:
    """Slide a grey patch over a photo and measure what each place was worth.

    Args:
        photo: (side, side, 3).
        predict: the network that is asked, some photos at a time.
        patch: pixels of the patch's sides.
        stride: pixels between two places.
        batch: photos that `predict` gets at once, at most.

    Raises:
        ValueError: the patch does not fit.
    """
    starts = places(len(photo), patch, stride)
    chances = np.asarray(predict(photo[None])[0])
    predicted = int(chances.argmax())
    spots = [(row, column) for row in starts for column in starts]
    seen = []
    for begin in range(0, len(spots), batch):
        some = spots[begin : begin + batch]
        hidden = np.repeat(photo[None], len(some), axis=0)
        for image, (row, column) in zip(hidden, some, strict=True):
            image[row : row + patch, column : column + patch] = GREY
        seen.append(np.asarray(predict(hidden))[:, predicted])
    drop = chances[predicted] - np.concatenate(seen).reshape(len(starts), len(starts))
    return Occlusion(predicted, chances, drop, patch, stride)
