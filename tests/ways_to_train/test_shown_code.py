"""The code tab of the page on ways to train, executed: its words in the boxes of the picture; its notebooks, run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from core.language_models import catalogue, smollm2
from core.language_models.shown_code import smollm2_cell
from core.language_models.writings import Request
from core.notebooks import DataFile, Translate, cells
from core.text_generation.shown_code import sources as text_sources
from core.ways_to_train import live
from core.ways_to_train.recorded import chosen
from core.ways_to_train.shown_code import EVERY, files, sources
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads

HERE: dict[str, Any] = {"way": "few_shot", "examples": 5, "draw": 1, "calibrated": True}
ZERO = HERE | {"way": "zero_shot", "draw": 3, "calibrated": False}


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


def test_the_prompt_sorts_as_the_picture_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without examples and uncalibrated, each word that the prompt is tried on lands in the picture's box.

    SmolLM2 is the one that is loaded already. The notebook's test tries the prompt with examples, calibrated.
    """
    put_beside(tmp_path, files(str))
    monkeypatch.chdir(tmp_path)
    loaded = catalogue.load("smollm2")
    given = {"model": loaded.model, "tokenizer": Reader(loaded.tokenizer), "torch": torch}
    _load, *rest = cells(sources(ZERO, str)["transformers"])
    exec("\n".join(code for _title, code in rest), given)
    assert agrees(ZERO, given["sorted_into"])


class Reader:
    """A tokenizer whose texts become lists of numbers, as those of transformers do."""

    def __init__(self, tokenizer: Any) -> None:
        self.encode = lambda text, **options: tokenizer.encode(text, **options).ids


def agrees(here: Mapping[str, Any], found: Any) -> bool:
    """Whether words were put into the picture's boxes; one near tie may round otherwise."""
    told = chosen()[here["way"] + ("" if here["calibrated"] else " raw")]
    at = told.counts.index(0 if here["way"] == "zero_shot" else here["examples"])
    then = told.places[at, here["draw"]][::EVERY]
    return bool((np.array(found) == then).mean() >= 1 - 1 / len(then))


def test_the_notebooks_run(tmp_path: Path) -> None:
    """Every cell of the notebook of the network runs in a kernel, in French and in English."""

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(HERE | {"way": "scratch"}, _)["PyTorch"], files(_)

    left = run_downloads(tmp_path, made, "float(accuracy)")
    assert left["fr"] == left["en"]


CONVERTED = """
# %% The model
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
model = AutoModelForCausalLM.from_pretrained("{folder}", dtype=torch.float32).eval()
tokenizer = PreTrainedTokenizerFast.from_pretrained("{folder}")
"""
"""Loads the SmolLM2 that is converted already."""


@pytest.mark.slow
def test_the_prompts_notebook_runs(tmp_path: Path) -> None:
    """Every cell of the notebook of the prompt runs in a kernel; with examples, calibrated, it sorts as the picture.

    But for the first one, which reads the packaged SmolLM2 for seconds: it is the one that a notebook of
    `text_generation` begins with, and is run there, alone in an empty folder.
    """
    catalogue.load("smollm2")  # and so it is converted

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        source, load = sources(HERE, _)["transformers"], smollm2_cell(_)
        assert source.startswith(load)
        assert text_sources(Request("smollm2", "What is water?"), _)["PyTorch"].startswith(load)
        return source.replace(load, CONVERTED.format(folder=smollm2.cache())), files(_)

    left = run_downloads(tmp_path, made, "sorted_into.tolist()", languages=("en",))
    assert agrees(HERE, left["en"]["sorted_into.tolist()"])


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    for way in ("scratch", "transfer", "zero_shot"):
        check_words(lambda _, way=way: sources(HERE | {"way": way}, _))  # type: ignore[misc]
