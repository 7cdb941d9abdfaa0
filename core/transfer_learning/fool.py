"""Fooling a network: a grey square, laid by hand over a photo of a person never seen. No torch here.

`python -m core.transfer_learning.fool_record` records the head, which learned from the other people alone, and the
photos that a square is known to fool it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.files import RECORDED, DamagedFile, pack, unpack, write_whole
from core.once import once
from core.tasks.signs import photos as signs
from core.transfer_learning.head import Head
from core.transfer_learning.intake import SIDE, Photo, photo_of
from core.transfer_learning.occlusion import GREY

FILE = RECORDED / "transfer_learning" / "fool.safetensors"
SMALLEST, LARGEST = 8, 64
"""Pixels of the square's sides, on a photo of 160."""


@dataclass(frozen=True)
class Square:
    """Where the grey square lies.

    Attributes:
        top: pixels above it.
        left: pixels on its left.
        side: pixels of its sides.
    """

    top: int
    left: int
    side: int

    @property
    def share(self) -> float:
        """Of the photo's area, 0 to 1."""
        return self.side**2 / SIDE**2


def square_of(told: Mapping[str, object]) -> Square | None:
    """Return the square that a message tells of; None where it tells of none that lies on the photo."""
    numbers = []
    for name in ("top", "left", "side"):
        number = told.get(name)
        if isinstance(number, bool) or not isinstance(number, int | float) or number not in range(SIDE + 1):
            return None  # NaN, infinity and fractions are in no range
        numbers.append(int(number))
    top, left, side = numbers
    fits = SMALLEST <= side <= LARGEST and max(top, left) + side <= SIDE
    return Square(top, left, side) if fits else None


def covered(photo: Photo, square: Square) -> Photo:
    """Return a photo (SIDE, SIDE, 3) with a grey square, which the base reads as zeros; the photo stays as it is."""
    found = photo.copy()
    found[square.top : square.top + square.side, square.left : square.left + square.side] = GREY
    return found


@dataclass(frozen=True)
class Fooled:
    """What was recorded: the head, and what it reads of photos that a small square can make it misread.

    Attributes:
        head: learned from the photos of 130 people, with the base frozen.
        numbers: (photos,), the places of the photos in `photos.load()`; nobody on them was learned from.
        chances: (photos, signs), what base and head read of each as it is.
        corners: (photos, 2), where a square that fools them begins: pixels above it, and on its left.
        seen: how many photos of these people there are, read rightly or not.
        sure: of how many a square was looked for: all that are read rightly, and surely enough.
    """

    head: Head
    numbers: NDArray[np.uint16]
    chances: NDArray[np.float32]
    corners: NDArray[np.uint8]
    seen: int
    sure: int

    def of_sign(self, sign: int) -> list[int]:
        """Return the photos that show a sign, by their places in `photos.load()`."""
        return [int(number) for number in self.numbers if signs.load().signs[number] == sign]

    def before(self, number: int) -> list[float]:
        """Return what is read of a photo as it is: the probability of each sign.

        Raises:
            ValueError: it is none of these photos.
        """
        return [float(chance) for chance in self.chances[self.numbers.tolist().index(number)]]

    def save(self) -> None:
        """Write it, in 16 bits."""
        arrays: dict[str, NDArray[Any]] = {
            "weights": self.head.weights.astype(np.float16),
            "bias": self.head.bias.astype(np.float16),
            "numbers": self.numbers,
            "chances": self.chances.astype(np.float16),
            "corners": self.corners,
        }
        about = {"base": "EfficientNet-Lite0, frozen", "seen": str(self.seen), "sure": str(self.sure)}
        write_whole(FILE, pack(arrays, about))


@once()
def recorded() -> Fooled:
    """Return what was recorded.

    Raises:
        OSError: it is not there.
        core.files.DamagedFile: it is not whole.
    """
    arrays, about = unpack(FILE.read_bytes())
    try:
        head = Head(arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32))
        chances = arrays["chances"].astype(np.float32)
        return Fooled(head, arrays["numbers"], chances, arrays["corners"], int(about["seen"]), int(about["sure"]))
    except KeyError as error:
        raise DamagedFile(str(error)) from error


def photo(number: int) -> Photo:
    """Return a photo of the signs as the base looks at it."""
    return photo_of(signs.load().image(number))


def next_of_sign(number: int, by: int) -> int:
    """Return the photo so many further among those of the same sign; after the last comes the first."""
    same = recorded().of_sign(int(signs.load().signs[number]))
    return same[(same.index(number) + by) % len(same)]
