"""The arena's laboratory: voters whose taste is known, so that every ranking can be held against the truth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.arena.table import entrants

VIEWS = ("order", "taste", "cheat", "drop")
"""What can be changed: the order of the votes, what voters like, fake votes, votes taken away."""
OWN: dict[str, dict[str, Any]] = {
    "order": {"k": 4, "order": 0},
    "taste": {"ties": 0, "bias": 0, "style": False},
    "cheat": {"fakes": 0},
    "drop": {"dropped": 0},
}
"""What only one view changes, and where it stands in the others: what acts is always in sight."""
VOTES = (300, 1_000, 3_000, 10_000, 30_000, 100_000)
"""Votes cast in the whole arena."""
STAKES = (1, 2, 4, 8, 16, 32, 64)
"""Points at stake in a vote, Elo's K."""
TIES = (0, 10, 20, 30, 40, 50, 60)
"""Percent of ties between equal models."""
BIASES = (0, 10, 20, 30, 40, 60, 80, 100)
"""Points that a longer answer is worth to the voters, by step of length."""
FAKES = (0, 10, 20, 25, 30, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1_000, 1_500, 2_000)
"""Votes of a robot."""
DROPPED = (0, 1, 2, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200)
"""Votes taken away: fewer than the smallest arena has."""
LOSSES = ("worst", "chance")
"""Which ones: those first that speak most for the first against the second, or any."""


def in_view(here: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that act: those of the other views stand still.

    Args:
        here: every value, among them the view.
    """
    still = {name: value for view, own in OWN.items() if view != here["view"] for name, value in own.items()}
    return {**here, **still}


def strengths() -> list[float]:
    """Return the true strength of each model, in points: the arena's rating of August."""
    return [float(each.row.rating) for each in entrants()]


def verbosity() -> list[float]:
    """Return how often each model writes a long answer, 0 to 1: made up, the same mixture for good and bad models.

    The arena's table does not tell it. Neighbours differ, so that length and strength have little in common.
    """
    return [round(0.2 + 0.6 * ((7 * at) % 18) / 17, 3) for at in range(len(entrants()))]
