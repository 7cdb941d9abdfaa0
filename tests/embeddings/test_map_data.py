"""What the browser draws of a run of letters."""

from __future__ import annotations

import numpy as np
import pytest

from core.embeddings.map_data import map_data, readable
from core.runs.record import record
from core.tasks.letters.corpus import corpus, load
from tests.small_runs import SMALL_LETTERS


def test_the_map_holds_every_frame() -> None:
    """What the browser draws of a run: as many places, losses and lists as measured frames; ten words each."""
    run = record(SMALL_LETTERS)
    data = map_data(run, own_axes=True, prefix="ch🙂<")
    count = len(run.measured)
    assert {len(data[name]) for name in ("frames", "invented", "chances", "kept")} == {count}
    assert all(len(invented) == 10 for invented in data["invented"])
    known = set(corpus(load("names")).words["train"])
    assert all(mark == (word in known) for invented in data["invented"] for word, mark in invented)
    np.testing.assert_allclose([sum(chances) for chances in data["chances"]], 1, atol=1e-3)


@pytest.mark.parametrize(
    ("typed", "read", "foreign"),
    [
        ("Ωπ42", "", "Ωπ42"),
        (" Ma ", "ma", ""),
        ("me\u0301l", "mél", ""),  # an é of two signs
        ("l’ami", "l'ami", ""),
        ("a4b4 c", "abc", "4 "),
        ("", "", ""),
    ],
)
def test_what_is_not_in_the_alphabet_is_told_from_what_is_read(typed: str, read: str, foreign: str) -> None:
    """Small letters are read; each sign that the alphabet lacks is named once, as it was typed."""
    assert readable(typed, ".'abcdefghilmé") == (read, foreign)
