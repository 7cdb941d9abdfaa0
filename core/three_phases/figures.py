"""What each phase took here, beside the figures of the course's slides. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.tasks.instructed.settings import InstructedSettings
from core.tasks.mini_gpt2 import published
from core.three_phases.own import OwnModel
from core.three_phases.settings import AlignedSettings


@dataclass(frozen=True)
class Figures:
    """What the model learned from.

    Attributes:
        tokens: of the stories of phase 1.
        pairs: instructions with their answers, in phase 2.
        votes: pairs of answers that were compared, in phase 3.
        taste: who compared them.
    """

    tokens: int
    pairs: int
    votes: int
    taste: str


def figures(own: Mapping[str, OwnModel] | None = None) -> Figures:
    """Return what the model of each phase learned from.

    Args:
        own: the student's models, by phase; the recorded ones in place of those that are missing.
    """
    pairs, aligned = InstructedSettings().pairs, AlignedSettings()
    for model in (own or {}).values():
        settings = model.settings
        if isinstance(settings, InstructedSettings):
            pairs = min(settings.pairs, model.update * settings.batch_size)  # of one that was stopped, fewer
        elif isinstance(settings, AlignedSettings):
            aligned = settings
    return Figures(tokens(), pairs, aligned.votes, aligned.taste)


def tokens() -> int:
    """Return how many tokens of stories the published model read."""
    read: int = published.record()["curve"][-1]["tokens"]
    return read
