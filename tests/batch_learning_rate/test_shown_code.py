"""The code tab of the learning rate page, executed beside its data; its notebooks, run in a kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.batch_learning_rate.settings import RateSettings
from core.batch_learning_rate.shown_code import keras_source, sources, torch_source
from core.runs.record import record
from core.tasks.digits.shown_code import files
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads
from tests.small_runs import SMALL_RATES, losses

CHANGED = replace(SMALL_RATES, schedule="step", rate_changes=((7, 0.05),), optimizer="momentum", learning_rate=0.05)
TWO_EPOCHS = replace(SMALL_RATES, updates=20, schedule="step")
LAST_RATE, EPOCHS = "float(model.optimizer.learning_rate)", "len(history.history['loss'])"


def check_torch(shown: Mapping[str, Any], settings: RateSettings) -> None:
    """Compare the loss that the code left with the run's."""
    assert shown["validation_loss"] == pytest.approx(losses(record(settings))[-1], rel=1e-4)


def check_keras(shown: Mapping[str, Any]) -> None:
    """Compare what Keras did in two epochs with what the settings say."""
    assert shown["total"] == TWO_EPOCHS.updates == 20
    assert shown[LAST_RATE] == pytest.approx(0.02)
    assert shown[EPOCHS] == 2


@pytest.mark.usefixtures("notebook_folder")
@pytest.mark.parametrize(
    "settings",
    [
        SMALL_RATES,
        replace(SMALL_RATES, schedule="cosine", optimizer="adam", learning_rate=0.003),
        CHANGED,
        replace(SMALL_RATES, schedule="warmup", batch_size=500, optimizer="rmsprop", learning_rate=0.001),
    ],
)
def test_the_torch_code_gets_the_picture_s_loss(settings: RateSettings) -> None:
    """Executed as the notebook would be, the code ends at the run's validation loss."""
    check_torch(execute(torch_source(settings, str)), settings)


@pytest.mark.usefixtures("notebook_folder")
def test_the_keras_code_runs_and_counts_the_same_steps() -> None:
    """The course's version executes; its fit makes as many steps as the settings say, at the schedule's rates."""
    names = execute(keras_source(TWO_EPOCHS, str))
    check_keras(names | {said: eval(said, names) for said in (LAST_RATE, EPOCHS)})


def test_the_torch_notebooks_get_the_picture_s_loss(tmp_path: Path) -> None:
    """Beside mnist.npz every cell runs in a kernel, in French and English, and ends at the run's validation loss."""
    left = run_downloads(
        tmp_path, lambda _: (sources(CHANGED, _)["PyTorch"], files(_)), "validation_loss", "validation_accuracy"
    )
    for names in left.values():
        check_torch(names, CHANGED)
    for said in ("10 updates per epoch", f"after 24 updates: validation loss {left['en']['validation_loss']:.4f}"):
        assert said in left["en"]["printed"]
        assert said not in left["fr"]["printed"]


@pytest.mark.slow
def test_the_keras_notebooks_count_the_same_steps(tmp_path: Path) -> None:
    """The course's version runs in a kernel, in French and English, at the schedule's rates."""
    left = run_downloads(tmp_path, lambda _: (sources(TWO_EPOCHS, _)["Keras"], files(_)), "total", LAST_RATE, EPOCHS,
                         keras=True)  # fmt: skip
    for names in left.values():
        check_keras(names)


def test_the_code_speaks_the_pages_language() -> None:
    """Titles, comments and what is printed are French on the French page, and the program is the same."""
    check_words(lambda _: sources(CHANGED, _))
