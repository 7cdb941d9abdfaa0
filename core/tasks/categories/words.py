"""Two hundred and fifty words of five categories, with their French: which are learned from, which are measured on."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.files import DATA
from core.once import once

FILE = DATA / "categories.csv"
"""Written for this course."""
CATEGORIES = ("animal", "food", "vehicle", "furniture", "clothing")
EACH, HELD_OUT = 50, 30
"""Words of each category, and how many of them are only measured on."""
POOL = (EACH - HELD_OUT) * len(CATEGORIES)
"""Words that may be learned from."""
DRAW = 13
"""Seeds which words are held out, once and for all."""

Places = NDArray[np.int64]
"""Places of words in the list."""


@dataclass(frozen=True)
class Words:
    """The list.

    Attributes:
        english: the words.
        french: the same in French.
        categories: of each, its place in `CATEGORIES`.
    """

    english: tuple[str, ...]
    french: tuple[str, ...]
    categories: Places


@dataclass(frozen=True)
class Split:
    """Which words are for what.

    Attributes:
        pool: may be learned from, 20 of each category.
        held_out: only measured on, 30 of each.
    """

    pool: Places
    held_out: Places


@once()
def load() -> Words:
    """Return the list."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    categories = np.array([CATEGORIES.index(row["category"]) for row in rows])
    return Words(tuple(row["english"] for row in rows), tuple(row["french"] for row in rows), categories)


@once()
def split() -> Split:
    """Return the pool and the words held out, each in the order of the list."""
    rng, categories = np.random.default_rng(DRAW), load().categories
    shuffled = [rng.permutation(np.flatnonzero(categories == kind)) for kind in range(len(CATEGORIES))]
    held_out = np.sort(np.concatenate([places[:HELD_OUT] for places in shuffled]))
    return Split(np.setdiff1d(np.arange(len(categories)), held_out), held_out)


def drawn(count: int, seed: int) -> Places:
    """Return so many words of the pool, as even over the categories as can be; more begin with those of fewer.

    They come in rounds: each round has one word of each category, in an order of its own.

    Raises:
        ValueError: the pool has not so many.
    """
    if not 0 <= count <= POOL:
        raise ValueError(count)
    rng, pool, categories = np.random.default_rng([DRAW, seed]), split().pool, load().categories
    shuffled = [rng.permutation(pool[categories[pool] == kind]) for kind in range(len(CATEGORIES))]
    rounds = [[shuffled[kind][turn] for kind in rng.permutation(len(CATEGORIES))] for turn in range(EACH - HELD_OUT)]
    return np.array(rounds).reshape(-1)[:count]
