"""What was recorded for the page: its runs, and how many votes a reward model needs. No torch here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.files import RECORDED
from core.once import once
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.settings import AlignedSettings, usual
from core.training.settings import Settings

FILE = RECORDED / "three_phases" / "votes.json"
NUMBERS, SEEDS = (2, 5, 10, 20, 40, 60, 100), 20
"""Votes that a reward model learns from, and how often they are drawn anew."""


@once()
def presets() -> dict[str, Settings]:
    """Return the settings of the recorded runs: phase 2, with few pairs, by LoRA; phase 3 in four ways."""
    return {
        "instructed": InstructedSettings(),
        "few": InstructedSettings(pairs=1_000),
        "lora": InstructedSettings(way="lora", learning_rate=0.01),
        "aligned": AlignedSettings(),
        "friends": AlignedSettings(taste="friends"),
        "hacked": usual("reinforce", beta=0.0),
        "dpo": usual("dpo"),
    }


@dataclass(frozen=True)
class VotesNeeded:
    """How well reward models from so many votes order fresh pairs.

    Attributes:
        votes: how many.
        mean: share of fresh pairs ordered as the taste does, the mean over draws of the votes.
        low: the share that 5 % of the draws stay below.
        high: the share that 5 % of the draws exceed.
    """

    votes: int
    mean: float
    low: float
    high: float


@once()
def votes_needed() -> dict[str, list[VotesNeeded]]:
    """Return by taste what was recorded; nothing of one that decides too few pairs."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return {taste: [_summary(int(votes), shares) for votes, shares in rows.items()]
            for taste, rows in found["agreement"].items()}  # fmt: skip


@once()
def decided() -> dict[str, dict[int, int]]:
    """Return by taste how many of the first pairs are no tie to it, by their number."""
    found: dict[str, dict[str, int]] = json.loads(FILE.read_text(encoding="utf-8"))["decided"]
    return {taste: {int(pairs): count for pairs, count in counts.items()} for taste, counts in found.items()}


def _summary(votes: int, shares: list[float]) -> VotesNeeded:
    low, high = np.quantile(shares, [0.05, 0.95])
    return VotesNeeded(votes, float(np.mean(shares)), float(low), float(high))
