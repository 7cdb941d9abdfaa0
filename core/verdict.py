"""Is the difference between two settings real? Means over seeds, their intervals, and Welch's t-test."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.once import once

CONFIDENCE = 0.95
SIGNIFICANT = 0.05

Kind = Literal["real", "unclear", "equal", "too_few"]


@dataclass(frozen=True)
class Summary:
    """One setting over its seeds.

    Attributes:
        values: one per seed; those that are not finite (diverged, never reached) are left out of the rest.
        failed: how many were left out.
        mean: of the finite values, or not-a-number.
        interval: half the width of the 95 % confidence interval of the mean (Student's t), or infinity.
    """

    values: tuple[float, ...]
    failed: int
    mean: float
    interval: float


@dataclass(frozen=True)
class Verdict:
    """What may be said of two settings.

    Attributes:
        first, second: their summaries.
        p: probability of a difference at least as large if there were none, by Welch's test; or not-a-number.
        kind: "real" (p < 0.05), "unclear" (p ≥ 0.05), "equal" (all values the same), "too_few" (fewer than two
            values on a side).
    """

    first: Summary
    second: Summary
    p: float
    kind: Kind


def summarise(values: Sequence[float]) -> Summary:
    """Return mean and 95 % interval of one setting's values."""
    finite = [value for value in values if math.isfinite(value)]
    mean = float(np.mean(finite)) if finite else math.nan
    interval = math.inf
    if len(finite) > 1:
        error = float(np.std(finite, ddof=1)) / math.sqrt(len(finite))
        interval = _quantile(len(finite) - 1) * error
    return Summary(tuple(values), len(values) - len(finite), mean, interval)


@once()  # scipy takes longer for it than for all the rest: a chart over seeds asks for a hundred and sixty
def _quantile(degrees: int) -> float:
    """Return where Student's t distribution leaves half of what the interval leaves out."""
    from scipy.stats import t

    return float(t.ppf((1 + CONFIDENCE) / 2, degrees))


def compare(first: Sequence[float], second: Sequence[float]) -> Verdict:
    """Compare two settings by Welch's unequal-variances t-test.

    B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
    involved", Biometrika 34, 1947. Values that are not finite are left out, and counted.
    """
    one, two = summarise(first), summarise(second)
    a, b = ([value for value in side.values if math.isfinite(value)] for side in (one, two))
    if min(len(a), len(b)) < 2:
        return Verdict(one, two, math.nan, "too_few")
    if _constant(a) and _constant(b):  # no spread at all: the test divides by zero
        same = math.isclose(float(np.mean(a)), float(np.mean(b)), rel_tol=1e-9)
        return Verdict(one, two, 1.0 if same else 0.0, "equal" if same else "real")
    from scipy.stats import ttest_ind

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # almost equal values on one side: the other has the spread
        p = float(ttest_ind(a, b, equal_var=False).pvalue)
    return Verdict(one, two, p, "real" if p < SIGNIFICANT else "unclear")


def _constant(values: Sequence[float]) -> bool:
    return max(values) - min(values) <= 1e-9 * max(abs(value) for value in values)
