"""The code tab of the transfer learning page, executed beside its data, gets the picture's number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.tasks.registry import frames
from core.tasks.signs.settings import SignsSettings, usual
from core.transfer_learning.at_the_end import accuracy_of
from core.transfer_learning.shown_code import files, keras_source, sources, torch_source
from tests.few_photos import STEP, measure_on_few
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads

FEW = 30
"""Updates of a head: the numbers are the same ones whatever their number. A deeper network's roundings add up."""
CASES = {
    "frozen": replace(usual("imagenet", 3), updates=FEW),
    "from scratch, copies, photos at random": replace(usual("scratch", 3, split="photos"), copies=1, updates=5),
    "fine-tuned": replace(usual("tuned", 1), blocks=1, updates=5),
    "random base": replace(usual("random", 1), updates=FEW),
}


OTHERS = "np.flatnonzero(~in_pool)"
"""Who is measured on, in the shown code."""


@pytest.mark.parametrize("case", CASES)
def test_the_pytorch_code_gives_the_pictures_number(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Executing the PyTorch tab reads each photo as the run does, but for some that stand on the edge.

    Where the base must look at them, an eighth of those measured on is read.
    """
    settings = CASES[case]
    put_beside(tmp_path, files(settings, str))
    monkeypatch.chdir(tmp_path)
    source = torch_source(settings, str)
    if settings.way in {"random", "tuned"}:
        assert source.count(OTHERS) == 1
        source = source.replace(OTHERS, f"{OTHERS}[::{STEP}]")
        measure_on_few(monkeypatch)
    shown, run = execute(source), list(frames(settings))[-1]
    alike = np.mean(shown["read"].numpy() == run.arrays["read"])
    assert alike >= 0.994
    assert shown["accuracy"] == pytest.approx(1 - run.metrics["validation_error"], abs=1 - alike + 1e-6)


def test_the_keras_code_runs_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The course's Keras code, without the weights that it fetches and on few photos, trains, measures and prints."""
    settings = replace(usual("imagenet", 1), updates=1, batch_size=8)
    put_beside(tmp_path, files(settings, str))
    monkeypatch.chdir(tmp_path)
    source = keras_source(settings, str)
    assert source.count('weights="imagenet"') == 1
    offline = source.replace('weights="imagenet"', "weights=None").replace(
        "photos[others], signs[others]", "photos[others[:8]], signs[others[:8]]"
    )
    shown = execute(offline)
    assert 0 <= shown["accuracy"] <= 1
    assert np.isfinite(shown["loss"])
    assert len(shown["model"].trainable_weights) == 2


@pytest.mark.parametrize("way", ["scratch", "random", "tuned"])
def test_the_keras_code_of_the_other_ways_is_python_and_says_what_differs(way: str) -> None:
    """Weights are asked for where the way has them, and the base may move where the way lets it."""
    source = keras_source(usual(way), str)
    compile(source, way, "exec")
    assert ('weights="imagenet"' in source) == (way == "tuned")
    assert ("base.trainable = True" in source) == (way in {"scratch", "tuned"})


@pytest.mark.slow
def test_the_notebook_runs_in_both_languages(tmp_path: Path) -> None:
    """Downloaded with its files, each cell of the PyTorch notebook runs, and prints the same accuracy in both."""
    settings = CASES["frozen"]
    found = run_downloads(
        tmp_path, lambda translate: (torch_source(settings, translate), files(settings, translate)), "accuracy"
    )
    assert {round(each["accuracy"], 4) for each in found.values()} == {round(accuracy_of(settings), 4)}


@pytest.mark.parametrize("settings", CASES.values(), ids=list(CASES))
def test_what_a_student_reads_is_in_their_language(settings: SignsSettings) -> None:
    """Comments and printed words of both versions are French on the French page."""
    check_words(lambda _: sources(settings, _))
