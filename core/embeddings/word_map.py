"""The whole map of the frequent words: places on the two widest axes, true neighbours and false ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.language_models.word_vectors import Vectors, Words
from core.once import once

FREQUENT, NEAR = 5_000, 10
"""Words on the map, and neighbours shown of one."""


@dataclass(frozen=True)
class Near:
    """A word on the map, and its cosine with the chosen one in all dimensions."""

    word: str
    cosine: float
    x: float
    y: float


@once()
def places(words: Words) -> Vectors:
    """Return the coordinates (words, 2) of all words on the two axes along which they spread most."""
    flat: Vectors = np.asarray((words.vectors - words.axes.mean) @ words.axes.components[:2].T, np.float32)
    return flat


def around(words: Words, row: int) -> tuple[Near, list[Near], list[str]]:
    """Return a word, its nearest in all dimensions, and those that are near on the map alone, the nearest first."""
    flat = places(words)
    asked = [(words.words[row], 1.0), *words.neighbours(words.vectors[row], NEAR, (row,))]
    chosen, *near = [Near(word, cosine, *flat[words.rows[word]].tolist()) for word, cosine in asked]
    real = {item.word for item in near}
    return chosen, near, [word for word in flat_neighbours(words, row, NEAR) if word not in real]


def flat_neighbours(words: Words, row: int, count: int) -> list[str]:
    """Return the words of the map that are nearest to one on the picture."""
    flat = places(words)
    order = np.argsort(np.linalg.norm(flat[:FREQUENT] - flat[row], axis=1))
    return [words.words[other] for other in order[: count + 1] if other != row][:count]
