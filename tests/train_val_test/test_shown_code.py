"""The code tab of the train page, executed beside its data, gets the picture's numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.shown_code import course_source, keras_source, torch_source
from tests.helpers import execute
from tests.small_runs import SMALL_DIGITS, measured

CNN_MOMENTUM = DigitsSettings(
    examples=300, epochs=1, batch_size=50, model="cnn", optimizer="momentum", learning_rate=0.01
)
CNN_DROPOUT = DigitsSettings(examples=300, epochs=1, model="cnn", dropout=0.5, optimizer="sgd", learning_rate=0.1)


@pytest.mark.parametrize(
    "settings",
    [
        SMALL_DIGITS,
        pytest.param(CNN_MOMENTUM, marks=pytest.mark.slow),
        DigitsSettings(examples=300, epochs=2, dropout=0.3, weight_decay=0.01, optimizer="rmsprop"),
        pytest.param(CNN_DROPOUT, marks=pytest.mark.slow),
    ],
    ids=["mlp adam", "cnn momentum", "dropout decay rmsprop", "cnn dropout sgd"],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_pytorch_code_shown_gives_the_pictures_numbers(settings: DigitsSettings) -> None:
    """Executing the PyTorch tab gives the run's validation loss at each epoch and its test figures."""
    run = measured(settings)
    shown = execute(torch_source(settings))
    expected = [metrics["validation_loss"] for metrics in run[1:]]
    np.testing.assert_allclose(shown["validation_losses"], expected, rtol=1e-3)
    assert shown["test_loss"] == pytest.approx(run[-1]["test_loss"], rel=1e-3)
    assert 1 - shown["test_accuracy"] == pytest.approx(run[-1]["test_error"], abs=3e-4)


@pytest.mark.parametrize(
    "settings",
    [
        SMALL_DIGITS,
        pytest.param(replace(CNN_MOMENTUM, optimizer="sgd", learning_rate=0.1), marks=pytest.mark.slow),
    ],
    ids=["mlp adam", "cnn sgd"],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_keras_code_with_the_same_draws_gives_the_pictures_numbers(settings: DigitsSettings) -> None:
    """Keras, started from the same weights and fed the same batches, reaches the run's losses."""
    run = measured(settings)
    shown = execute(keras_source(settings))
    expected = [metrics["validation_loss"] for metrics in run[1:]]
    np.testing.assert_allclose(shown["validation_losses"], expected, rtol=2e-3)


@pytest.mark.usefixtures("notebook_folder")
def test_the_courses_keras_code_learns_as_well_as_the_picture() -> None:
    """The course's own lines draw other random numbers, and end within five points of the run's test accuracy."""
    settings = DigitsSettings(examples=2_000, epochs=3)
    shown = execute(course_source(settings))
    assert 1 - shown["test_accuracy"] == pytest.approx(measured(settings)[-1]["test_error"], abs=0.05)
