"""The recorded ages of phase 1: how well each tells stories, and what it makes of an instruction. No torch here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from core.files import RECORDED
from core.once import once

FILE = RECORDED / "three_phases" / "ages.json"
"""Written by `python -m core.three_phases.record_ages`."""


@dataclass(frozen=True)
class Age:
    """The model at a moment of its pretraining.

    Attributes:
        update: after how many updates.
        loss: on stories it has not read, in nats per token.
        stories: share of the texts it tells from nothing that the grammar knows as stories.
        obeyed: share of instructions that it follows; to it each is the beginning of a story.
        told: what it makes of the first instructions.
    """

    update: int
    loss: float
    stories: float
    obeyed: float
    told: tuple[str, ...]


@dataclass(frozen=True)
class Ages:
    """All ages.

    Attributes:
        floor: the least loss that is possible, in nats per token.
        texts: how many were told from nothing at each age, and how many instructions were given.
        ages: ascending.
    """

    floor: float
    texts: int
    ages: tuple[Age, ...]


@once()
def ages() -> Ages:
    """Return what was recorded."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    listed = tuple(Age(**{**age, "told": tuple(age["told"])}) for age in found["ages"])
    return Ages(found["floor"], found["texts"], listed)
