"""The code tab of the page on the arena: its notebook runs in a kernel, and speaks the page's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from components.arena.lab import names
from core.arena.presets import LAB
from core.arena.ranked import ranked
from core.arena.shown_code import sources
from core.notebooks import DataFile, Translate
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads

ROOM: dict[str, Any] = {name: default for name, (default, _parse) in names().items()} | {"votes": 1_000}


def test_the_notebook_runs(tmp_path: Path) -> None:
    """Every cell runs in a kernel, in French and in English, and the points are those of the picture."""
    room = ROOM | {"fakes": 50, "order": 2, "dropped": 10}

    def made(_: Translate) -> tuple[str, list[DataFile]]:
        return sources(room, _)["NumPy"], []

    left = run_downloads(tmp_path, made, "points.tolist()")
    assert np.allclose(left["fr"]["points.tolist()"], ranked(room).points, atol=1e-6)


def test_the_code_loses_the_same_votes_by_chance() -> None:
    """What it takes away at random is what the picture takes away."""
    room = ROOM | {"dropped": 200, "lost": "chance"}
    assert np.allclose(execute(sources(room, str)["NumPy"])["points"], ranked(room).points, atol=1e-6)


@pytest.mark.parametrize("name", list(LAB))
def test_the_code_speaks_the_pages_language(name: str) -> None:
    """Titles and comments are French on the French page, and the program is the same."""
    check_words(lambda _: sources(ROOM | LAB[name], _))
