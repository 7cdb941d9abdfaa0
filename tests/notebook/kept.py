"""What a page hands to the notebook's keeper, read from what it sends to the browser."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from core.lessons import Question
from core.notebook.experiment import Experiment


def notes(app: AppTest) -> list[dict[str, Any]]:
    """Return what the keeper of a page, or of a fragment that ran alone, is told."""
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component") if "keeper-notebook" in each.proto.id]
    return [note for data in sent for note in data.get("notes", [data.get("note")])]


def kept(app: AppTest) -> dict[str, Experiment]:
    """Return what a page shows, by its parts."""
    found = {}
    for note in notes(app):
        row = Experiment.from_json(note["row"])
        assert row is not None
        found[row.part] = row
    return found


LATER = {"text_generation": "a worker is still to write its ten texts"}
"""Pages whose question shows no figure in the run that plays it, and why."""


def check_question(app: AppTest, stem: str, question: Question, guess: int) -> None:
    """Check that a question that was played is a row: two figures to four with their words, and the guess before it."""
    if stem in LATER:
        return
    row, (note, *_) = kept(app)[""], notes(app)
    assert note["done"] == 1
    assert 2 <= len(row.figures) <= 4
    assert all(figure.label for figure in row.figures.values())
    assert set(row.moved) <= set(row.settings)
    assert row.seed in {"", *row.settings}
    assert row.prediction is not None
    assert row.prediction.right == (guess in question.right)
    assert len(json.dumps(row.to_json())) < 20_000
