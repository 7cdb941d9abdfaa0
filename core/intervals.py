"""How far a share that was counted may be from the true one."""

from __future__ import annotations

from math import sqrt

NINE_IN_TEN = 1.6448536269514722
"""Deviations of a normal distribution between which nine tenths of it lie."""


def wilson(right: int, trials: int, deviations: float = NINE_IN_TEN) -> tuple[float, float]:
    """Return between which shares the true one lies, nine times in ten (Wilson 1927, equation 4).

    Args:
        right: how many trials went well.
        trials: how many there were, at least 1.
        deviations: how sure to be, in standard deviations.
    """
    share, weight = right / trials, deviations**2 / trials
    middle = (share + weight / 2) / (1 + weight)
    reach = deviations * sqrt(share * (1 - share) / trials + weight / (4 * trials)) / (1 + weight)
    return max(0.0, middle - reach), min(1.0, middle + reach)
