"""The finder of a learning rate."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from core.batch_learning_rate.range_test import read_range_test
from core.batch_learning_rate.settings import RateSettings, finder_settings
from core.runs.record import record


def test_the_finder_s_range_lies_where_the_loss_falls() -> None:
    """On a curve flat until 1e-3, falling until 0.3, then exploding, the range is found, with a margin."""
    rates = np.geomspace(1e-5, 10, 200)
    fall = np.clip((np.log10(rates) + 3) / 2.5, 0, 1)
    curve = 2.3 - 2.0 * fall + np.where(rates > 0.3, 5 * np.log10(rates / 0.3), 0.0)
    curve[-10:] = np.nan
    found = read_range_test(rates.tolist(), curve.tolist())
    assert found.lowest is not None
    assert found.highest is not None
    assert 1e-3 < found.lowest < 1e-2
    assert 0.1 < found.highest < 0.6
    assert found.suggested == pytest.approx(found.highest / 3)
    assert len(found.rates) == 190


@pytest.mark.parametrize("curve", [[2.3] * 50, [math.nan] * 50, [2.3], []])
def test_a_finder_that_learns_nothing_suggests_nothing(curve: list[float]) -> None:
    """A flat, broken or empty curve gives no range instead of a wrong one."""
    assert read_range_test([0.1] * len(curve), curve).suggested is None


def test_the_finder_suggests_a_rate_that_learns() -> None:
    """Its real run on MNIST suggests a rate which, trained with, reaches a fair accuracy."""
    test = finder_settings(RateSettings(batch_size=64, examples=5_000))
    run = record(replace(test, updates=200))
    seen = run.frames[1:]
    rates = [run.settings.rate_at(f.update - 1, 200) for f in seen]
    found = read_range_test(rates, [f.metrics["running_loss"] for f in seen])
    assert found.suggested is not None
    trained = record(RateSettings(batch_size=64, examples=5_000, updates=150, learning_rate=found.suggested))
    assert trained.measured[-1].metrics["validation_error"] < 0.25
