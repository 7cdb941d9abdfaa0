"""The smallest trainings that still learn something, one for each task, and what tests read from their runs."""

from __future__ import annotations

from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run
from core.tasks.digits.settings import DigitsSettings
from core.tasks.letters.corpus import load
from core.tasks.letters.settings import LettersSettings
from core.tasks.registry import frames
from core.training.settings import Settings

SMALL_DIGITS = DigitsSettings(examples=400, epochs=2, batch_size=64)
SMALL_RATES = RateSettings(examples=500, updates=24, batch_size=50, learning_rate=0.2)
SMALL_LETTERS = LettersSettings(corpus="names", updates=60, hidden=20, embedding=4)
OWN_WORDS = tuple(word for word in load("names")[:60] if word.isalpha())
"""A student's own list."""


def measured(settings: Settings) -> list[dict[str, float]]:
    """Train here; return the metrics of every measured frame."""
    return [dict(frame.metrics) for frame in frames(settings) if frame.measured]


def losses(run: Run) -> list[float]:
    """Return the validation loss of every measured frame."""
    return [frame.metrics["validation_loss"] for frame in run.measured]
