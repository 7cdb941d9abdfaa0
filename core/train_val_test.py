"""The settings of a network that learns digits, and the presets of the course. No torch here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from core.digits import TRAIN
from core.settings import Settings, bounded, choice

if TYPE_CHECKING:
    from core.run_file import Run

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


PRESETS: dict[str, DigitsSettings] = {
    "course_mlp": DigitsSettings(epochs=12),
    "course_cnn": DigitsSettings(model="cnn", epochs=5, batch_size=64, learning_rate=0.002, dropout=0.4),
    "overfit": DigitsSettings(examples=300, epochs=60, batch_size=32),
    "too_short": DigitsSettings(examples=5_000, epochs=1),
    "too_fast": DigitsSettings(examples=10_000, epochs=5, optimizer="sgd", learning_rate=2.0),
}
"""The course's two runs, then three that fail, each in its own way."""


def overfitted(run: Run) -> bool:
    """Whether a run learned its examples by heart: no training error, validation loss 25 % over its best."""
    last = run.measured[-1].metrics
    best = min(frame.metrics["validation_loss"] for frame in run.measured)
    return last["train_error"] == 0 and last["validation_loss"] > 1.25 * best


def learned_from_few(run: Run) -> bool:
    """Whether at most 10,000 examples were enough for a validation error of at most 3 %."""
    return getattr(run.settings, "examples", TRAIN) <= 10_000 and run.measured[-1].metrics["validation_error"] <= 0.03
