"""Where the photos lie by their pixels alone: what a network begins with, drawn beside what it makes of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.files import RECORDED, pack, unpack, write_whole
from core.once import once
from core.tasks.signs.photos import load
from core.tasks.signs.splits import split
from core.training.frames import Frame
from core.transfer_learning.stops import SPLITS

FILE = RECORDED / "transfer_learning" / "pixels.safetensors"


@dataclass(frozen=True)
class Map:
    """Photos on a plane.

    Attributes:
        places: (photos, 2), −1 to 1: their first two principal axes.
        kept: share of the variance that these show, 0 to 1.
        alike: share of the five nearest photos, in all dimensions, that show the same sign, 0 to 1.
    """

    places: NDArray[np.float16]
    kept: float
    alike: float


@once()
def _pixels() -> dict[str, Map]:
    arrays, _metadata = unpack(FILE.read_bytes())
    return {kind: Map(arrays[kind], *map(float, arrays[f"{kind}/told"])) for kind in SPLITS}


def pixels(kind: str) -> Map:
    """Return where the photos measured on lie by their pixels, 32 × 32 × 3."""
    return _pixels()[kind]


def map_of(frame: Frame) -> Map | None:
    """Return where a network's features put the photos at a moment, if that was kept."""
    if "map" not in frame.arrays:
        return None
    return Map(frame.arrays["map"], frame.metrics["map_kept"], frame.metrics["neighbours"])


def record_maps() -> None:
    """Compute the maps of the pixels, and write them. Imports torch."""
    from core.tasks.signs.looking import as_taken
    from core.tasks.signs.task import map_in_features, small

    arrays: dict[str, np.ndarray] = {}
    for kind in SPLITS:
        places = split(kind).validation
        flat = small(as_taken(places)).flatten(1).numpy()
        arrays[kind], kept, alike = map_in_features(flat, load().signs[places])
        arrays[f"{kind}/told"] = np.array([kept, alike])
    write_whole(FILE, pack(arrays, {"of": "signs.safetensors, 32 x 32"}))
