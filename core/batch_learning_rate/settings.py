"""The settings of a run of the batch size and learning rate page, and its budget. No torch here."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import ClassVar

from core.batch_learning_rate.range_test import growing
from core.tasks.digits.data import TRAIN
from core.training.schedules import SCHEDULES, RateChanges, checked_changes, factor, with_changes
from core.training.settings import Settings, SettingsError, bounded, choice

EPOCHS, FEWEST_UPDATES, MOST_UPDATES = 5, 25, 8_000
"""What every run of the page gets: 5 epochs, but at least 25 updates and at most 8,000."""
BATCHES = (*(2**power for power in range(16)), TRAIN)
"""The stops of the slider: powers of two, and all 54,000 examples."""
RATES = (*(float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 2, 3, 5)), 10.0)
"""The stops of the slider, 1e-5 to 10."""
LONGEST = 60_000
HIGHEST_RATE = 10.0


@dataclass(frozen=True, kw_only=True)
class RateSettings(Settings):
    """A run of the course's MLP on MNIST, of so many updates, with a rate that may change on the way."""

    task: ClassVar[str] = "rates"
    version: ClassVar[int] = 1

    batch_size: int = bounded(64, 1, TRAIN)
    learning_rate: float = bounded(0.1, 0.0, HIGHEST_RATE)
    optimizer: str = choice("sgd", "sgd", "momentum", "rmsprop", "adam")
    examples: int = bounded(TRAIN, 100, TRAIN)
    updates: int = bounded(EPOCHS * math.ceil(TRAIN / 64), 1, LONGEST)
    schedule: str = choice("constant", *SCHEDULES)
    rate_changes: RateChanges = ()

    def __post_init__(self) -> None:
        """Check every field; a change of rate is a pair (update, rate)."""
        super().__post_init__()
        try:
            changes = checked_changes(self.rate_changes, HIGHEST_RATE)
        except (TypeError, ValueError) as error:
            raise SettingsError("rate_changes", self.rate_changes, (0.0, HIGHEST_RATE)) from error
        object.__setattr__(self, "rate_changes", changes)

    def rate_at(self, update: int, total: int) -> float:
        """Return the rate of one update (0-based): the last change before it, times the schedule's factor."""
        if self.schedule == "range_test":
            return growing(max(self.learning_rate, 1e-8), HIGHEST_RATE, update, total)
        rate = with_changes(self.learning_rate, self.rate_changes, update)
        return rate if self.schedule == "constant" else rate * factor(self.schedule, update, total)

    def changed(self, update: int, rate: float) -> RateSettings:
        """Return the settings of the same run whose rate is changed before `update` (0-based)."""
        kept = tuple((at, value) for at, value in self.rate_changes if at != update)
        return replace(self, rate_changes=(*kept, (update, rate)))

    @property
    def updates_per_epoch(self) -> int:
        """Batches in one pass; a batch larger than the data is all the data."""
        return math.ceil(self.examples / self.batch_size)

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.updates


def budget(batch_size: int, examples: int = TRAIN, epochs: float = EPOCHS) -> int:
    """Return how many updates the page gives a run: `epochs` passes, within 25 to 8,000 updates."""
    asked = round(epochs * math.ceil(examples / batch_size))
    return min(max(asked, FEWEST_UPDATES), MOST_UPDATES)


def finder_settings(settings: RateSettings) -> RateSettings:
    """Return the range test for a batch size and optimizer: 1e-5 to 10 in 400 updates, fewer for large batches."""
    updates = min(400, max(40, 400_000 // settings.batch_size))
    return RateSettings(
        batch_size=settings.batch_size, optimizer=settings.optimizer, seed=settings.seed, examples=settings.examples,
        learning_rate=1e-5, schedule="range_test", updates=updates)  # fmt: skip


def milestones(updates: int) -> list[int]:
    """Return when a run is measured: about 30 times, closer together at the beginning, where most happens."""
    growing_gaps = {round(updates ** (k / 14)) for k in range(15)}
    even = {round(updates * k / 16) for k in range(1, 17)}
    return sorted((growing_gaps | even) - {0})
