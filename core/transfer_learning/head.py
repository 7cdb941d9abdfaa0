"""The head: the one layer that learns on top of the frozen base. Its settings, and its twin in NumPy. No torch here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.files import pack, unpack, write_whole
from core.training.settings import Settings, bounded

FEATURES = 1_280
"""Numbers that the base makes of a photo."""

Features = NDArray[np.float32]
"""(photos, FEATURES)."""


@dataclass(frozen=True, kw_only=True)
class HeadSettings(Settings):
    """The course's recipe: dropout 0.2, dense softmax, Adam at 0.01."""

    task: ClassVar[str] = "own_classes"
    version: ClassVar[int] = 1

    batch_size: int = bounded(32, 1, 60_000)
    learning_rate: float = bounded(0.01, 0.0, 10.0)
    dropout: float = bounded(0.2, 0.0, 0.9)
    epochs: int = bounded(20, 1, 200)

    @property
    def private(self) -> bool:
        """A student's own photos: nothing of it is ever written."""
        return True


@dataclass(frozen=True)
class Head:
    """A dense layer with softmax, trained.

    Attributes:
        weights: (FEATURES, classes).
        bias: (classes,).
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def chances(self, features: Features) -> NDArray[np.float32]:
        """Return the probabilities of the classes, (photos, classes)."""
        logits = features @ self.weights + self.bias
        exponentials = np.exp(logits - logits.max(1, keepdims=True))
        found: NDArray[np.float32] = exponentials / exponentials.sum(1, keepdims=True)
        return found

    def save(self, path: Path, about: Mapping[str, str]) -> None:
        """Write it as safetensors, in 16 bits, with some words about it."""
        arrays = {"weights": self.weights.astype(np.float16), "bias": self.bias.astype(np.float16)}
        write_whole(path, pack(arrays, about))

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read what `save` wrote.

        Raises:
            OSError: it is not there.
            core.files.DamagedFile: it is not whole.
        """
        arrays, _metadata = unpack(path.read_bytes())
        return cls(arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32))
