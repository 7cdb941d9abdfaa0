"""Runs on the local workers, with a store of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import workers
from core.runs.live import Runs
from core.runs.record import record
from core.runs.run import Run
from core.runs.store import RunStore
from tests.helpers import free_port
from tests.runs.on_workers import SHORT


@pytest.fixture
def runs(tmp_path: Path, cluster: None) -> Runs:
    return Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))


@pytest.fixture(scope="session")
def short_run() -> Run:
    """Return the short run, trained here."""
    return record(SHORT)


@pytest.fixture
def nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a scheduler that does not exist, for this test only."""
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    monkeypatch.setattr(workers, "_refused", -workers.ASK_AGAIN)
