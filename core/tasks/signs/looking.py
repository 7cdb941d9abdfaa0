"""The frozen part of the base looks at photos once: what it sees is kept, and all that learns begins there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.files import unpack
from core.once import once
from core.tasks.signs import base
from core.tasks.signs.copies import changed
from core.tasks.signs.files import FEATURES
from core.tasks.signs.photos import Pixels, load, pixels

SIDE = 160
"""Pixels of the sides of what the base is given: a multiple of 32."""
CHUNK = 16
"""Photos looked at at once."""

Place = tuple[int, int]
"""A photo, and which of its copies: −1 for the photo as taken, else 0, 1 …"""


def to_inputs(photos: Pixels) -> Tensor:
    """Return photos (photos, side, side, 3) as the base wants them: (photos, 3, 160, 160), (x − 127) / 128.

    So it was trained (Liu 2020), and not with the mean and the deviation of ImageNet.
    """
    from PIL import Image

    sized = [np.asarray(Image.fromarray(p).resize((SIDE, SIDE), Image.Resampling.BICUBIC)) for p in photos]
    planes = torch.from_numpy(np.stack(sized)).permute(0, 3, 1, 2)
    return ((planes.float() - 127) / 128).contiguous(memory_format=torch.channels_last)


class Seen:
    """What the lower layers of a base see on photos, looked at when first asked for.

    Args:
        layers: of the base, from the first one on.
    """

    def __init__(self, layers: nn.Module) -> None:
        self._layers = layers
        self._kept: dict[Place, Tensor] = {}

    def look(self, places: list[Place]) -> Iterator[float]:
        """Look at what is still missing of these; yield the share that is done after each handful."""
        missing = [place for place in places if place not in self._kept]
        for begin in range(0, len(missing), CHUNK):
            some = missing[begin : begin + CHUNK]
            with torch.no_grad():
                found = self._layers(to_inputs(np.stack([photo_at(place) for place in some])))
            self._kept |= dict(zip(some, found.half(), strict=True))
            yield min(1.0, (begin + CHUNK) / len(missing))

    def of(self, places: list[Place]) -> Tensor:
        """Return what was seen: (photos, …), in the order asked for."""
        return torch.stack([self._kept[place] for place in places]).float()

    def keep(self, places: list[Place], found: Tensor) -> None:
        """Keep what was seen before."""
        self._kept |= dict(zip(places, found, strict=True))


def photo_at(place: Place) -> Pixels:
    """Return a photo, or one of its copies: (side, side, 3)."""
    number, copy = place
    photo: Pixels = pixels()[number]
    return photo if copy < 0 else changed(photo, number, copy)


@once(2)
def seen(blocks: int) -> Seen:
    """Return what the frozen layers of the ImageNet base see: all but its top `blocks`. Kept once per worker.

    What all of them see on the photos as taken is shipped.
    """
    layers = base.imagenet()
    if blocks:
        return Seen(layers[:-blocks])
    found = Seen(layers)
    found.keep(as_taken(range(len(load()))), torch.from_numpy(features()).half())
    return found


def as_taken(numbers: Iterable[int]) -> list[Place]:
    """Return the places of photos that are not changed."""
    return [(int(number), -1) for number in numbers]


@once()
def features() -> NDArray[np.float32]:
    """Return what the whole ImageNet base makes of all photos, (photos, 1280), as shipped in eight bits."""
    arrays, _metadata = unpack(FEATURES.read_bytes())
    found: NDArray[np.float32] = arrays["features"] * arrays["scale"]
    return found
