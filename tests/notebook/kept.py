"""What a page hands to the notebook's keeper, read from what it sends to the browser."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

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
