"""When the missions of the embeddings page are reached."""

from __future__ import annotations

from core.embeddings.ngrams import verdict
from core.runs.run import Run
from core.tasks.letters.settings import LettersSettings

MOST_UPDATES = 2_000
"""The course takes a hundred times more."""


def beats_counting(run: Run) -> bool:
    """Whether a short run on French words ends below the best n-gram's validation loss."""
    settings = run.settings
    if not isinstance(settings, LettersSettings) or settings.corpus != "words" or settings.updates > MOST_UPDATES:
        return False
    counted = verdict(settings.corpus_words())
    return run.measured[-1].metrics["validation_loss"] < counted.losses[counted.best]
