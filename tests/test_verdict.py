"""Is a difference between seeds real? Against the published formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from scipy import stats

from core.verdict import compare, summarise


@given(
    st.lists(st.integers(0, 1_000).map(lambda k: k / 1_000), min_size=2, max_size=8),
    st.lists(st.integers(0, 1_000).map(lambda k: k / 1_000), min_size=2, max_size=8),
)
@example_settings(deadline=None, max_examples=60)
def test_the_verdict_is_welch_s(first: list[float], second: list[float]) -> None:
    """P and the mean's interval are computed here from the published formulas and agree."""
    verdict = compare(first, second)
    a, b = np.array(first), np.array(second)
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    if va + vb < 1e-12:  # no spread: only the means speak
        assert verdict.kind in {"equal", "real"}
        return
    t = (a.mean() - b.mean()) / math.sqrt(va + vb)
    freedom = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    assert verdict.p == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-6, abs=1e-12)
    assert (verdict.kind == "real") == (verdict.p < 0.05)
    assert verdict.first.interval == pytest.approx(stats.t.ppf(0.975, len(a) - 1) * math.sqrt(va), rel=1e-9)


def test_an_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    """Of 2,000 samples of five seeds, about 95 % of the intervals hold the true mean."""
    drawn = np.random.default_rng(0).normal(3.0, 1.0, (2_000, 5))
    inside = [abs(summary.mean - 3.0) <= summary.interval for summary in map(summarise, drawn.tolist())]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


def test_runs_that_failed_are_left_out_and_counted() -> None:
    """Diverged seeds do not enter the mean; with a single good run nothing is claimed."""
    verdict = compare([0.1, math.nan, 0.12], [0.3, math.inf, math.nan])
    assert verdict.first.failed == 1
    assert verdict.second.failed == 2
    assert verdict.kind == "too_few"
