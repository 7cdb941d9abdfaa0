"""The range test of learning rates: a rate that grows at every update, and what the losses say. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def growing(lowest: float, highest: float, update: int, total: int) -> float:
    """Return the rate of a range test: from `lowest` to `highest`, multiplied by the same number at each update.

    Leslie Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3, in the exponential
    form that became usual.
    """
    return float(lowest * (highest / lowest) ** (update / max(total - 1, 1)))


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
