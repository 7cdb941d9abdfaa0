"""The shipped map, and one small run, made once."""

from __future__ import annotations

import pytest

from core.batch_learning_rate import rate_map
from core.batch_learning_rate.rate_map import RateMap
from core.runs.record import record
from core.runs.run import Run
from tests.small_runs import SMALL_RATES


@pytest.fixture(scope="session")
def shipped() -> RateMap:
    found = rate_map.recorded("sgd")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def small() -> Run:
    """Return the smallest run of the page, trained here."""
    return record(SMALL_RATES)
