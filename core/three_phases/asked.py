"""What the page asks of a worker, by functions that import torch only there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.answers import Shipped
from core.files import RECORDED

SHIPPED = Shipped(RECORDED / "three_phases" / "answers.json")
"""Answers to what the page begins with."""
PHASES = ("pretrained", "instructed", "aligned")
"""The models after each phase, in order."""


def answer(instruction: dict[str, str], seed: int) -> list[dict[str, Any]]:
    """Let the three recorded models answer an instruction, at temperature 1: see `core.three_phases.live.answer`.

    Args:
        instruction: its wishes, by name.
        seed: of what is drawn.

    Raises:
        ValueError: a wish that no story can meet.
        core.three_phases.voting.StartMissing: a recorded model is not there.
    """
    from core.three_phases import live

    return [dict(each) for each in live.answer(instruction, 1.0, seed)]


def pairs(number: int, seed: int) -> list[dict[str, Any]]:
    """Return pairs of answers to vote on: see `core.three_phases.live.pairs`.

    Args:
        number: of them.
        seed: of what is drawn.
    """
    from core.three_phases import live

    return [dict(each) for each in live.pairs(number, seed)]


def counted(instruction: dict[str, str], story: str) -> Sequence[tuple[str, bool]]:
    """Return the tokens of a pair, and whether the loss counts each: see `core.three_phases.live.counted`."""
    from core.three_phases import live

    return live.counted(instruction, story)
