"""The fitted law against SciPy's, and where it does not hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import least_squares

from core.model_size.law import STARTS, Fit, fit, intervals, recorded


def test_a_law_is_found_again() -> None:
    """Rows that follow a law exactly give its four numbers back."""
    law = Fit(800.0, 1.0, 3e5, 1.1, 0.0)
    rows = [{"inside": n, "tokens": d, "excess": law.excess(float(n), float(d))}
            for n in (1e3, 1e4, 1e5) for d in (1e5, 1e6, 1e7)]  # fmt: skip
    found = fit(rows)
    assert (found.a, found.alpha, found.b, found.beta) == pytest.approx((800, 1.0, 3e5, 1.1), rel=1e-5)
    assert found.residual < 1e-6


def test_the_fit_is_scipys() -> None:
    """On the recorded rows SciPy's least squares, from the same starts, end at the same numbers."""
    n, d, y = (np.log([row[name] for row in recorded()]) for name in ("inside", "tokens", "excess"))

    def off(at: Any) -> Any:
        return np.logaddexp(at[0] - at[1] * n, at[2] - at[3] * d) - y

    best = min((least_squares(off, start, xtol=1e-12, ftol=1e-12) for start in STARTS), key=lambda found: found.cost)
    found = fit(recorded())
    mine = np.log(found.a), found.alpha, np.log(found.b), found.beta
    assert mine == pytest.approx(best.x, rel=1e-3)
    assert found.residual == pytest.approx((2 * best.cost / len(y)) ** 0.5, rel=1e-6)


def test_the_interval_over_seeds_holds_the_fit_and_is_repeatable() -> None:
    """The fit to all seeds lies in the interval of seeds drawn again; the same draws give the same interval."""
    found, between = fit(recorded()), intervals(recorded(), 40)
    assert between["alpha"][0] < found.alpha < between["alpha"][1]
    assert between["beta"][0] < found.beta < between["beta"][1]
    assert between == intervals(recorded(), 40)


def test_what_the_docstring_says_was_measured() -> None:
    """The exponents and the residual of all rows, of those but the largest budget, and of all parameters."""
    every, less = fit(recorded()), fit([row for row in recorded() if row["stories"] < 262_144])
    assert (every.alpha, every.beta, every.residual) == pytest.approx((1.36, 1.04, 0.46), abs=0.006)
    assert (less.alpha, less.beta) == pytest.approx((1.09, 1.09), abs=0.006)
    whole = fit([row | {"inside": row["parameters"]} for row in recorded()])
    assert whole.alpha == pytest.approx(1.9 * every.alpha, rel=0.02)


def test_where_the_law_breaks() -> None:
    """At the smallest budget models of 200,064 parameters are worse than far smaller ones: no falling law says so."""
    means = {size: np.mean([row["excess"] for row in recorded() if (row["inside"], row["stories"]) == (size, 1_024)])
             for size in (3_312, 200_064)}  # fmt: skip
    assert means[200_064] > 2 * means[3_312]


@pytest.mark.parametrize("excess", [0.0, -1.0, float("nan"), None])
def test_rows_without_a_logarithm_are_refused(excess: float | None) -> None:
    """Too few rows, or one whose excess is not positive, is an error and not a number."""
    rows = [row | {"excess": excess} for row in recorded()[:5]]
    for bad in (rows, recorded()[:3]):
        with pytest.raises(ValueError, match="four rows"):
            fit(bad)
