"""Runs on real Dask workers: started once, followed, stopped, survived, stored, replayed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core import workers
from core.runs import live as core_runs
from core.runs.live import LiveRun, QueueFull, Runs
from core.runs.record import record
from core.runs.run import DamagedRun, Run, from_bytes
from core.runs.store import RunStore
from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.presets import PRESETS
from tests.helpers import until

SHORT = DigitsSettings(examples=300, epochs=2)
LONG = DigitsSettings(epochs=100)


@pytest.fixture
def runs(tmp_path: Path, cluster: None) -> Runs:
    return Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))


@pytest.fixture(scope="module")
def short_run() -> Run:
    return record(SHORT)


def ended(live: LiveRun) -> Run:
    until(lambda: live.over)
    assert live.run is not None, live.error
    return live.run


def weights(run: Run) -> np.ndarray:
    return run.measured[-1].arrays["weights/10.weight"]


def busy() -> bool:
    return any(workers.client().processing().values())


def test_a_run_survives_its_file(short_run: Run) -> None:
    """Writing and reading a run gives every frame back: numbers, arrays, settings, origin."""
    again = from_bytes(short_run.to_bytes())
    assert again.settings == short_run.settings
    assert again.origin == short_run.origin
    assert len(again.frames) == len(short_run.frames)
    for ours, theirs in zip(short_run.frames, again.frames, strict=True):
        assert (ours.update, ours.epoch, ours.measured) == (theirs.update, theirs.epoch, theirs.measured)
        np.testing.assert_equal(dict(ours.metrics), dict(theirs.metrics))
        assert ours.arrays.keys() == theirs.arrays.keys()
    np.testing.assert_array_equal(weights(again), weights(short_run))


@given(st.data())
@example_settings(max_examples=80, deadline=None)
def test_damaged_bytes_are_a_damaged_run(short_run: Run, data: st.DataObject) -> None:
    """A file cut or overwritten anywhere is refused as damaged or read as a run; nothing else is raised."""
    good = short_run.to_bytes()
    cut = data.draw(st.integers(0, 3_000))
    noise = data.draw(st.binary(max_size=40))
    with suppress(DamagedRun):
        assert from_bytes(good[:cut] + noise + good[cut + len(noise) :]).frames


def test_two_students_start_one_run_and_it_is_trained_once(runs: Runs) -> None:
    """Both follow the same run, see the same frames, and the workers computed it a single time."""
    first, second = runs.start(SHORT, "A"), runs.start(SHORT, "B")
    assert first is second
    run = ended(first)
    assert run.status == "finished"
    said = [message["said"] for _, message in workers.client().get_events(first.job.key)]
    assert said.count(None) == 1  # the message with which a computation begins
    assert [f.update for f in first.frames] == [f.update for f in run.frames]


def test_different_runs_with_one_seed_each_equal_their_solo_result(runs: Runs, short_run: Run) -> None:
    """Two students train side by side; each gets the numbers of the run alone, to the last bit."""
    other = DigitsSettings(examples=300, epochs=2, dropout=0.5)
    beside = runs.start(SHORT, "A"), runs.start(other, "B")
    np.testing.assert_array_equal(weights(ended(beside[0])), weights(short_run))
    np.testing.assert_array_equal(weights(ended(beside[1])), weights(record(other)))


def test_a_finished_run_is_found_again_by_another_server(runs: Runs) -> None:
    """A run is stored, and a server that shares the store replays it without computing."""
    run = ended(runs.start(SHORT, "A"))
    until(lambda: runs.store.find(SHORT) is not None)
    other_server = Runs(RunStore(url=runs.store.url, recorded=Path("/nonexistent")))
    found = other_server.find(SHORT)
    assert found is not None
    np.testing.assert_array_equal(weights(found), weights(run))


def test_stop_frees_the_worker_and_keeps_the_frames(runs: Runs) -> None:
    """Stop ends the run on the worker within a frame; what was seen stays."""
    live = runs.start(LONG, "A")
    until(lambda: len(live.frames) > 2)
    runs.stop(LONG.run_id, "A")
    assert live.status == "stopped"
    until(lambda: not busy())
    assert len(live.frames) > 2


def test_a_run_that_another_student_follows_is_not_stopped(runs: Runs) -> None:
    """One student's Stop does not take the run away from the other."""
    live = runs.start(LONG, "A")
    runs.start(LONG, "B")
    runs.stop(LONG.run_id, "A")
    assert not live.over
    runs.stop(LONG.run_id, "B")
    assert live.over


