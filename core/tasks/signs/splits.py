"""Who is learned from, and who is measured on: people who are never seen before, or photos of whomever."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.once import once
from core.tasks.signs.photos import SIGNS, load
from core.tasks.signs.settings import ALL

DRAW = 7
"""Seeds who is who, once and for all: the same people in every run."""

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Split:
    """Photos, by their places in `photos.load()`.

    Attributes:
        pool: what may be learned from.
        validation: what is measured on.
    """

    pool: Indices
    validation: Indices


@once(2)
def split(kind: str) -> Split:
    """Return one of the two splits.

    Args:
        kind: "people": 130 people to learn from, the other 77 to measure on. "photos": as many photos, drawn from all,
            so that most people stand on both sides.
    """
    photos, rng = load(), np.random.default_rng(DRAW)
    order = rng.permutation(int(photos.people.max()) + 1)
    is_pool = np.isin(photos.people, order[:ALL])
    if kind == "photos":
        is_pool = is_pool[rng.permutation(len(is_pool))]
    return Split(np.flatnonzero(is_pool), np.flatnonzero(~is_pool))


def drawn(kind: str, photos: int, seed: int) -> Indices:
    """Return so many photos of each sign, or all there are, drawn by a seed: sign after sign."""
    rng, pool, signs = np.random.default_rng([DRAW, seed]), split(kind).pool, load().signs
    return np.concatenate([rng.permutation(pool[signs[pool] == sign])[:photos] for sign in range(SIGNS)])
