"""Learning rates over a run: schedules, and changes made on the way. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence

SCHEDULES = ("constant", "step", "cosine", "warmup", "range_test")
STEP_AT, STEP_FACTOR = 0.5, 0.1
"""The course's letters network learns 200,000 steps: 0.1 for the first 100,000, then 0.01."""
WARMUP = 0.1
"""Share of the run during which the rate grows from almost nothing to its value."""
RateChanges = tuple[tuple[int, float], ...]


def factor(schedule: str, update: int, total: int) -> float:
    """Return what multiplies the learning rate at `update` (0-based) of `total`.

    - `constant`: 1.
    - `step`: 1, then 0.1 from the middle of the run.
    - `cosine`: (1 + cos(π t / T)) / 2, from 1 to almost 0 (Loshchilov and Hutter, "SGDR", 2017, equation 5).
    - `warmup`: grows in a line over the first tenth, then 1 (Goyal et al., "Accurate, Large Minibatch SGD",
      2017, section 2.2).

    Raises:
        ValueError: an unknown schedule.
    """
    done = update / max(total, 1)
    match schedule:
        case "constant":
            return 1.0
        case "step":
            return STEP_FACTOR if done >= STEP_AT else 1.0
        case "cosine":
            return (1 + math.cos(math.pi * done)) / 2
        case "warmup":
            length = max(1, round(WARMUP * total))
            return min(1.0, (update + 1) / length)
    raise ValueError(schedule)


def with_changes(rate: float, changes: RateChanges, update: int) -> float:
    """Return the rate in force at `update`: the first one, or the last change made at or before it."""
    for at, changed in changes:
        if at <= update:
            rate = changed
    return rate


def checked_changes(changes: Sequence[Sequence[float]], highest: float, most: int = 20) -> RateChanges:
    """Return changes as sorted (update, rate) pairs.

    Raises:
        ValueError: too many, an update below zero, or a rate outside [0, highest].
    """
    if len(changes) > most:
        raise ValueError(f"more than {most} changes")
    pairs = tuple(sorted((int(update), float(rate)) for update, rate in changes))
    for update, rate in pairs:
        if update < 0 or not 0 <= rate <= highest:
            raise ValueError(f"change to {rate} at update {update}")
    return pairs
