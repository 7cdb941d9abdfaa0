"""Runs on real Dask workers: started once, followed, stopped, survived."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from core import limits, workers
from core.runs.live import QueueFull, Runs
from core.runs.record import record
from core.runs.run import Run
from core.tasks.digits.settings import DigitsSettings
from tests.helpers import until
from tests.runs.on_workers import LONG, SHORT, busy, ended, last_weights


def test_two_students_start_one_run_and_it_is_trained_once(runs: Runs) -> None:
    """Both follow the same run, see the same frames, and the workers computed it a single time."""
    settings = replace(SHORT, seed=77)  # nobody else's, whose messages the cluster may still remember
    first, second = runs.start(settings, "A"), runs.start(settings, "B")
    assert first is second
    run = ended(first)
    assert run.status == "finished"
    said = [said for _, event in workers.client().get_events(first.job.key) for said in event["said"]]
    assert said.count(None) == 1  # the message with which a computation begins
    assert [f.update for f in first.frames] == [f.update for f in run.frames]


def test_different_runs_with_one_seed_each_equal_their_solo_result(runs: Runs, short_run: Run) -> None:
    """Two students train side by side; each gets the numbers of the run alone, to the last bit."""
    other = DigitsSettings(examples=300, epochs=2, dropout=0.5)
    beside = runs.start(SHORT, "A"), runs.start(other, "B")
    np.testing.assert_array_equal(last_weights(ended(beside[0])), last_weights(short_run))
    np.testing.assert_array_equal(last_weights(ended(beside[1])), last_weights(record(other)))


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
    np.testing.assert_array_equal(last_weights(run), last_weights(record(settings)))


def test_a_full_queue_refuses_politely_and_shows_the_place(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound a run is refused with QueueFull; the waiting ones know their place."""
    monkeypatch.setattr(limits, "AT_HOME", replace(limits.AT_HOME, waiting=2))
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
