"""Settings of a run on the digits: changes of rate, budgets, batches larger than the data."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.batch_learning_rate.comparison import position
from core.batch_learning_rate.settings import RateSettings, budget, milestones
from core.runs.record import record
from core.runs.run import Run
from core.tasks.digits.data import TRAIN
from core.tasks.registry import settings_from_json
from core.training.settings import SettingsError
from tests.small_runs import SMALL_RATES, losses


def test_a_change_of_rate_is_a_run_of_two_halves(small: Run) -> None:
    """A run changed at update 10 has the frames of the unchanged run before, and others after."""
    changed = replace(SMALL_RATES, rate_changes=((10, 0.01),))
    before, after = small, record(changed)
    same = [frame.update for frame in before.frames if frame.update <= 10]
    for update in same:
        one, two = (next(f for f in run.frames if f.update == update) for run in (before, after))
        np.testing.assert_equal(dict(one.metrics), dict(two.metrics))
    assert losses(before)[-1] != losses(after)[-1]


def test_settings_with_changes_survive_json_and_their_order_does_not_matter() -> None:
    """A link's settings come back equal; two orders of the same changes are one run."""
    one = replace(SMALL_RATES, rate_changes=((20, 0.01), (10, 0.05)))
    assert settings_from_json(one.to_json()) == one
    assert one.run_id == replace(SMALL_RATES, rate_changes=((10, 0.05), (20, 0.01))).run_id
    assert SMALL_RATES.changed(10, 0.05).changed(20, 0.01) == one


@pytest.mark.parametrize(
    "changes",
    [((-1, 0.1),), ((3, 11.0),), ((3, float("nan")),), "abc", ((1, 2, 3),), tuple((k, 0.1) for k in range(30))],
)
def test_changes_that_cannot_be_are_refused(changes: Any) -> None:
    """Negative updates, rates out of bounds, too many or malformed changes raise the error that pages translate."""
    with pytest.raises(SettingsError):
        replace(SMALL_RATES, rate_changes=changes)


@given(st.integers(1, TRAIN), st.integers(100, TRAIN))
def test_every_budget_is_five_epochs_within_its_bounds(batch: int, examples: int) -> None:
    """5 epochs, but between 25 and 8,000 updates; measured at the end, and no more than 40 times."""
    updates = budget(batch, examples)
    epochs = 5 * math.ceil(examples / batch)
    assert updates == min(max(epochs, 25), 8_000)
    measured = milestones(updates)
    assert measured[-1] == updates
    assert measured == sorted(set(measured))
    assert measured[0] >= 1
    assert len(measured) <= 40


def test_the_course_s_422_steps_come_from_the_settings() -> None:
    """54,000 / 128 = 421.9: an epoch has 422 updates, and the last batch is smaller."""
    assert RateSettings(batch_size=128).updates_per_epoch == 422
    assert pytest.approx(421.9, abs=0.05) == TRAIN / 128


def test_a_batch_larger_than_the_data_is_all_the_data() -> None:
    """Batch 54,000 on 500 examples: one update per epoch, the same run as batch 500."""
    large, exact = (record(replace(SMALL_RATES, batch_size=size, updates=3)) for size in (54_000, 500))
    assert isinstance(large.settings, RateSettings)
    assert large.settings.updates_per_epoch == 1
    assert losses(large) == losses(exact)
    assert position(large.frames[-1], "examples", 54_000, 500) == 1_500
