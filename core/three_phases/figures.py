"""What each phase took here, beside the figures of the course's slides. No torch."""

from __future__ import annotations

from dataclasses import dataclass

from core.once import once
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.mini_gpt2 import published
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


@once()
def figures() -> Figures:
    """Return what the recorded model of each phase learned from."""
    return Figures(tokens(), InstructedSettings().pairs, AlignedSettings().votes)


def tokens() -> int:
    """Return how many tokens of stories the published model read."""
    read: int = published.record()["curve"][-1]["tokens"]
    return read
