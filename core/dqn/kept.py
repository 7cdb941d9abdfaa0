"""What a run keeps for the page, and when. No torch here."""

from __future__ import annotations

AGES = 10
"""Times, evenly spread, that the page can look at an agent, besides before its first move."""
DRAWN, SCENES, OUTCOMES, BEST = "drawn", "scenes", "outcomes", "best"
"""Arrays: at each age the numbers of the moments of its last batch (batch); at the end what each moment of the training
looked like (moves × …), what came of it (moves), and the truly best actions of each situation, a bit each (situations).
"""
FLIGHT = "flight/"
"""Begins the names of the arrays of a flight in the course's world, at each age."""
FLOWN = ("ground", "places", "laden", "charge", "values", "actions", "crashed", "delivered")
"""These arrays: `core.dqn.flight` says what each holds."""


def ages(steps: int) -> list[int]:
    """Return the moves of a training of so many at which the page can look at the agent."""
    return evenly(steps, AGES)


def evenly(steps: int, parts: int) -> list[int]:
    """Return 0 and the ends of so many equal parts of a training."""
    return [round(steps * part / parts) for part in range(parts + 1)]
