"""Counting instead of learning: n-gram models of letters, n = 1 … 5, smoothed three ways.

A model of order n looks at the n − 1 characters before. Smoothing (Chen and Goodman, "An empirical study of smoothing
techniques for language modeling", 1999): add-one (section 2.1), Witten–Bell (2.6), interpolated Kneser–Ney (2.7).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.files import RECORDED, sha256_of, write_whole
from core.once import once
from core.tasks.letters.corpus import Corpus, corpus

ORDERS = (1, 2, 3, 4, 5)
RECORD = RECORDED / "embeddings" / "n-grams.json"
SMOOTHINGS = ("add_one", "witten_bell", "kneser_ney")

Codes = NDArray[np.int64]
Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """How often each character followed each context, kept for the contexts seen only.

    Attributes:
        contexts: sorted numbers of the contexts seen; one more that no context has closes the list.
        counts: (contexts, characters); zeros for the closing one.
    """

    contexts: Codes
    counts: Chances

    def of(self, numbers: Codes) -> Chances:
        """Return the counts (numbers, characters) of contexts, zeros where a context was never seen."""
        place = np.searchsorted(self.contexts, numbers)
        seen = self.contexts[place] == numbers
        return self.counts[np.where(seen, place, len(self.contexts) - 1)]


class NGrams:
    """The counts of every order up to n on training contexts, and the chances they give."""

    def __init__(self, contexts: Codes, targets: Codes, characters: int) -> None:
        """Count.

        Args:
            contexts: (examples, n − 1) of the highest order.
            targets: (examples,), the characters that follow.
            characters: V, the size of the alphabet.
        """
        self.characters, self.order = characters, contexts.shape[1] + 1
        self.raw = [self._count(contexts, targets, order, distinct=False) for order in range(1, self.order + 1)]
        self.distinct = [self._count(contexts, targets, order, distinct=True) for order in range(1, self.order)]

    def chances(self, contexts: Codes, order: int, smoothing: str) -> Chances:
        """Return the chances (contexts, characters) of what follows contexts (contexts, n − 1)."""
        if smoothing == "add_one":
            counts = self.raw[order - 1].of(self._numbers(contexts, order))
            added: Chances = (counts + 1) / (counts + 1).sum(axis=1, keepdims=True)
            return added
        found = np.full((len(contexts), self.characters), 1 / self.characters)
        for lower in range(1, order + 1):
            counted = self.raw if lower == order or smoothing == "witten_bell" else self.distinct
            counts = counted[lower - 1].of(self._numbers(contexts, lower))
            found = _witten_bell(counts, found) if smoothing == "witten_bell" else _kneser_ney(counts, found)
        return found

    def loss(self, contexts: Codes, targets: Codes, order: int, smoothing: str) -> float:
        """Return the mean cross-entropy, in nats a character, on contexts and the characters that follow them."""
        _, first, inverse = np.unique(self._numbers(contexts, order), return_index=True, return_inverse=True)
        chances = self.chances(contexts[first], order, smoothing)[inverse, targets]
        return float(-np.log(chances).mean())

    def _numbers(self, contexts: Codes, order: int) -> Codes:
        """Return one number for the last order − 1 characters of each context."""
        return _number(contexts[:, contexts.shape[1] - order + 1 :], self.characters)

    def _count(self, contexts: Codes, targets: Codes, order: int, *, distinct: bool) -> Counts:
        """Count what follows; or, for Kneser–Ney's lower orders, how many *different* characters come before."""
        if distinct:
            longer = _number(contexts[:, contexts.shape[1] - order :], self.characters)
            _, first = np.unique(longer * self.characters + targets, return_index=True)
            numbers, targets = self._numbers(contexts[first], order), targets[first]
        else:
            numbers = self._numbers(contexts, order)
        found, place = np.unique(numbers, return_inverse=True)
        counts = np.zeros((len(found) + 1, self.characters))
        np.add.at(counts, (place, targets), 1)
        return Counts(np.append(found, np.iinfo(np.int64).max), counts)


