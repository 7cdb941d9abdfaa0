"""The runs of this session: hollow marks among the curves, so that one experiment is compared with the next."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.runs.run import Run
from core.tasks.signs.settings import SignsSettings
from core.transfer_learning.missions import accuracy

_KEPT = "tl: runs of this session"
MOST = 40


def remember(run: Run) -> None:
    """Keep what a run reached, if it was trained here: only numbers."""
    settings = run.settings
    assert isinstance(settings, SignsSettings)
    if run.recorded:
        return
    kept: dict[str, dict[str, Any]] = st.session_state.setdefault(_KEPT, {})
    reached = accuracy(run)
    kept[run.run_id] = {"way": settings.way, "photos": settings.photos, "split": settings.split, "reached": reached}
    while len(kept) > MOST:
        del kept[next(iter(kept))]


def kept_runs(kind: str) -> list[dict[str, Any]]:
    """Return what the runs of this session reached on a split."""
    return [run for run in st.session_state.get(_KEPT, {}).values() if run["split"] == kind]
