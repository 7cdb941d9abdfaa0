"""A learning rate changed while its run goes on."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.batch_learning_rate.settings import RateSettings
from core.runs.live import RunOver, Runs
from core.runs.record import record
from core.runs.run import Run
from core.runs.store import RunStore
from tests.helpers import until
from tests.small_runs import SMALL_RATES, losses


def test_a_live_change_is_taken_recorded_and_replayed(runs: Runs) -> None:
    """The running run takes the new rate, its settings say when, and training them again gives the same frames."""
    asked = replace(SMALL_RATES, updates=20_000, learning_rate=0.01)
    live = runs.start(asked, "A")
    until(lambda: len(live.frames) > 3)
    name = runs.change_rate(asked.run_id, "A", 10.0)  # this one diverges, and so ends at once
    assert runs.live(name) is live
    until(lambda: live.over)
    run = live.run
    assert run is not None, live.error
    assert isinstance(run.settings, RateSettings)
    ((update, rate),) = run.settings.rate_changes
    assert rate == 10.0
    assert update > 0
    assert runs.find(run.settings) is not None
    assert runs.find(asked) is None
    again = record(run.settings)
    assert [frame.update for frame in again.frames] == [frame.update for frame in run.frames]
    np.testing.assert_equal(losses(again), losses(run))


def test_a_change_after_the_end_is_refused(runs: Runs) -> None:
    """A rate changed once the run has ended changes nothing and says so."""
    live = runs.start(SMALL_RATES, "A")
    until(lambda: live.over)
    with pytest.raises(RunOver):
        runs.change_rate(SMALL_RATES.run_id, "A", 0.01)


def test_a_run_that_another_student_follows_is_left_to_them(runs: Runs) -> None:
    """With two followers the change makes a run of its own; the other student's settings stay as they are."""
    asked = replace(SMALL_RATES, updates=20_000)
    live = runs.start(asked, "A")
    runs.start(asked, "B")
    until(lambda: live.frames)
    name = runs.change_rate(asked.run_id, "A", 0.001)
    forked = runs.live(name)
    assert forked is not None
    assert forked is not live
    assert live.followers == {"B"}
    assert live.settings == asked
    runs.leave("A")
    runs.leave("B")


class SlowStore(RunStore):
    """A store on a disk that is busy until it is let go."""

    let_go = threading.Event()

    def put(self, run: Run) -> None:
        self.let_go.wait(120)
        super().put(run)


def test_a_run_that_is_over_is_found_before_the_store_has_it(tmp_path: Path, cluster: None) -> None:
    """Under the settings it ended with, a change of rate among them, however slow the disk is."""
    store = SlowStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none")
    runs = Runs(store)
    live = runs.start(replace(SMALL_RATES, updates=20_000, learning_rate=0.01), "A")
    until(lambda: len(live.frames) > 3)
    runs.change_rate(live.asked.run_id, "A", 10.0)  # this one diverges, and so ends at once
    until(lambda: live.over)
    try:
        assert live.run is not None, live.error
        assert live.run.settings != live.asked
        assert store.find(live.run.settings) is None
        assert runs.find(live.run.settings) is live.run
    finally:
        store.let_go.set()
