"""The settings of a training whose loop is shown and run line by line. No torch here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from core.training.settings import Settings, SettingsError, bounded, choice

SUBJECTS = ("letters", "digits")
FAULTS = ("no_reset", "softmax_twice", "wrong_sign", "no_shuffle", "dropout_on", "wrong_view", "shifted_labels")
"""What can be damaged, one line each."""
WITHOUT_DROPOUT = {"letters": ("dropout_on",)}
"""The faults that a subject has no line for: the course's network on letters has no dropout."""
UPDATES = (100, 1_000, 2_000, 10_000, 50_000, 200_000)
BATCHES = (1, 8, 32, 64, 128, 512, 4_096)
RATES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0)
MOST_EXAMPLES = 6_400_000
"""Updates × batch: what the course's loop of 200,000 updates of 32 examples reads."""


@dataclass(frozen=True, kw_only=True)
class LoopSettings(Settings):
    """A training of the course, and what is damaged in its loop.

    Attributes:
        subject: "letters", Bengio's network in the course's own loop; "digits", the course's MLP with Adam.
        updates: turns of the loop.
        dropout: share of the first hidden layer that is dropped, on digits.
        faults: the damaged lines, in the order of `FAULTS`.
    """

    task: ClassVar[str] = "loop"
    version: ClassVar[int] = 1

    subject: str = choice("letters", *SUBJECTS)
    updates: int = bounded(200_000, 10, 200_000)
    batch_size: int = bounded(32, 1, 4_096)
    learning_rate: float = bounded(0.1, 0.0, 10.0)
    dropout: float = bounded(0.0, 0.0, 0.9)
    faults: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the numbers, what they cost together, and the faults; order those.

        Raises:
            SettingsError: a value is out of bounds, a fault is unknown, or the training too long.
        """
        super().__post_init__()
        unknown = [fault for fault in self.faults if fault not in FAULTS]
        if unknown:
            raise SettingsError("faults", unknown[0], FAULTS)
        most = MOST_EXAMPLES // self.batch_size
        if self.updates > most:
            raise SettingsError("updates", self.updates, (10, most))
        if self.subject in WITHOUT_DROPOUT:
            object.__setattr__(self, "dropout", 0.0)
        object.__setattr__(self, "faults", tuple(fault for fault in possible(self.subject) if fault in self.faults))

    @property
    def engine(self) -> str:
        """What trains it: the shown lines themselves."""
        return "shown_loop"

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.updates


def possible(subject: str) -> tuple[str, ...]:
    """Return the faults that a subject's loop can have."""
    return tuple(fault for fault in FAULTS if fault not in WITHOUT_DROPOUT.get(subject, ()))


def epochs(settings: LoopSettings, examples: int) -> int:
    """Return how many times `fit` must go through so many examples to make at least the updates asked for."""
    return math.ceil(settings.updates / math.ceil(examples / settings.batch_size))


COURSE = {
    "letters": LoopSettings(),
    "digits": LoopSettings(subject="digits", updates=2_000, batch_size=64, learning_rate=0.001, dropout=0.2),
}
"""The two trainings of the course, as they should be."""
