"""The photographs of the Sign Language Digits Dataset: hands of 207 pupils that show the ten digits.

Mavi, "A New Dataset and Proposed Convolutional Neural Network Architecture for Classification of American Sign
Language Digits", arXiv:2011.08927, 2020. Apache-2.0.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.files import unpack
from core.once import once
from core.tasks.signs.files import PHOTOS

SIDE = 100
"""Pixels of a photo's sides."""
SIGNS = 10

Pixels = NDArray[np.uint8]
"""Photos as numbers: (photos, side, side, 3), red, green and blue from 0 to 255."""


@dataclass(frozen=True)
class Photos:
    """All photographs, in the order in which they were taken.

    Attributes:
        images: all WebP files, one behind the other.
        ends: (photos,), where each of them ends.
        signs: (photos,), the digit that each hand shows.
        people: (photos,), whose hand it is, from 0 on.
    """

    images: NDArray[np.uint8]
    ends: NDArray[np.uint32]
    signs: NDArray[np.uint8]
    people: NDArray[np.uint8]

    def __len__(self) -> int:
        """Return the number of photos."""
        return len(self.signs)

    def image(self, index: int) -> bytes:
        """Return one photo as a WebP file."""
        begin = int(self.ends[index - 1]) if index else 0
        return self.images[begin : int(self.ends[index])].tobytes()


@once()
def load() -> Photos:
    """Return the photographs."""
    arrays, _metadata = unpack(PHOTOS.read_bytes())
    for array in arrays.values():
        array.flags.writeable = False
    return Photos(**arrays)


@once()
def pixels() -> Pixels:
    """Return all photos as numbers, 62 MB; decoding them takes about a second."""
    from PIL import Image

    photos = load()
    found = np.empty((len(photos), SIDE, SIDE, 3), np.uint8)
    for index in range(len(photos)):
        found[index] = np.asarray(Image.open(io.BytesIO(photos.image(index))))
    found.flags.writeable = False
    return found
