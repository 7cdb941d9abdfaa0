"""The page's presets as shipped: all replay at once, all are small, and the course's two reach its figures."""

from __future__ import annotations

import pytest

from core.files import RUNS
from core.train_val_test.presets import KEPT
from tests.train_val_test.shipped import readings, shipped


def test_the_courses_two_runs_are_shipped_and_reach_the_courses_figures() -> None:
    """The recorded MLP and CNN are found by their settings; the CNN is as good as the course's 0.9884."""
    mlp, cnn = shipped("course_mlp"), shipped("course_cnn")
    assert mlp.measured[-1].metrics["test_error"] < 0.025
    assert cnn.measured[-1].metrics["test_error"] < 0.014
    assert cnn.measured[-1].metrics["test_loss"] < 0.042


@pytest.mark.parametrize("preset", list(KEPT))
def test_the_failing_presets_are_shipped_small(preset: str) -> None:
    """At most 2 MB each; the weights are there at the moments that the recorder names, and at the end."""
    run = shipped(preset)
    assert (RUNS / f"{run.run_id}.safetensors").stat().st_size <= 2_000_000
    held = [frame.epoch for frame in run.measured if frame.weights]
    assert set(held) == set(KEPT[preset]) | {run.measured[-1].epoch}


def test_the_shipped_weights_are_those_of_the_measured_network() -> None:
    """At each moment that keeps weights, they misread as many validation digits as the run's own error says."""
    held = [frame for frame in shipped("overfit").measured if frame.weights]
    assert len(held) == 10
    for frame in held:
        chances, labels = readings(frame)
        assert (chances.argmax(axis=1) != labels).mean() == pytest.approx(frame.metrics["validation_error"], abs=2e-3)
