"""One-hot vectors, what they cost, and the curse of dimension that makes counting die."""

from __future__ import annotations

import timeit
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CELL_BYTES = 4
"""A count in a table: one 32-bit integer."""
COMPARISONS = (
    ("photo", 3e6),
    ("phone", 128e9),
    ("datacentre", 1e18),
    ("internet", 2e23),
)
"""Things of a known size in bytes, smallest first: a photo, a phone, a large data centre, a year of all the world's
data (IDC, "Data Age 2025": 175 zettabytes in 2025)."""

Vector = NDArray[np.float32]


def one_hot(index: int, size: int) -> Vector:
    """Return a vector (size,) of zeros with a one at `index`."""
    vector = np.zeros(size, np.float32)
    vector[index] = 1
    return vector


def possible(characters: int, context: int) -> int:
    """Return how many contexts there can be: V^n, exact."""
    return int(characters**context)


def table_bytes(characters: int, context: int) -> int:
    """Return the memory of a full count table: one cell for every context and every next character."""
    return possible(characters, context) * characters * CELL_BYTES


def comparison(size: float) -> tuple[str, float]:
    """Return the largest known thing not larger than so many bytes, and how many of it; else the smallest one."""
    fitting = [item for item in COMPARISONS if item[1] <= size]
    name, one = fitting[-1] if fitting else COMPARISONS[0]
    return name, size / one


@dataclass(frozen=True)
class InputLayer:
    """What reads a context: its inputs, and the parameters up to the hidden layer."""

    inputs: int
    parameters: int


def with_one_hot(characters: int, context: int, hidden: int) -> InputLayer:
    """Return the input layer of n one-hots, straight into the hidden units."""
    inputs = characters * context
    return InputLayer(inputs, inputs * hidden + hidden)


def with_embedding(characters: int, context: int, embedding: int, hidden: int) -> InputLayer:
    """Return the input layer of n embeddings: the table C, shared by all places, then the hidden units."""
    inputs = embedding * context
    return InputLayer(inputs, characters * embedding + inputs * hidden + hidden)


def lookup_seconds(table: Vector, index: int, repeats: int = 2_000) -> tuple[float, float]:
    """Return the seconds of one product `one_hot @ E` and of one lookup `E[i]`, best of three, on this machine."""
    vector = one_hot(index, len(table))
    product = min(timeit.repeat(lambda: vector @ table, number=repeats, repeat=3)) / repeats
    row = min(timeit.repeat(lambda: table[index], number=repeats, repeat=3)) / repeats
    return product, row


def distances(points: Vector) -> Vector:
    """Return the distance (rows, rows) of every two rows of points (rows, dimensions)."""
    found: Vector = np.linalg.norm(points[:, None, :] - points[None, :, :], axis=2)
    return found