def test_a_closed_tab_frees_the_worker(runs: Runs) -> None:
    """When the session of its only follower is gone, the run stops by itself."""
    open_tabs = {"A"}
    runs.is_active = open_tabs.__contains__
    live = runs.start(LONG, "A")
    until(lambda: live.frames)
    open_tabs.clear()
    until(lambda: live.status == "stopped")
    until(lambda: not busy())


def test_a_student_has_one_run_at_a_time(runs: Runs) -> None:
    """Starting another run lets go of the one before."""
    first = runs.start(LONG, "A")
    second = runs.start(SHORT, "A")
    assert first.status == "stopped"
    ended(second)


def test_a_killed_worker_costs_a_retry_and_the_run_completes_once(runs: Runs, short_run: Run) -> None:
    """The worker is killed in the middle: the run starts again, ends equal, and no frame is counted twice."""
    settings = DigitsSettings(examples=2_000, epochs=12)
    live = runs.start(settings, "A")
    until(lambda: len(live.frames) > 3)
    client = workers.client()
    pids = client.run(os.getpid)
    holder = next(address for address, keys in client.processing().items() if keys)
    os.kill(pids[holder], 9)
    run = ended(live)
    assert [frame.update for frame in live.frames] == [frame.update for frame in run.frames]
    np.testing.assert_array_equal(weights(run), weights(record(settings)))


def test_a_full_queue_refuses_politely_and_shows_the_place(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound a run is refused with QueueFull; the waiting ones know their place."""
    monkeypatch.setattr(core_runs, "MAX_WAITING", 2)
    busy_runs = [DigitsSettings(epochs=100, seed=10 + n) for n in range(len(workers.client().nthreads()))]
    running = [runs.start(settings, f"R{n}") for n, settings in enumerate(busy_runs)]
    until(lambda: all(live.status == "running" for live in running))
    waiting = [DigitsSettings(epochs=100, seed=50 + n) for n in range(2)]
    for n, settings in enumerate(waiting):
        runs.start(settings, f"W{n}")
    assert [runs.position(settings.run_id) for settings in waiting] == [0, 1]
    with pytest.raises(QueueFull):
        runs.start(SHORT, "late")
    for n, settings in enumerate(busy_runs):
        runs.stop(settings.run_id, f"R{n}")
    for n, settings in enumerate(waiting):
        runs.stop(settings.run_id, f"W{n}")
    until(lambda: not busy())


def test_a_diverging_run_is_stored_and_replayed_as_diverged(runs: Runs) -> None:
    """Divergence is a result: kept, found again, with the frames up to it."""
    run = ended(runs.start(PRESETS["too_fast"], "A"))
    assert run.status == "diverged"
    until(lambda: runs.store.find(PRESETS["too_fast"]) is not None)
    found = runs.store.find(PRESETS["too_fast"])
    assert found is not None
    assert found.frames[-1].diverged


@pytest.mark.parametrize("content", [b"", b"not a run", "cut", "foreign"])
def test_a_damaged_or_foreign_file_is_ignored_and_computed_again(
    runs: Runs, short_run: Run, content: bytes | str
) -> None:
    """A bad file under a run's name is not replayed; it is noted, and a new run replaces it."""
    folder = Path(runs.store.url)
    folder.mkdir()
    whole = short_run.to_bytes()
    other = DigitsSettings(examples=300, epochs=2, seed=9)
    data = (
        {"cut": whole[: len(whole) // 2], "foreign": whole}.get(content, content)
        if isinstance(content, str)
        else content
    )
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
