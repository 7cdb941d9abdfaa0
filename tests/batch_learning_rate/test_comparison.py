"""Who leads depends on the axis."""

from __future__ import annotations

import pytest

from core.batch_learning_rate.comparison import AXES, who_leads
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run
from core.training.frames import Frame
from tests.small_runs import SMALL_RATES


def frame(update: int, epoch: float, seconds: float, loss: float) -> Frame:
    return Frame(update, epoch, seconds, {"running_loss": loss, "validation_loss": loss, "validation_error": loss / 3})


def test_the_conclusion_changes_with_the_axis() -> None:
    """At equal updates the large batch leads, at equal epochs the small one: both are said, where both have come."""
    small = RateSettings(batch_size=16), [frame(k * 100, k * 100 / 3375, k * 0.1, 2.0 / (k + 1)) for k in range(40)]
    large = RateSettings(batch_size=1024), [frame(k * 10, k * 10 / 53, k * 1.0, 2.0 / (k + 1)) for k in range(25)]
    by_updates, by_epochs = (who_leads(small, large, axis) for axis in ("updates", "epochs"))
    assert by_updates is not None
    assert by_epochs is not None
    assert (by_updates.winner, by_updates.at) == (1, 240)
    assert by_epochs.winner == 0
    assert by_epochs.at == pytest.approx(3900 / 3375)


def test_a_run_is_level_with_itself(small: Run) -> None:
    """On every axis, a run compared with itself leads by nothing."""
    one = SMALL_RATES, small.frames
    for axis in AXES:
        lead = who_leads(one, one, axis)
        assert lead is not None
        assert lead.winner is None
        assert lead.first == lead.second
