"""The code tab of the page on ways to train, executed: its words in the boxes of the picture; its notebooks, run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.notebooks import DataFile, Translate
from core.ways_to_train import live
from core.ways_to_train.recorded import chosen
from core.ways_to_train.shown_code import EVERY, files, sources
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads

HERE: dict[str, Any] = {"way": "few_shot", "examples": 5, "draw": 1, "calibrated": True}


def run(here: Mapping[str, Any], version: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Execute a version beside its files."""
    put_beside(folder, files(str))
    monkeypatch.chdir(folder)
    return execute(sources(here, str)[version])


@pytest.mark.parametrize(("way", "examples", "draw"), [("scratch", 20, 3), ("scratch", 3, 0), ("transfer", 10, 2)])
def test_the_network_sorts_as_the_picture_does(
    way: str, examples: int, draw: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every word lands in the picture's box: as a worker here computes it now, and nearly all as they were recorded."""
    here = HERE | {"way": way, "examples": examples, "draw": draw}
    found = run(here, "PyTorch", tmp_path, monkeypatch)["sorted_into"]
    now = live.point(way, examples, draw + 1)["chosen"]
    assert "".join(map(str, found)) == now
    then = chosen()[way]
    assert (found == then.places[then.counts.index(examples), draw]).mean() > 0.9  # another processor rounds otherwise


@pytest.mark.slow
@pytest.mark.parametrize(
    "here", [HERE, HERE | {"way": "zero_shot", "draw": 3, "calibrated": False}], ids=["few", "zero"]
)
def test_the_prompt_sorts_as_the_picture_does(
    here: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each word that the shown prompt is tried on lands in the picture's box, with and without calibration."""
    found = run(here, "transformers", tmp_path, monkeypatch)["sorted_into"]
    told = chosen()[here["way"] + ("" if here["calibrated"] else " raw")]
    at = told.counts.index(0 if here["way"] == "zero_shot" else here["examples"])
    then = told.places[at, here["draw"]][::EVERY]
    assert (np.array(found) == then).mean() >= 1 - 1 / len(then)  # at most one near tie rounds otherwise


def test_the_notebooks_run(tmp_path: Path) -> None:
    """Every cell of the notebook of the network runs in a kernel, in French and in English."""

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(HERE | {"way": "scratch"}, _)["PyTorch"], files(_)

    left = run_downloads(tmp_path, made, "float(accuracy)")
    assert left["fr"] == left["en"]


@pytest.mark.slow
def test_the_prompts_notebook_runs(tmp_path: Path) -> None:
    """Every cell of the notebook of the prompt runs in a kernel; the French one's program is the same."""

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(HERE, _)["transformers"], files(_)

    left = run_downloads(tmp_path, made, "float(accuracy)", languages=("en",))
    assert left["en"]["float(accuracy)"] > 0.8


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    for way in ("scratch", "transfer", "zero_shot"):
        check_words(lambda _, way=way: sources(HERE | {"way": way}, _))  # type: ignore[misc]
