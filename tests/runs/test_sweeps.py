"""Many runs as one: computed once, stopped, resumed, survived; on local workers and on a real cluster."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import workers
from core.batch_learning_rate.settings import RateSettings
from core.files import ROOT
from core.runs.live import Runs
from core.runs.record import record
from core.runs.store import RunStore
from core.runs.sweeps import MOST_SWEEPS, Sweep, Sweeps, TooManyRuns, TooManySweeps, sweep_id
from tests.helpers import until

TINY = RateSettings(examples=300, updates=8, batch_size=64, learning_rate=0.1)
LONG = replace(TINY, updates=20_000)


def grid(base: RateSettings = TINY, rates: int = 3, seeds: int = 2) -> list[RateSettings]:
    return [
        replace(base, learning_rate=0.01 * (rate + 1), seed=seed)
        for seed in range(1, seeds + 1)
        for rate in range(rates)
    ]


def finished(sweep: Sweep) -> Sweep:
    until(lambda: sweep.over)
    return sweep


@pytest.fixture
def runs(tmp_path: Path, cluster: None) -> Runs:
    return Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))


@pytest.fixture
def sweeps(runs: Runs) -> Iterator[Sweeps]:
    made = Sweeps(runs)
    yield made
    for sweep in made.active():
        made.stop(sweep.id, next(iter(sweep.owners), "A"))
        finished(sweep)


def test_a_sweep_computes_what_its_runs_compute_alone(sweeps: Sweeps) -> None:
    """Every run of a sweep is done, and one of them equals the same run trained here by itself."""
    wanted = grid()
    sweep = finished(sweeps.start(wanted, "A"))
    assert set(sweep.done) == {settings.run_id for settings in wanted}
    assert not sweep.failed
    assert sweep.progress == 1
    alone = record(wanted[1]).frames[-1].metrics["validation_loss"]
    assert sweep.done[wanted[1].run_id].frames[-1].metrics["validation_loss"] == alone


def test_stored_runs_and_doubles_are_not_computed_again(sweeps: Sweeps, runs: Runs) -> None:
    """Of two stored, two new and two doubled runs, exactly two go to the workers."""
    wanted = grid(rates=2)
    for settings in wanted[:2]:
        runs.store.put(record(settings))
    started: list[str] = []
    start = runs.start

    def counting(settings: RateSettings, follower: str, **options: bool) -> object:
        started.append(settings.run_id)
        return start(settings, follower, **options)

    runs.start = counting  # type: ignore[method-assign, assignment]
    sweep = finished(sweeps.start([*wanted, *wanted[2:]], "A"))
    assert sweep.found == 2
    assert sorted(started) == sorted(settings.run_id for settings in wanted[2:])
    assert len(sweep.done) == 4


def test_stop_cancels_the_rest_and_keeps_what_is_done(sweeps: Sweeps, runs: Runs) -> None:
    """After Stop the workers fall idle, finished runs stay, and resuming computes only the missing ones."""
    wanted = [*grid(rates=2, seeds=1), *grid(LONG, rates=4, seeds=1)]
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) >= 2)
    sweeps.stop(sweep.id, next(iter(sweep.owners), "A"))
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
    wanted = [replace(TINY, learning_rate=rate, updates=40) for rate in (10.0, 0.0, 0.1)]
    sweep = finished(sweeps.start(wanted, "A"))
    ends = {sweep.done[settings.run_id].settings.learning_rate: sweep.done[settings.run_id] for settings in wanted}
    assert ends[10.0].status == "diverged"
    losses = [frame.metrics["validation_loss"] for frame in ends[0.0].measured]
    assert losses[0] == pytest.approx(losses[-1])
    assert ends[0.1].measured[-1].metrics["validation_loss"] < losses[0]


def test_whoever_comes_back_finds_the_sweep_where_it_is(runs: Runs) -> None:
    """A sweep goes on although every tab is closed; asking for it again joins it."""
    runs.is_active = lambda follower: False
    sweeps = Sweeps(runs)
    wanted = grid(replace(TINY, updates=60), rates=4)
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) >= 1)
    assert sweeps.get(sweep_id(reversed(wanted))) is sweep
    if not sweep.over:
        assert sweeps.start(wanted, "A") is sweep
    assert len(finished(sweep).done) == len(wanted)


def test_the_cells_a_student_looks_at_come_first(sweeps: Sweeps) -> None:
    """Runs moved to the front are computed before the others that wait."""
    wanted = grid(replace(TINY, updates=60), rates=8, seeds=1)
    sweep = sweeps.start(wanted, "A")
    last = wanted[-1].run_id
    sweeps.first(sweep.id, [last])
    finished(sweep)
    assert list(sweep.done).index(last) < len(wanted) - 1


def test_a_sweep_never_fills_the_queue_of_others(sweeps: Sweeps, runs: Runs) -> None:
    """While a sweep of many runs goes on, no more of its runs are handed over than workers, and one."""
    sweep = sweeps.start(grid(LONG, rates=12, seeds=1), "A")
    until(lambda: any(live.status == "running" for live in list(sweep.computing.values())))
    assert len(sweep.computing) <= workers.worker_count() + 1
    assert 0 <= sweep.progress < 1
    sweeps.stop(sweep.id, next(iter(sweep.owners), "A"))


def test_too_much_is_refused(sweeps: Sweeps) -> None:
    """More runs than a sweep may have, or more sweeps than a server computes, are refused at once."""
    with pytest.raises(TooManyRuns):
        sweeps.start((replace(TINY, seed=seed) for seed in range(1, 300)), "A")
    for seed in range(MOST_SWEEPS):
        sweeps.start([replace(LONG, seed=seed)], f"student {seed}")
    with pytest.raises(TooManySweeps):
        sweeps.start([replace(LONG, seed=99)], "late")


# ---------------------------------------------------------------- a real cluster, as the README starts it


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).parent / "dask"), *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip


def kill(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


@pytest.fixture
def two_machines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A scheduler and two workers of their own; this process uses them instead of local workers."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = dask("scheduler", "--port", str(port), "--no-dashboard", "--host", "127.0.0.1")
    both = [dask("worker", address, "--nthreads", "1", "--no-dashboard") for _ in range(2)]
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", address)
    monkeypatch.setattr(workers, "_client", None)

    def connected() -> bool:
        try:
            return workers.worker_count() == 2
        except workers.WorkersUnavailable:
            return False

    until(connected)
    yield [scheduler, *both]
    workers.stop()
    for process in (scheduler, *both):
        kill(process)


def test_a_killed_worker_of_a_cluster_loses_nothing(
    two_machines: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """A map on two machines, one of which dies in the middle: every run is there, none failed."""
    sweeps = Sweeps(Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none")))
    wanted = grid(replace(TINY, updates=100), rates=5)
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) >= 1)
    kill(two_machines[2])
    assert set(finished(sweep).done) == {settings.run_id for settings in wanted}
    assert not sweep.failed
    assert sweep.lost is None


def test_a_lost_scheduler_is_said_and_local_workers_take_over_on_restart(
    two_machines: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler dies: the sweep ends saying so, stored runs replay; a restart computes the rest locally."""
    store = RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none")
    runs = Runs(store)
    sweeps = Sweeps(runs)
    wanted = [TINY, *grid(LONG, rates=3, seeds=1)]
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) >= 1)
    address = os.environ["DASK_SCHEDULER_ADDRESS"]
    kill(two_machines[0])
    finished(sweep)
    assert sweep.lost is not None
    assert address in sweep.lost
    assert runs.find(TINY) is not None
    with pytest.raises(workers.WorkersUnavailable):
        runs.start(replace(TINY, seed=7), "student")
    # The restart: a new process would have no client and no address.
    workers.stop()
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS")
    after = Sweeps(Runs(store))
    again = finished(after.start([TINY, replace(TINY, seed=7)], "A"))
    assert again.found == 1
    assert len(again.done) == 2
