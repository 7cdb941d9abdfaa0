"""Learning rates over a run: schedules, changes made on the way, and the range test. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


def growing(lowest: float, highest: float, update: int, total: int) -> float:
    """Return the rate of a range test: from `lowest` to `highest`, multiplied by the same number at each update.

    Leslie Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3, in the exponential
    form that became usual.
    """
    return float(lowest * (highest / lowest) ** (update / max(total - 1, 1)))


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


@dataclass(frozen=True)
class RangeTest:
    """What a run with a growing rate says.

    Attributes:
        rates: the rate at each point of the curve, ascending.
        losses: the smoothed training loss there.
        lowest: from here the loss falls clearly; None if it never does.
        highest: above it the loss stops falling or becomes unstable; None likewise.
        suggested: a careful choice, one third of `highest`; None likewise.
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]
    lowest: float | None
    highest: float | None
    suggested: float | None


def read_range_test(rates: Sequence[float], losses: Sequence[float], smoothing: float = 0.6) -> RangeTest:
    """Read a range test: the range of rates in which the loss falls.

    Smith (2017, section 3.3) reads both ends by eye: the rate from which learning begins, and the one where it
    becomes ragged. Here: the loss, smoothed by an exponential mean, has lost a tenth of its whole fall
    (`lowest`); it is at its lowest (`highest`). Points from the first loss that is not finite on are dropped.
    """
    finite = np.isfinite(losses)
    length = len(losses) if finite.all() else int(np.argmin(finite))
    kept_rates, kept = np.asarray(rates[:length], float), np.asarray(losses[:length], float)
    smooth, mean = np.empty(length), 0.0
    for index, value in enumerate(kept):  # bias-corrected, so that the first points are not pulled to zero
        mean = smoothing * mean + (1 - smoothing) * value
        smooth[index] = mean / (1 - smoothing ** (index + 1))
    if length < 5:
        return RangeTest(kept_rates, smooth, None, None, None)
    bottom = int(np.argmin(smooth))
    fall = smooth[:3].mean() - smooth[bottom]
    if fall < 0.05 * smooth[:3].mean():  # nothing was learned at any rate
        return RangeTest(kept_rates, smooth, None, None, None)
    begins = int(np.argmax(smooth[: bottom + 1] < smooth[:3].mean() - 0.1 * fall))
    highest = float(kept_rates[bottom])
    return RangeTest(kept_rates, smooth, float(kept_rates[begins]), highest, highest / 3)
