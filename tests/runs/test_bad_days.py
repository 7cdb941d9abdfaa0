"""Runs on bad days: no cluster, a store that refuses, a rate asked for too early, a worker lost, memory bounded."""

from __future__ import annotations

import gc
import os
import resource
import threading
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import jobs, limits, workers
from core.batch_learning_rate.settings import RateSettings
from core.runs import live as live_runs
from core.runs.live import QueueFull, Runs
from core.runs.record import record
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.digits.settings import DigitsSettings
from core.tasks.letters.settings import LettersSettings
from tests.helpers import until
from tests.runs.on_workers import SHORT, ended

RATES = RateSettings(examples=300, updates=2_000, batch_size=64, learning_rate=0.01)


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file of this process may grow beyond 10 kB: what a full disk does to a write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def losses(run: Run) -> list[float]:
    return [frame.metrics["running_loss"] for frame in run.frames]


def test_a_cluster_that_does_not_answer_leaves_no_run_waiting(tmp_path: Path, nobody_there: None) -> None:
    """Every start is refused with the cluster's address; no run is left that others would join, no queue fills."""
    runs = Runs(RunStore(url=str(tmp_path)))
    for seed in range(limits.current().waiting + 6):
        settings = replace(SHORT, seed=seed)
        with pytest.raises(workers.WorkersUnavailable):
            runs.start(settings, "A")
        assert runs.live(settings.run_id) is None


@pytest.mark.parametrize("url", ["nosuchdriver://bucket/runs", "s3://bucket/runs", "/proc/nothing/runs"])
def test_whatever_the_store_raises_a_finished_run_is_finished(url: str, tmp_path: Path, cluster: None) -> None:
    """A missing driver, no credentials, no rights: the run is there, found again, and known not to be kept."""
    runs = Runs(RunStore(url=url, recorded=tmp_path / "none"))
    assert runs.find(SHORT) is None
    assert runs.find_all([SHORT]) == []
    run = ended(runs.start(SHORT, "A"))
    until(lambda: runs.store.not_kept == {SHORT.run_id})
    assert run.status == "finished"
    assert runs.find(SHORT) is run
    assert runs.store.problem() is not None


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_leaves_no_half_file_and_loses_no_run(tmp_path: Path) -> None:
    """A run that the disk has no room for is not kept; nothing of it is left, and the store says which run it was."""
    store = RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none")
    run = record(SHORT)
    assert len(run.to_bytes()) > 10_000
    store.put(run)
    assert store.not_kept == {SHORT.run_id}
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_good_store_has_no_problem(tmp_path: Path) -> None:
    """The question at the server's start is answered by really writing, and leaves nothing behind."""
    assert RunStore(url=str(tmp_path / "new" / "runs")).problem() is None
    assert list((tmp_path / "new" / "runs").iterdir()) == []


def test_a_rate_asked_for_while_the_run_loads_is_taken(runs: Runs) -> None:
    """A change made the moment a run begins, before its first frame, is in its settings and in its frames."""
    live = runs.start(RATES, "A")
    until(lambda: live.job.status is jobs.Status.RUNNING)
    name = runs.change_rate(RATES.run_id, "A", 10.0)
    followed = runs.live(name)
    assert followed is not None
    run = ended(followed)
    assert isinstance(run.settings, RateSettings)
    assert [rate for _update, rate in run.settings.rate_changes] == [10.0]
    assert losses(run) == pytest.approx(losses(record(run.settings)), nan_ok=True)


def test_a_rate_asked_for_while_the_run_waits_is_its_first(runs: Runs) -> None:
    """A run that no worker has begun yet begins with the new rate."""
    long = [DigitsSettings(epochs=100, seed=10 + n) for n in range(workers.worker_count())]
    for n, settings in enumerate(long):
        runs.start(settings, f"busy {n}")
    until(lambda: all(runs.live(settings.run_id).job.status is jobs.Status.RUNNING for settings in long))  # type: ignore[union-attr]
    short = replace(RATES, updates=20)
    runs.start(short, "A")
    name = runs.change_rate(short.run_id, "A", 0.5)
    for n, settings in enumerate(long):
        runs.stop(settings.run_id, f"busy {n}")
    followed = runs.live(name)
    assert followed is not None
    run = ended(followed)
    assert isinstance(run.settings, RateSettings)
    assert run.settings.rate_changes == ((0, 0.5),)


def test_a_rate_asked_for_is_forgotten_with_its_run(runs: Runs) -> None:
    """The next run of the same settings on the same workers begins with its own rate."""
    live = runs.start(RATES, "A")
    until(lambda: live.frames)
    followed = runs.live(runs.change_rate(RATES.run_id, "A", 10.0))
    assert followed is not None
    ended(followed)
    following = runs.start(RATES, "A")
    assert following.job.key != live.job.key, "the cluster may still have what that one gave"
    assert ended(following).settings == RATES


