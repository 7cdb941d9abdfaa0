"""The code tab of the letters, executed beside its list of words; its notebooks, which hold that list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.embeddings.shown_code import files, sources, torch_source
from core.tasks.letters.settings import LettersSettings
from core.tasks.registry import frames
from tests.helpers import execute
from tests.notebooks import check_words, put_beside, run_downloads
from tests.small_runs import OWN_WORDS, SMALL_LETTERS

OWN = replace(SMALL_LETTERS, corpus="own", words=OWN_WORDS)


def check(shown: Mapping[str, Any], printed: str, settings: LettersSettings) -> None:
    """Compare what the code left with the run: its validation loss, its letters, and twelve lines printed."""
    last = [frame for frame in frames(settings) if frame.measured][-1]
    assert shown["validation_loss"] == pytest.approx(last.metrics["validation_loss"], abs=2e-5)
    np.testing.assert_allclose(shown["C"].detach().numpy(), last.arrays["letters"].astype(np.float32), atol=4e-3)
    assert len(printed.splitlines()) == 12  # parameters, loss, ten words


@pytest.mark.parametrize(
    "settings",
    [
        SMALL_LETTERS,
        replace(SMALL_LETTERS, optimizer="adam", learning_rate=0.01, context=2),
        replace(SMALL_LETTERS, start="course", seed=7),
        replace(SMALL_LETTERS, optimizer="momentum", step="constant", learning_rate=0.05),
        replace(SMALL_LETTERS, embedding=1, context=1),
        OWN,
    ],
)
def test_the_code_shown_gives_the_runs_numbers(
    settings: LettersSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code tab, executed beside the list that its page offers, ends at the run's validation loss and letters."""
    put_beside(tmp_path, files(settings, str))
    monkeypatch.chdir(tmp_path)
    names = execute(torch_source(settings, str))
    check(names, capsys.readouterr().out, settings)


@pytest.mark.parametrize(
    "settings",
    [SMALL_LETTERS, pytest.param(replace(SMALL_LETTERS, corpus="words"), marks=pytest.mark.slow), OWN],
    ids=["names", "words", "own"],
)
def test_the_notebooks_hold_their_words_and_give_the_runs_numbers(settings: LettersSettings, tmp_path: Path) -> None:
    """Alone in an empty folder, every cell of the notebook runs in a kernel, in French and English, with every list."""
    left = run_downloads(
        tmp_path, lambda _: (sources(settings, _)["PyTorch"], files(settings, _)), "validation_loss", "C",
        fresh=settings == SMALL_LETTERS,
    )  # fmt: skip
    for names in left.values():
        check(names, names["printed"], settings)


@pytest.mark.parametrize("context", [1, 3])
def test_the_code_speaks_the_pages_language(context: int) -> None:
    """Titles, comments and what is printed are French on the French page, and the program is the same."""
    check_words(lambda _: sources(replace(OWN, context=context), _))
