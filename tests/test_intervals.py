"""An interval around a counted share, against SciPy's."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest

from core.intervals import wilson


@pytest.mark.parametrize(("right", "trials"), [(0, 1), (1, 1), (3, 5), (20, 20), (0, 60), (44, 60)])
def test_an_interval_is_wilsons(right: int, trials: int) -> None:
    """The same ends as SciPy's, also where everything or nothing went well."""
    theirs = binomtest(right, trials).proportion_ci(confidence_level=0.9, method="wilson")
    assert wilson(right, trials) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
