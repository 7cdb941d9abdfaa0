"""The code tab of the learning rate page, executed beside its data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.batch_learning_rate.settings import RateSettings
from core.batch_learning_rate.shown_code import keras_source, torch_source
from core.runs.record import record
from tests.helpers import execute
from tests.small_runs import SMALL_RATES, losses


@pytest.mark.usefixtures("notebook_folder")
@pytest.mark.parametrize(
    "settings",
    [
        SMALL_RATES,
        replace(SMALL_RATES, schedule="cosine", optimizer="adam", learning_rate=0.003),
        replace(SMALL_RATES, schedule="step", rate_changes=((7, 0.05),), optimizer="momentum", learning_rate=0.05),
        replace(SMALL_RATES, schedule="warmup", batch_size=500, optimizer="rmsprop", learning_rate=0.001),
    ],
)
def test_the_torch_code_gets_the_picture_s_loss(settings: RateSettings) -> None:
    """Executed as the notebook would be, the code ends at the run's validation loss."""
    names = execute(torch_source(settings))
    assert names["validation_loss"] == pytest.approx(losses(record(settings))[-1], rel=1e-4)


@pytest.mark.usefixtures("notebook_folder")
def test_the_keras_code_runs_and_counts_the_same_steps() -> None:
    """The course's version executes; its fit makes as many steps as the settings say, at the schedule's rates."""
    settings = replace(SMALL_RATES, updates=20, schedule="step")
    names = execute(keras_source(settings))
    assert names["total"] == settings.updates == 20
    assert float(names["model"].optimizer.learning_rate) == pytest.approx(0.02)
    assert len(names["history"].history["loss"]) == 2