def test_a_worker_lost_after_a_change_of_rate_loses_no_change(runs: Runs) -> None:
    """The run is computed again with the change it had taken; its frames are those of these settings."""
    asked = replace(RATES, updates=4_000)
    live = runs.start(asked, "A")
    until(lambda: len(live.frames) > 3)
    name = runs.change_rate(asked.run_id, "A", 0.02)
    until(lambda: live.settings != asked)
    client = workers.client()
    pids = client.run(os.getpid)
    os.kill(pids[next(address for address, keys in client.processing().items() if keys)], 9)
    followed = runs.live(name)
    assert followed is live
    until(lambda: live.asked != asked)
    changed = live.settings
    run = ended(live)
    assert run.settings == changed
    assert isinstance(changed, RateSettings)
    assert [rate for _update, rate in changed.rate_changes] == [0.02]
    assert [frame.update for frame in live.frames] == [frame.update for frame in run.frames]


def test_ended_runs_are_bounded_by_their_weight(runs: Runs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With room for less than two runs, the older leaves memory, and is found again where it is stored."""
    first = ended(runs.start(SHORT, "A"))
    room = int(1.5 * (2 * first.nbytes))
    monkeypatch.setattr(live_runs, "KEPT_BYTES", room)
    small = Runs(RunStore(url=str(tmp_path / "small"), recorded=tmp_path / "none"))
    kept = [replace(SHORT, seed=seed) for seed in (1, 2, 3)]
    for settings in kept:
        ended(small.start(settings, "A"))
    until(lambda: all(small.store.find(settings) is not None for settings in kept))
    in_memory = [settings for settings in kept if small.live(settings.run_id) is not None]
    assert len(in_memory) < len(kept)
    for settings in kept:
        found = small.find(settings)
        assert found is not None
        assert found.settings == settings


def test_an_ended_run_leaves_memory_with_the_last_who_looked_at_it(runs: Runs) -> None:
    """Of two tabs that followed it, the first one's closing keeps it, the second one's frees it; the store has it."""
    live = runs.start(SHORT, "A")
    assert runs.start(SHORT, "B") is live
    run = ended(live)
    until(lambda: runs.store.find(SHORT) is not None)
    there = weakref.ref(run)
    del run, live
    runs.forget("A")
    assert runs.live(SHORT.run_id) is not None
    runs.forget("B")
    assert runs.live(SHORT.run_id) is None
    until(lambda: bool(gc.collect() >= 0) and there() is None)
    assert runs.find(SHORT) is not None


def test_a_students_own_words_leave_memory_with_the_tab(runs: Runs) -> None:
    """A run on a student's own list is in no store; it is found while the tab is open, and by nobody afterwards."""
    words = tuple(f"{first}{second}rtine" for first in "bcdfg" for second in "aeiou")
    own = LettersSettings(corpus="own", words=words, updates=20)
    run = ended(runs.start(own, "A"))
    until(lambda: runs.find(own) is run and not runs._arrived)
    assert runs.store.find(own) is None
    runs.forget("B")
    assert runs.find(own) is run
    runs.forget("A")
    assert runs.find(own) is None


def test_a_stored_run_is_parsed_once(runs: Runs) -> None:
    """A page that reruns finds the same object again, and does not read 40 MB each time."""
    runs.store.put(record(SHORT))
    assert runs.find(SHORT) is runs.find(SHORT)
    assert runs.find_all([SHORT, replace(SHORT, seed=9)]) == [runs.find(SHORT)]


def test_two_servers_may_store_one_run_at_once(tmp_path: Path) -> None:
    """Written by eight hands at the same moment, the file is whole, and no part of another is left."""
    run = record(SHORT)
    stores = [RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none") for _ in range(8)]
    together = threading.Barrier(len(stores))

    def put(store: RunStore) -> None:
        together.wait()
        store.put(run)

    threads = [threading.Thread(target=put, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = stores[0].find(SHORT)
    assert found is not None
    np.testing.assert_array_equal(losses(found), losses(run))
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [f"{SHORT.run_id}.safetensors"]


def test_the_end_of_a_large_run_does_not_hold_up_the_others(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one finished run is being written to a store that never answers, another run ends and is shown."""
    stuck = threading.Event()
    put = runs.store.put

    def slow(run: Run) -> None:
        if run.settings == SHORT:
            stuck.wait(60)
        put(run)

    monkeypatch.setattr(runs.store, "put", slow)
    ended(runs.start(SHORT, "A"))
    ended(runs.start(replace(SHORT, seed=2), "B"))
    until(lambda: runs.store.find(replace(SHORT, seed=2)) is not None)
    stuck.set()
    until(lambda: runs.store.find(SHORT) is not None)


def test_a_refused_run_keeps_the_student_s_other_run(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is refused because the queue is full loses nothing of what they had."""
    live = runs.start(DigitsSettings(epochs=100), "A")
    monkeypatch.setattr(limits, "AT_HOME", replace(limits.AT_HOME, waiting=0))
    with pytest.raises(QueueFull):
        runs.start(SHORT, "A")
    assert not live.over
    runs.leave("A")
