"""Shipped runs made small: eight bits a weight, at chosen moments; what is shown hardly changes, numbers not at all."""

from __future__ import annotations

import numpy as np
import pytest

from core.runs.record import record
from core.runs.run import Run, from_bytes
from core.runs.slim import slim
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import probabilities
from core.training.frames import Frame
from tests.small_runs import SMALL_DIGITS


@pytest.fixture(scope="module")
def run() -> Run:
    return record(SMALL_DIGITS)


def test_numbers_mistakes_and_moments_stay(run: Run) -> None:
    """Only weights differ: they are kept where asked, and at the end."""
    small = from_bytes(slim(run, {1.0}).to_bytes())
    assert [frame.epoch for frame in small.measured if frame.weights] == [1.0, 2.0]
    for before, after in zip(run.frames, small.frames, strict=True):
        np.testing.assert_equal(dict(after.metrics), dict(before.metrics))
        for name, array in before.without_weights().arrays.items():
            np.testing.assert_array_equal(after.arrays[name], array)


def test_a_digit_is_read_as_before(run: Run) -> None:
    """Probabilities by the eight-bit weights lie within two points of those by sixteen; the file is half the size."""
    small = slim(run, {0.0, 1.0, 2.0})
    images = digits.load("validation")[0]
    for image in images[:100]:
        before, after = (probabilities(found.measured, image) for found in (run, small))
        assert np.abs(before - after).max() < 0.02
    assert len(small.to_bytes()) < 0.55 * len(run.to_bytes())


def test_a_diverged_weight_stays_one(run: Run) -> None:
    """A row with infinity comes back as not-a-number, and disturbs no other row; a row of zeros stays zeros."""
    weights = np.array([[1.0, np.inf], [0.5, -0.25], [0.0, 0.0]], np.float32)
    last = Frame(1, 1.0, 0.0, {}, {"weights/1.weight": weights})
    found = slim(Run(SMALL_DIGITS, [last], "diverged", run.origin), set()).frames[0].weights["1.weight"]
    assert np.isnan(found[0]).all()
    np.testing.assert_allclose(found[1], [0.5, -0.25], atol=0.5 / 127)
    assert not found[2].any()
