"""The page's presets as shipped: all replay at once, all are small, and the course's two reach its figures."""

from __future__ import annotations

import numpy as np
import pytest

from core.files import RUNS
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import probabilities
from core.train_val_test.presets import KEPT, PRESETS


def shipped(preset: str) -> Run:
    run = RunStore(url="/nonexistent").find(PRESETS[preset])
    assert run is not None
    assert run.recorded
    return run


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
    """On 300 validation digits they misread as many as the run's own error says, within two points, at each moment."""
    images, labels = digits.load("validation")
    held = [frame for frame in shipped("overfit").measured if frame.weights]
    read = np.stack([probabilities(held, image).argmax(axis=1) for image in images[:300]])
    for frame, mistaken in zip(held, (read != labels[:300, None]).mean(axis=0), strict=True):
        error = frame.metrics["validation_error"]
        assert abs(mistaken - error) < 3 * np.sqrt(error * (1 - error) / 300)
