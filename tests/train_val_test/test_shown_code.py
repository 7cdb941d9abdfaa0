"""The code tab of the train page, executed beside its data, gets the picture's numbers; so do its notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.shown_code import files
from core.train_val_test.shown_code import course_source, keras_source, sources, torch_source
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads
from tests.small_runs import SMALL_DIGITS, measured

CNN_DROPOUT = DigitsSettings(
    examples=300, epochs=1, batch_size=50, model="cnn", dropout=0.5, optimizer="momentum", learning_rate=0.01
)
CNN_PLAIN = replace(CNN_DROPOUT, dropout=0.0, optimizer="sgd", learning_rate=0.1)
DROPOUT_DECAY = DigitsSettings(examples=300, epochs=2, dropout=0.3, weight_decay=0.01, optimizer="rmsprop")
COURSE = DigitsSettings(examples=2_000, epochs=3)
LEFT = ("validation_losses", "test_loss", "test_accuracy")


def check_torch(shown: Mapping[str, Any], settings: DigitsSettings) -> None:
    """Compare the validation loss at each epoch, and the test figures, with the run's."""
    run = measured(settings)
    expected = [metrics["validation_loss"] for metrics in run[1:]]
    np.testing.assert_allclose(shown["validation_losses"], expected, rtol=1e-3)
    assert shown["test_loss"] == pytest.approx(run[-1]["test_loss"], rel=1e-3)
    assert 1 - shown["test_accuracy"] == pytest.approx(run[-1]["test_error"], abs=3e-4)


def check_keras(shown: Mapping[str, Any], settings: DigitsSettings) -> None:
    """Compare the validation loss at each epoch with the run's."""
    expected = [metrics["validation_loss"] for metrics in measured(settings)[1:]]
    np.testing.assert_allclose(shown["validation_losses"], expected, rtol=2e-3)


def check_course(shown: Mapping[str, Any]) -> None:
    """Compare the test accuracy with the run's: other random numbers, so within five points."""
    assert 1 - shown["test_accuracy"] == pytest.approx(measured(COURSE)[-1]["test_error"], abs=0.05)


@pytest.mark.parametrize(
    "settings",
    [
        SMALL_DIGITS,
        replace(SMALL_DIGITS, optimizer="sgd", learning_rate=0.1),
        DROPOUT_DECAY,
        pytest.param(CNN_DROPOUT, marks=pytest.mark.slow),
    ],
    ids=["mlp adam", "mlp sgd", "dropout decay rmsprop", "cnn dropout momentum"],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_pytorch_code_shown_gives_the_pictures_numbers(settings: DigitsSettings) -> None:
    """Executing the PyTorch tab gives the run's validation loss at each epoch and its test figures."""
    check_torch(execute(torch_source(settings, str)), settings)


@pytest.mark.parametrize(
    "settings",
    [
        SMALL_DIGITS,
        pytest.param(CNN_PLAIN, marks=pytest.mark.slow),
    ],
    ids=["mlp adam", "cnn sgd"],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_keras_code_with_the_same_draws_gives_the_pictures_numbers(settings: DigitsSettings) -> None:
    """Keras, started from the same weights and fed the same batches, reaches the run's losses."""
    check_keras(execute(keras_source(settings, str)), settings)


@pytest.mark.usefixtures("notebook_folder")
def test_the_courses_keras_code_learns_as_well_as_the_picture() -> None:
    """The course's own lines draw other random numbers, and end within five points of the run's test accuracy."""
    check_course(execute(course_source(COURSE, str)))


def test_the_pytorch_notebooks_give_the_pictures_numbers(tmp_path: Path) -> None:
    """Beside mnist.npz every cell runs in a kernel, in French and English: the run's losses and test figures."""
    left = run_downloads(tmp_path, lambda _: (sources(DROPOUT_DECAY, _)["PyTorch"], files(_)), *LEFT)
    for names in left.values():
        check_torch(names, DROPOUT_DECAY)
    assert f"epoch 2: validation loss {left['en']['validation_losses'][-1]:.4f}" in left["en"]["printed"]
    assert "epoch" not in left["fr"]["printed"]


@pytest.mark.slow
def test_the_keras_notebooks_with_the_same_draws_give_the_pictures_numbers(tmp_path: Path) -> None:
    """Every cell of Keras with the picture's draws runs in a kernel, in French and English: the run's losses."""
    left = run_downloads(tmp_path, lambda _: (sources(SMALL_DIGITS, _)["Keras, same draws"], files(_)), *LEFT)
    for names in left.values():
        check_keras(names, SMALL_DIGITS)


@pytest.mark.slow
def test_the_courses_keras_notebooks_learn_as_well_as_the_picture(tmp_path: Path) -> None:
    """Every cell of the course's version runs in a kernel, in French and English."""
    left = run_downloads(tmp_path, lambda _: (sources(COURSE, _)["Keras"], files(_)), *LEFT[1:], keras=True)
    for names in left.values():
        check_course(names)


@pytest.mark.parametrize("settings", [DROPOUT_DECAY, replace(CNN_DROPOUT, weight_decay=0.1)], ids=["mlp", "cnn"])
def test_the_code_speaks_the_pages_language(settings: DigitsSettings) -> None:
    """Titles, comments and what is printed are French on the French page, and the program is the same."""
    check_words(lambda _: sources(settings, _))
