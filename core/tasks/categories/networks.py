"""What reads words: a small network on their letters, or the vectors that a large language model has of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.files import unpack
from core.once import once
from core.tasks.categories.files import VECTORS
from core.tasks.categories.settings import MOST_WORD
from core.tasks.categories.words import load

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 -'"
NOTHING, BORDER, OTHER = 0, len(LETTERS) + 1, len(LETTERS) + 2
"""The numbers of what stands behind a word, of its two ends, and of every sign that is no letter of `LETTERS`."""
EMBEDDING, CHANNELS, WINDOW = 16, 64, 3
"""Numbers that stand for a letter; patterns that are looked for; letters of a pattern."""


class OnLetters(nn.Module):
    """Letters → numbers → patterns of three letters → the strongest place of each pattern → one score a label."""

    def __init__(self, labels: int, generator: torch.Generator | None) -> None:
        super().__init__()
        self.letters = nn.utils.skip_init(nn.Embedding, OTHER + 1, EMBEDDING)
        self.patterns = nn.utils.skip_init(nn.Conv1d, EMBEDDING, CHANNELS, WINDOW)
        self.head = nn.utils.skip_init(nn.Linear, CHANNELS, labels)
        nn.init.normal_(self.letters.weight, generator=generator)
        nn.init.kaiming_normal_(self.patterns.weight, nonlinearity="relu", generator=generator)
        nn.init.xavier_uniform_(self.head.weight, generator=generator)
        for bias in (self.patterns.bias, self.head.bias):
            assert bias is not None
            nn.init.zeros_(bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores (words, labels) of words as numbers of letters (words, places)."""
        found = self.patterns(self.letters(x).transpose(1, 2)).relu()  # (words, patterns, places)
        is_inside = x[:, WINDOW - 1 :] != NOTHING
        scores: Tensor = self.head((found * is_inside[:, None]).amax(2))
        return scores


def spelled(words: Sequence[str]) -> Tensor:
    """Return words as the numbers of their letters between two ends: (words, letters of the longest and two).

    Letters are made small, without accents; a word of none is one sign that is no letter.
    """
    rows = [[BORDER, *(_numbers(word) or [OTHER]), BORDER] for word in words]
    longest = max(map(len, rows), default=WINDOW)
    return torch.tensor([row + [NOTHING] * (longest - len(row)) for row in rows]).reshape(len(rows), longest)


def _numbers(word: str) -> list[int]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return [LETTERS.find(sign) + 1 or OTHER for sign in plain.lower()[:MOST_WORD]]


def on_vectors(width: int, labels: int) -> nn.Linear:
    """Return the head of the transfer: linear, all zero at first, so that it begins by preferring nothing."""
    head: nn.Linear = nn.utils.skip_init(nn.Linear, width, labels)
    nn.init.zeros_(head.weight)
    nn.init.zeros_(head.bias)
    return head


def size(way: str, labels: int) -> int:
    """Return how many parameters the network of a way has."""
    with torch.device("meta"):
        network = OnLetters(labels, None) if way == "scratch" else nn.Linear(shipped().values.shape[1], labels)
    return sum(weight.numel() for weight in network.parameters())


@dataclass(frozen=True)
class Vectors:
    """The shipped vectors.

    Attributes:
        values: as SmolLM2 has them, (words of the list, width).
        mean: of the words of the pool, (width,).
        deviation: of the words of the pool, (width,).
        about: where they come from.
    """

    values: NDArray[np.float32]
    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]
    about: dict[str, str]

    def scaled(self, values: NDArray[np.float32]) -> Tensor:
        """Return vectors (words, width) with each number at mean 0 and deviation 1 over the words of the pool."""
        return torch.from_numpy(((values - self.mean) / self.deviation).astype(np.float32))


@once()
def shipped() -> Vectors:
    """Return the vectors of the 250 words.

    Raises:
        OSError: the file is not there.
        core.files.DamagedFile: it is not whole.
    """
    arrays, about = unpack(VECTORS.read_bytes())
    values, mean, deviation = (arrays[name].astype(np.float32) for name in ("values", "mean", "deviation"))
    return Vectors(values, mean, deviation, about)


@once()
def places() -> dict[str, int]:
    """Return where the vector of each English word of the list is."""
    return {word: place for place, word in enumerate(load().english)}
