"""The course's two runs as shipped, and the missions that they leave open."""

from __future__ import annotations

import pytest

from core.runs.record import record
from core.runs.store import RunStore
from core.train_val_test.missions import learned_from_few, overfitted
from core.train_val_test.presets import PRESETS


def test_the_courses_two_runs_are_shipped_and_reach_the_courses_figures() -> None:
    """The recorded MLP and CNN are found by their settings; the CNN is as good as the course's 0.9884."""
    store = RunStore(url="/nonexistent")
    mlp, cnn = store.find(PRESETS["course_mlp"]), store.find(PRESETS["course_cnn"])
    assert mlp is not None
    assert cnn is not None
    assert mlp.recorded
    assert mlp.measured[-1].metrics["test_error"] < 0.025
    assert cnn.measured[-1].metrics["test_error"] < 0.014
    assert cnn.measured[-1].metrics["test_loss"] < 0.042


@pytest.mark.slow
def test_the_missions_can_be_reached_and_not_by_the_opening_run() -> None:
    """Overfitting on purpose is what its preset does; the run the page opens on reaches neither mission."""
    opening = RunStore(url="/nonexistent").find(PRESETS["course_mlp"])
    assert opening is not None
    assert not overfitted(opening)
    assert not learned_from_few(opening)
    assert overfitted(record(PRESETS["overfit"]))
