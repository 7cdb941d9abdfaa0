"""The settings of a network that learns digits, and the course's two runs. No torch here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from core.tasks.digits.data import TRAIN
from core.training.settings import Settings, bounded, choice

MLP_WIDTHS = (784, 200, 100, 75, 10)
CNN_CHANNELS = (16, 32)


@dataclass(frozen=True, kw_only=True)
class DigitsSettings(Settings):
    """A run on MNIST: the course's MLP or its small CNN."""

    task: ClassVar[str] = "digits"
    version: ClassVar[int] = 1

    model: str = choice("mlp", "mlp", "cnn")
    engine: str = choice("torch", "torch", "keras")
    examples: int = bounded(TRAIN, 100, TRAIN)
    epochs: int = bounded(10, 1, 100)
    dropout: float = bounded(0.0, 0.0, 0.9)

    @property
    def updates_per_epoch(self) -> int:
        """Batches in one pass through the training examples; the last one may be smaller."""
        return math.ceil(self.examples / self.batch_size)

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.epochs * self.updates_per_epoch


COURSE_MLP = DigitsSettings(epochs=12)
COURSE_CNN = DigitsSettings(model="cnn", epochs=5, batch_size=64, learning_rate=0.002, dropout=0.4)
"""The course's two runs, recorded: what several pages show at work."""
