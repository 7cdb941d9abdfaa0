"""The code tab, executed beside its data, gets the losses of the picture; so do its notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.keras_pytorch.settings import COURSE, SUBJECTS, LoopSettings
from core.keras_pytorch.shown_code import files, keras_source, sources, torch_source
from core.runs.record import record
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads

SHORT = {subject: replace(COURSE[subject], updates=100) for subject in SUBJECTS}
BROKEN = {
    "letters": replace(SHORT["letters"], faults=("no_reset", "shifted_labels")),
    "digits": replace(SHORT["digits"], faults=("softmax_twice", "dropout_on")),
}


def check(shown: Mapping[str, Any], settings: LoopSettings) -> None:
    """Compare the validation losses with the run's, each by its update."""
    expected = {frame.update: frame.metrics["validation_loss"] for frame in record(settings).measured}
    assert shown["losses"] == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    "settings", [*SHORT.values(), *BROKEN.values()], ids=lambda s: "-".join([s.subject, *s.faults])
)
def test_the_loop_shown_gives_the_pictures_losses(
    settings: LoopSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Executing the PyTorch tab gives the run's validation loss wherever it was measured, faults included."""
    put_beside(tmp_path, files(settings, str))
    monkeypatch.chdir(tmp_path)
    check(execute(torch_source(settings, str)), settings)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_keras_code_shown_learns(subject: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Executing the Keras tab makes as many updates as its epochs have, and ends below the loss of chance."""
    settings = replace(SHORT[subject], updates=100, batch_size=512)
    put_beside(tmp_path, files(settings, str))
    monkeypatch.chdir(tmp_path)
    shown = execute(keras_source(settings, str))
    assert int(shown["model"].optimizer.iterations) >= 100
    assert shown["history"].history["val_loss"][-1] < {"letters": 3.61, "digits": 2.3}[subject]


def test_the_notebooks_give_the_pictures_losses(tmp_path: Path) -> None:
    """Every cell of the loop runs in a kernel, in French and English, with its words in the notebook itself."""
    settings = BROKEN["letters"]
    left = run_downloads(tmp_path, lambda _: (sources(settings, _)["PyTorch"], files(settings, _)), "losses")
    for names in left.values():
        check(names, settings)
    assert "update 100: loss" in left["en"]["printed"]
    assert "update" not in left["fr"]["printed"]


@pytest.mark.slow
def test_the_keras_notebooks_run(tmp_path: Path) -> None:
    """Every cell of the Keras version runs in a kernel, in French and English."""
    settings = replace(SHORT["digits"], batch_size=512)
    left = run_downloads(tmp_path, lambda _: (sources(settings, _)["Keras"], files(settings, _)), "history.history",
                         keras=True)  # fmt: skip
    for names in left.values():
        assert names["history.history"]["val_loss"][-1] < 0.5


@pytest.mark.parametrize("settings", BROKEN.values(), ids=SUBJECTS)
def test_the_code_speaks_the_pages_language(settings: LoopSettings) -> None:
    """Titles, comments and what is printed are French on the French page, and the program is the same."""
    check_words(lambda _: sources(settings, _))
