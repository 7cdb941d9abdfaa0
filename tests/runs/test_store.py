"""The store of runs: found by another server, and bad files, full disks and private words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.runs.live import Runs
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.presets import PRESETS
from tests.helpers import until
from tests.runs.on_workers import SHORT, ended, last_weights
from tests.small_runs import OWN_WORDS, SMALL_LETTERS


def test_a_finished_run_is_found_again_by_another_server(runs: Runs) -> None:
    """A run is stored, and a server that shares the store replays it without computing."""
    run = ended(runs.start(SHORT, "A"))
    until(lambda: runs.store.find(SHORT) is not None)
    other_server = Runs(RunStore(url=runs.store.url, recorded=Path("/nonexistent")))
    found = other_server.find(SHORT)
    assert found is not None
    np.testing.assert_array_equal(last_weights(found), last_weights(run))


def test_a_diverging_run_is_stored_and_replayed_as_diverged(runs: Runs) -> None:
    """Divergence is a result: kept, found again, with the frames up to it."""
    run = ended(runs.start(PRESETS["too_fast"], "A"))
    assert run.status == "diverged"
    until(lambda: runs.store.find(PRESETS["too_fast"]) is not None)
    found = runs.store.find(PRESETS["too_fast"])
    assert found is not None
    assert found.frames[-1].diverged


@pytest.mark.parametrize("content", ["empty", "no run", "cut", "foreign"])
def test_a_damaged_or_foreign_file_is_ignored_and_computed_again(runs: Runs, short_run: Run, content: str) -> None:
    """A bad file under a run's name is not replayed; it is noted, and a new run replaces it."""
    folder = Path(runs.store.url)
    folder.mkdir()
    whole = short_run.to_bytes()
    other = DigitsSettings(examples=300, epochs=2, seed=9)
    data = {"empty": b"", "no run": b"not a run", "cut": whole[: len(whole) // 2], "foreign": whole}[content]
    (folder / f"{other.run_id}.safetensors").write_bytes(data)
    assert runs.find(other) is None
    assert other.run_id in runs.store.damaged
    ended(runs.start(other, "A"))
    until(lambda: other.run_id not in runs.store.damaged)
    assert runs.store.find(other) is not None


def test_a_store_that_cannot_be_written_loses_no_run(tmp_path: Path, cluster: None) -> None:
    """With a store that refuses files, the student still sees the finished run."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    runs = Runs(RunStore(url=str(blocked / "runs"), recorded=tmp_path))
    assert ended(runs.start(SHORT, "A")).status == "finished"
    assert runs.find(SHORT) is not None


def test_an_own_list_is_never_written_to_disk(cluster: None, tmp_path: Path) -> None:
    """The run of a student's words is trained and found again, and the store's folder stays empty."""
    runs = Runs(RunStore(url=str(tmp_path)))
    settings = replace(SMALL_LETTERS, corpus="own", words=OWN_WORDS, updates=20)
    live = runs.start(settings, "someone")
    until(lambda: live.over)
    assert live.status == "finished"
    assert runs.find(settings) is not None
    assert not list(tmp_path.rglob("*"))
