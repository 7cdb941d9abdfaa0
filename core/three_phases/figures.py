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
        votes: on pairs of answers, in phase 3.
    """

    tokens: int
    pairs: int
    votes: int


def figures(own: Mapping[str, OwnModel] | None = None) -> Figures:
    """Return what the model of each phase learned from.

    Args:
        own: the student's models, by phase; the recorded ones in place of those that are missing.
    """
    pairs, votes = InstructedSettings().pairs, AlignedSettings().votes
    for model in (own or {}).values():
        settings = model.settings
        if isinstance(settings, InstructedSettings):
            pairs = min(settings.pairs, model.update * settings.batch_size)  # of one that was stopped, fewer
        elif isinstance(settings, AlignedSettings):
            votes = settings.votes
    return Figures(tokens(), pairs, votes)


def tokens() -> int:
    """Return how many tokens of stories the published model read."""
    read: int = published.record()["curve"][-1]["tokens"]
    return read
