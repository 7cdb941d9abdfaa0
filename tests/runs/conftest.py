"""Runs on the local workers, with a store of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.runs.live import Runs
from core.runs.record import record
from core.runs.run import Run
from core.runs.store import RunStore
from tests.runs.on_workers import SHORT


@pytest.fixture
def runs(tmp_path: Path, cluster: None) -> Runs:
    return Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))


@pytest.fixture(scope="session")
def short_run() -> Run:
    """Return the short run, trained here."""
    return record(SHORT)
