"""The plan of a project: hours for each of its steps, which together are those that the course gives it."""

from __future__ import annotations

from collections.abc import Mapping

FEWEST, MOST = 20, 40
"""Hours of a whole project."""
STEPS = {"question": 2, "data": 6, "baseline": 3, "network": 5, "experiments": 8, "test": 2, "report": 4}
"""The steps in their order, and the hours that a first plan gives each."""
LONGEST_STEP = 20
"""Hours of one step: one that takes longer is two."""

Hours = Mapping[str, int]


def total(hours: Hours) -> int:
    """Return the hours of a plan."""
    return sum(hours.get(step, 0) for step in STEPS)


def shares(hours: Hours) -> dict[str, float]:
    """Return each step's share of the plan's hours, from 0 to 1; nothing for steps without any."""
    whole = total(hours)
    return {step: hours[step] / whole for step in STEPS if hours.get(step, 0)}


def checked(given: object) -> dict[str, int]:
    """Return the hours of a plan from outside: what is no number of hours is the first plan's."""
    told = given if isinstance(given, Mapping) else {}
    found = {step: told.get(step, hours) for step, hours in STEPS.items()}
    return {step: hours if _is_hours(hours) else STEPS[step] for step, hours in found.items()}


def _is_hours(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_STEP
