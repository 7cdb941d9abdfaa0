"""Passages found for a question in two ways, and both together: by their words, and by what the words mean.

By words: BM25 (Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009) in Lucene's
form. By meaning: a passage's vector is the mean of its words' vectors, rare words weighing more (Arora, Liang and Ma,
"A simple but tough-to-beat baseline for sentence embeddings", 2017, equation 1), without what all passages have in
common; the score is the cosine. Together: reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.chat.cutting import Passage
from core.chat.terms import terms, words
from core.once import once

if TYPE_CHECKING:
    from bm25s import BM25

Floats = NDArray[np.float32]

FUSED = 60
"""The constant of the fusion: k in 1 ÷ (k + rank), as its authors chose it."""
RARE = 1e-3
"""Arora's a: a word of frequency p weighs a ÷ (a + p)."""
ENOUGH = 20
"""Passages from which on what all have in common is language rather than subject."""
POWER_STEPS = 20
MOST = 5
"""Passages that are found, unless more are asked for."""
MOST_QUESTION = 2_000
"""Characters of a question that are read."""


@dataclass(frozen=True)
class Found:
    """A passage, and why it was found.

    Attributes:
        passage: itself.
        by_words: BM25's score; 0 if it shares no word with the question.
        by_meaning: the cosine; None if either has no word with a vector.
        words_rank, meaning_rank: its place in each order, from 1; None if it has none.
        fused: the sum of 1 ÷ (60 + rank) over both.
    """

    passage: Passage
    by_words: float
    by_meaning: float | None
    words_rank: int | None
    meaning_rank: int | None
    fused: float


@dataclass(frozen=True)
class WordVectors:
    """Words with vectors, the most frequent first.

    Attributes:
        rows: the row of each spelling in small letters.
        vectors: (words, dimensions).
    """

    rows: Mapping[str, int]
    vectors: Floats

    @cached_property
    def weights(self) -> Floats:
        """How much each word weighs (words,): its frequency follows from its rank by Zipf's law."""
        ranks = np.arange(1, len(self.vectors) + 1)
        frequencies = 1 / (ranks * (1 / ranks).sum())
        weights: Floats = (RARE / (RARE + frequencies)).astype(np.float32)
        return weights

    def mean(self, text: str) -> Floats:
        """Return the weighted mean of a text's words, with length 1 each (dimensions,); zeros if it has none."""
        rows = [self.rows[word] for word in words(text) if word in self.rows]
        if not rows:
            return np.zeros(self.vectors.shape[1], np.float32)
        vectors, weights = self.vectors[rows], self.weights[rows]
        units = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        mean: Floats = weights @ units / len(rows)
        return mean


@once()
def french() -> WordVectors:
    """Return the shipped French words.

    Raises:
        core.files.DamagedFile: their file is missing or damaged.
    """
    from core.language_models.word_vectors import french_words

    known = french_words()
    return WordVectors({spelled: known.rows[word] for spelled, word in known.lower.items()}, known.vectors)


class Index:
    """Passages to be searched; building it takes a second for 10,000, a question milliseconds."""

    def __init__(self, passages: Sequence[Passage], vectors: WordVectors) -> None:
        self.passages, self._vectors = tuple(passages), vectors
        self._bm25 = _bm25([passage.text for passage in passages])
        means = np.array([vectors.mean(passage.text) for passage in passages]).reshape(
            len(passages), vectors.vectors.shape[1]
        )
        self._common: Floats = _direction(means)
        self._units: Floats = _units(self._without_common(means))

    def search(self, question: str, most: int = MOST) -> list[Found]:
        """Return the passages that fit a question best, by both orders together; fewer if fewer have a score.

        Args:
            question: in French; other languages are found by words that they share, and their stop words count.
            most: how many.
        """
        question = question[:MOST_QUESTION]
        if not self.passages or most < 1:
            return []
        by_words, by_meaning = self._word_scores(question), self._cosines(question)
        orders = _ranks(by_words, by_words > 0), _ranks(by_meaning, np.isfinite(by_meaning))
        fused: Floats = np.sum([np.where(ranks > 0, 1 / (FUSED + ranks), 0) for ranks in orders], axis=0)
        best = np.lexsort((-by_words, -fused))[:most]
        return [self._found(at, by_words, by_meaning, orders, fused) for at in best if fused[at] > 0]

    def _found(
        self, at: int, by_words: Floats, by_meaning: Floats, orders: tuple[NDArray[np.int64], ...], fused: Floats
    ) -> Found:
        first, second = (int(ranks[at]) or None for ranks in orders)
        meaning = float(by_meaning[at]) if second else None
        return Found(self.passages[at], float(by_words[at]), meaning, first, second, float(fused[at]))

    def _word_scores(self, question: str) -> Floats:
        asked = terms(question)
        if self._bm25 is None or not asked:
            return np.zeros(len(self.passages), np.float32)
        scores: Floats = self._bm25.get_scores(asked)
        return scores

    def _cosines(self, question: str) -> Floats:
        """Return the cosine of each passage with the question; minus infinity where there is none."""
        mean = self._vectors.mean(question)[None]
        unit = _units(self._without_common(mean))[0]
        cosines: Floats = self._units @ unit
        has_none = ~self._units.any(axis=1)
        return np.where(has_none | (not unit.any()), -np.inf, cosines)

    def _without_common(self, means: Floats) -> Floats:
        return means - np.outer(means @ self._common, self._common).astype(np.float32)


def _bm25(texts: Sequence[str]) -> BM25 | None:
    """Return the index of texts; None if they have no terms at all."""
    from bm25s import BM25

    listed = [terms(text) for text in texts]
    if not any(listed):
        return None
    index = BM25(k1=1.2, b=0.75, method="lucene")
    index.index(listed, show_progress=False)
    return index


def _direction(means: Floats) -> Floats:
    """Return the direction that the passages have in common (dimensions,), their first singular vector, by power steps.

    Of a few passages that is their subject, which must stay: zeros.
    """
    if len(means) < ENOUGH:
        return np.zeros(means.shape[1], np.float32)
    common: Floats = means.sum(axis=0)
    for _step in range(POWER_STEPS):
        common = _units(np.asarray((means @ common) @ means, np.float32)[None])[0]
    return common


def _units(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Floats = np.where(lengths > 1e-6, vectors / np.maximum(lengths, 1e-6), 0).astype(np.float32)
    return units


def _ranks(scores: Floats, counted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return each score's place, 1 for the highest and the earlier of two equal ones; 0 where it does not count."""
    ranks = np.zeros(len(scores), np.int64)
    order = np.argsort(-scores, kind="stable")
    order = order[counted[order]]
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks
