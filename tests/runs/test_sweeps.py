"""Many runs as one: computed once, stopped, resumed, in the order that is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core import limits, workers
from core.runs.live import LiveRun, Runs
from core.runs.record import record
from core.runs.sweeps import Sweeps, TooManyRuns, TooManySweeps, sweep_id
from core.training.settings import Settings
from tests.helpers import until
from tests.runs.on_workers import SWEPT, SWEPT_LONG, finished, grid


@pytest.fixture
def sweeps(runs: Runs) -> Iterator[Sweeps]:
    made = Sweeps(runs)
    yield made
    for sweep in made.active():
        made.stop(sweep.id, next(iter(sweep.owners), ""))
        finished(sweep)


@pytest.fixture
def started(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the runs handed to the workers, in order; it grows while they are."""
    ids: list[str] = []
    start = runs.start

    def noted(settings: Settings, follower: str, **options: bool) -> LiveRun:
        ids.append(settings.run_id)
        return start(settings, follower, alone=options.get("alone", True))

    monkeypatch.setattr(runs, "start", noted)
    return ids


def test_a_sweep_computes_what_its_runs_compute_alone(sweeps: Sweeps) -> None:
    """Every run of a sweep is done, and one of them equals the same run trained here by itself."""
    wanted = grid()
    sweep = finished(sweeps.start(wanted, "A"))
    assert set(sweep.done) == {settings.run_id for settings in wanted}
    assert not sweep.failed
    assert sweep.progress == 1
    alone = record(wanted[1]).frames[-1].metrics["validation_loss"]
    assert sweep.done[wanted[1].run_id].frames[-1].metrics["validation_loss"] == alone


def test_stored_runs_and_doubles_are_not_computed_again(sweeps: Sweeps, runs: Runs, started: list[str]) -> None:
    """Of two stored, two new and two doubled runs, exactly two go to the workers."""
    wanted = grid(rates=2)
    for settings in wanted[:2]:
        runs.store.put(record(settings))
    sweep = finished(sweeps.start([*wanted, *wanted[2:]], "A"))
    assert sweep.found == 2
    assert sorted(started) == sorted(settings.run_id for settings in wanted[2:])
    assert len(sweep.done) == 4


def test_stop_cancels_the_rest_and_keeps_what_is_done(sweeps: Sweeps, runs: Runs) -> None:
    """After Stop the workers fall idle, finished runs stay, and resuming computes only the missing ones."""
    wanted = [*grid(rates=2, seeds=1), *grid(SWEPT_LONG, rates=4, seeds=1)]
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) >= 2)
    sweeps.stop(sweep.id, "A")
    finished(sweep)
    assert 2 <= len(sweep.done) < 6
    until(lambda: not any(workers.client().processing().values()))
    assert runs.find(wanted[0]) is not None
    again = sweeps.start(wanted, "A")
    until(lambda: again.computing)
    assert again is not sweep
    assert again.found >= 2


def test_a_diverging_run_does_not_harm_its_sweep(sweeps: Sweeps) -> None:
    """Rate 10 diverges and rate 0 learns nothing; both are results, and the others finish."""
    wanted = [replace(SWEPT, learning_rate=rate, updates=40) for rate in (10.0, 0.0, 0.1)]
    sweep = finished(sweeps.start(wanted, "A"))
    ends = {sweep.done[settings.run_id].settings.learning_rate: sweep.done[settings.run_id] for settings in wanted}
    assert ends[10.0].status == "diverged"
    losses = [frame.metrics["validation_loss"] for frame in ends[0.0].measured]
    assert losses[0] == pytest.approx(losses[-1])
    assert ends[0.1].measured[-1].metrics["validation_loss"] < losses[0]


def test_whoever_comes_back_finds_the_sweep_where_it_is(sweeps: Sweeps, runs: Runs) -> None:
    """A sweep goes on although every tab is closed; asking for it again, in any order, joins it."""
    runs.is_active = lambda follower: False
    wanted = [*grid(), SWEPT_LONG]
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) == len(wanted) - 1)
    assert not sweep.over
    assert sweeps.get(sweep_id(reversed(wanted))) is sweep
    assert sweeps.start(wanted, "A") is sweep
    assert not sweep.failed


def test_a_sweep_never_fills_the_queue_of_others(sweeps: Sweeps, runs: Runs) -> None:
    """While a sweep of many runs goes on, no more of its runs are handed over than workers, and one."""
    sweep = sweeps.start(grid(SWEPT_LONG, rates=12, seeds=1), "A")
    until(lambda: any(live.status == "running" for live in list(sweep.computing.values())))
    assert len(sweep.computing) <= workers.worker_count() + 1
    assert 0 <= sweep.progress < 1
    sweeps.stop(sweep.id, "A")


def test_too_much_is_refused(sweeps: Sweeps) -> None:
    """More runs than a sweep may have, or more sweeps than a server computes, are refused at once."""
    with pytest.raises(TooManyRuns):
        sweeps.start((replace(SWEPT, seed=seed) for seed in range(1, 300)), "A")
    for seed in range(limits.current().sweeps):
        sweeps.start([replace(SWEPT_LONG, seed=seed)], f"student {seed}")
    with pytest.raises(TooManySweeps):
        sweeps.start([replace(SWEPT_LONG, seed=99)], "late")
