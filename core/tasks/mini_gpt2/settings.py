"""What determines a training of the mini GPT-2. No torch here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from core.training.settings import Settings, bounded


@dataclass(frozen=True, kw_only=True)
class MiniGPT2Settings(Settings):
    """What determines the training; the defaults are those of the published model."""

    task: ClassVar[str] = "mini_gpt2"
    version: ClassVar[int] = 1

    seed: int = bounded(1, 0, 2**31 - 1)
    batch_size: int = bounded(16, 1, 4096)
    learning_rate: float = bounded(0.003, 0.0, 1.0)
    updates: int = bounded(10_000, 1, 200_000)
    stories: int = bounded(160_000, 1, 2_000_000)
    validation_stories: int = bounded(600, 1, 20_000)
    vocabulary: int = bounded(1_024, 257, 8_192)
    context: int = bounded(192, 8, 1_024)
    width: int = bounded(160, 8, 512)
    layers: int = bounded(3, 1, 12)
    heads: int = bounded(5, 1, 16)

    def rate_at(self, update: int, total: int) -> float:
        """Rise during the first updates, then fall to zero along half a cosine (Loshchilov and Hutter 2017)."""
        warm = min(500, total / 10)
        if update < warm:
            return self.learning_rate * (update + 1) / (warm + 1)
        return self.learning_rate * (1 + math.cos(math.pi * (update - warm) / (total - warm))) / 2

    def checkpoints(self) -> list[int]:
        """Return the updates after which the model is kept: 0, 10, 30, 100, 300 … and the last."""
        kept = [0, *(step for power in range(1, 7) for step in (10**power, 3 * 10**power))]
        return [step for step in kept if step < self.updates / 1.5] + [self.updates]

    def milestones(self) -> list[int]:
        """Return the updates after which the losses are measured: the checkpoints, and more on a log scale."""
        between = {round(10 ** (power / 6)) for power in range(6 * 7)}
        return sorted(({*between, *self.checkpoints()} - {0}) & set(range(1, self.updates + 1)))
