"""When the missions about the ways to train are reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.language_models.prompts import Example
from core.tasks.categories.words import CATEGORIES

CARDS, AGAINST = 3, 10
"""Examples of the prompt that is to win, and labelled words of the ways that it is to beat."""
LEAST = 3
"""Examples that a bad prompt has: an empty one is no mistake of the student's."""
KNOWN = 10
"""Words with a known label that a task of one's own is measured on."""


def beats_ten(cards: Sequence[Example], score: Mapping[str, Any], best: float) -> bool:
    """Whether a prompt of three examples, not calibrated, puts more words right than what learns from ten.

    Args:
        cards: of the prompt.
        score: how many it put right.
        best: the best share that any draw of ten words reached, from scratch or by transfer.
    """
    return len(cards) == CARDS and score["raw"] / score["words"] > best


def worse_than_chance(cards: Sequence[Example], score: Mapping[str, Any]) -> bool:
    """Whether a prompt makes the model, as it speaks, put fewer words right than chance would."""
    return len(cards) >= LEAST and score["raw"] / score["words"] < 1 / len(CATEGORIES)


def scratch_wins(right: Mapping[str, int | None], known: int) -> bool:
    """Whether a network from scratch put more words right than every other way.

    Args:
        right: by way; a way that was not tried counts as no rival, so all must be there.
        known: words with a known label.
    """
    others = [right.get(way) for way in ("transfer", "few_shot", "zero_shot")]
    mine = right.get("scratch")
    return known >= KNOWN and mine is not None and all(each is not None and mine > each for each in others)
