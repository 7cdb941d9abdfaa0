"""The code tab of the transfer learning page, executed beside its data, gets the picture's number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.tasks.signs.settings import SignsSettings, usual
from core.transfer_learning.at_the_end import accuracy_of
from core.transfer_learning.shown_code import files, keras_source, sources, torch_source
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads

FEW = 30
"""Updates: the numbers are the same ones whatever their number."""
CASES = {
    "frozen": replace(usual("imagenet", 3), updates=FEW),
    "from scratch, copies, photos at random": replace(usual("scratch", 3, split="photos"), copies=1, updates=FEW),
    "fine-tuned": replace(usual("tuned", 1), blocks=1, updates=5),
    "random base": replace(usual("random", 1), updates=FEW),
}


@pytest.mark.parametrize(
    "settings",
    [pytest.param(case, marks=pytest.mark.slow) if name == "random base" else case for name, case in CASES.items()],
    ids=list(CASES),
)
def test_the_pytorch_code_gives_the_pictures_number(
    settings: SignsSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Executing the PyTorch tab reads as many photos as the run does, but for one or two that stand on the edge."""
    put_beside(tmp_path, files(settings, str))
    monkeypatch.chdir(tmp_path)
    shown = execute(torch_source(settings, str))
    assert shown["accuracy"] == pytest.approx(accuracy_of(settings), abs=0.006)


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
