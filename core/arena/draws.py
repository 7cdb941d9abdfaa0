"""Random numbers that Python and the browser reckon alike: each is a function of a seed, a stream and a counter.

No state is kept, so the first votes are the same however many follow. The mixing of 32 bits is the xor-multiply-shift
hash with the constants of Christopher Wellons' hash-prospector; `draws.js` is its twin, bit for bit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Floats = NDArray[np.float64]
GOLDEN = 0x9E3779B9
"""2³² divided by the golden ratio: neighbouring streams get keys that have little in common."""


def uniforms(seed: int, stream: int, count: int) -> Floats:
    """Return the numbers of a stream at the counters 0 … count − 1, each strictly between 0 and 1: (count,).

    Args:
        seed: any whole number; its 32 lowest bits count.
        stream: what the numbers are for: streams of one seed have nothing in common.
        count: how many.
    """
    outer, inner = _keys(seed, stream)
    mixed = _mixed(_mixed(np.arange(count, dtype=np.uint32) ^ outer) + inner)
    return (mixed.astype(np.float64) + 0.5) / 2.0**32


def shuffled(count: int, seed: int, stream: int) -> list[int]:
    """Return 0 … count − 1 in a random order (Fisher and Yates)."""
    order = list(range(count))
    last = np.arange(count - 1, 0, -1)
    chosen = (uniforms(seed, stream, len(last)) * (last + 1)).astype(np.int64)
    for here, there in zip(last.tolist(), chosen.tolist(), strict=True):
        order[here], order[there] = order[there], order[here]
    return order


def _keys(seed: int, stream: int) -> tuple[Words, Words]:
    """Return the two keys of a stream, (1,) each: with one alone, two streams would be one, read in another order."""
    outer = _mixed(_word(seed) ^ _mixed(_word(stream + 1)))
    return outer, _mixed(outer + _word(GOLDEN))


def _word(number: int) -> Words:
    return np.array([number & 0xFFFFFFFF], dtype=np.uint32)


def _mixed(words: Words) -> Words:
    """Return the hash of each word; different words have different ones."""
    words = (words ^ (words >> np.uint32(16))) * np.uint32(0x21F0AAAD)
    words = (words ^ (words >> np.uint32(15))) * np.uint32(0x735A2D97)
    return words ^ (words >> np.uint32(15))