def _number(contexts: Codes, characters: int) -> Codes:
    """Return one number for each context (contexts, n): its characters are the digits, in base V."""
    numbers = np.zeros(len(contexts), np.int64)
    for column in contexts.T:
        numbers = numbers * characters + column
    return numbers


def _witten_bell(counts: Chances, lower: Chances) -> Chances:
    """Give the unseen as much weight as there were different characters: (c + T p) / (N + T)."""
    kinds = (counts > 0).sum(axis=1, keepdims=True)
    total = counts.sum(axis=1, keepdims=True)
    return np.where(total > 0, (counts + kinds * lower) / np.maximum(total + kinds, 1), lower)


def _kneser_ney(counts: Chances, lower: Chances) -> Chances:
    """Take D = 0.75 from every count and share it as the shorter context says: (max(c − D, 0) + D T p) / N."""
    kinds = (counts > 0).sum(axis=1, keepdims=True)
    total = counts.sum(axis=1, keepdims=True)
    discount = 0.75
    return np.where(
        total > 0, (np.maximum(counts - discount, 0) + discount * kinds * lower) / np.maximum(total, 1), lower
    )


@dataclass(frozen=True)
class Verdict:
    """What counting reaches on a corpus.

    Attributes:
        losses: validation loss of each order and smoothing, nats a character.
        seen: different contexts of n characters met in training, for n = 1 … 5.
    """

    losses: dict[tuple[int, str], float]
    seen: dict[int, int]

    @property
    def best(self) -> tuple[int, str]:
        """The order and smoothing with the lowest validation loss."""
        return min(self.losses, key=lambda model: self.losses[model])

    def at(self, order: int) -> float:
        """Return the lowest loss of one order."""
        return min(self.losses[order, smoothing] for smoothing in SMOOTHINGS)


@once(8)
def verdict(words: tuple[str, ...]) -> Verdict:
    """Return what counting reaches on a list of words; for the course's own lists, from the record."""
    return _recorded().get(_digest(words)) or count(words)


def count(words: tuple[str, ...]) -> Verdict:
    """Count on the training words, measure on the validation words: three seconds for 100,000 words."""
    cut = corpus(words)
    model = fitted(cut)
    contexts, targets = cut.examples("validation", ORDERS[-1] - 1)
    losses = {
        (order, smoothing): model.loss(contexts, targets, order, smoothing)
        for order in ORDERS
        for smoothing in SMOOTHINGS
    }
    train, _ = cut.examples("train", ORDERS[-1])
    size = len(cut.characters)
    return Verdict(losses, {n: len(np.unique(_number(train[:, -n:], size))) for n in ORDERS})


def _digest(words: tuple[str, ...]) -> str:
    return sha256_of("\n".join(words).encode())


@once()
def _recorded() -> dict[str, Verdict]:
    """Return the verdicts in assets/recorded/, by the hash of their words."""
    found: dict[str, Verdict] = {}
    for digest, item in json.loads(RECORD.read_text()).items() if RECORD.exists() else ():
        losses = {(order, smoothing): loss for order, smoothing, loss in item["losses"]}
        found[digest] = Verdict(losses, {int(n): seen for n, seen in item["seen"].items()})
    return found


def write_record(lists: Iterable[tuple[str, ...]]) -> None:
    """Count on some lists and record what that gives, for shipping in assets/recorded/."""
    record = {}
    for words in lists:
        counted = count(words)
        losses = [[order, smoothing, loss] for (order, smoothing), loss in counted.losses.items()]
        record[_digest(words)] = {"losses": losses, "seen": counted.seen}
    write_whole(RECORD, (json.dumps(record, indent=1) + "\n").encode())


def fitted(cut: Corpus) -> NGrams:
    """Count all orders on the training words."""
    contexts, targets = cut.examples("train", ORDERS[-1] - 1)
    return NGrams(contexts, targets, len(cut.characters))
