"""A real cluster, as the README starts it: a dead worker costs nothing, a dead scheduler is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dask.system
import pytest

from core import workers
from core.files import ROOT
from core.runs.live import Runs
from core.runs.store import RunStore
from core.runs.sweeps import Sweeps
from tests.helpers import free_port, until
from tests.runs.on_workers import SWEPT, SWEPT_LONG, finished, grid


def started(*arguments: str) -> subprocess.Popen[bytes]:
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
    scheduler = started("scheduler", "--port", str(port), "--no-dashboard", "--host", "127.0.0.1")
    both = [started("worker", address, "--nthreads", "1", "--no-dashboard") for _ in range(2)]
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", address)
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "ASK_AGAIN", 0.0)  # the scheduler is starting

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


def test_a_dead_worker_costs_nothing_and_a_dead_scheduler_is_said(
    two_machines: list[subprocess.Popen[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A map on two machines, one of which dies in the middle: every run is there, none failed.

    Then the scheduler dies: the sweep ends saying so, stored runs replay; a restart computes the rest locally.
    """
    store = RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none")
    runs = Runs(store)
    sweeps = Sweeps(runs)
    survives(sweeps, two_machines[2])
    says_that_it_is_lost(sweeps, two_machines[0])
    assert runs.find(SWEPT) is not None
    with pytest.raises(workers.WorkersUnavailable):
        runs.start(replace(SWEPT, seed=7), "student")
    # The restart: a new process would have no client and no address.
    workers.stop()
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS")
    monkeypatch.setattr(dask.system, "CPU_COUNT", 1)  # one worker, for one run
    after = Sweeps(Runs(store))
    again = finished(after.start([SWEPT, replace(SWEPT, seed=7)], "A"))
    assert again.found == 1
    assert len(again.done) == 2


def survives(sweeps: Sweeps, worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker in the middle of a sweep, and check that the sweep has all its runs."""
    wanted = grid(replace(SWEPT, updates=100), rates=5)
    sweep = sweeps.start(wanted, "A")
    until(lambda: len(sweep.done) >= 1)
    kill(worker)
    assert set(finished(sweep).done) == {settings.run_id for settings in wanted}
    assert not sweep.failed
    assert sweep.lost is None


def says_that_it_is_lost(sweeps: Sweeps, scheduler: subprocess.Popen[bytes]) -> None:
    """Kill the scheduler in the middle of a sweep, and check that the sweep ends, with the address that is lost."""
    sweep = sweeps.start([SWEPT, *grid(SWEPT_LONG, rates=3, seeds=1)], "A")
    until(lambda: len(sweep.done) >= 1)
    address = os.environ["DASK_SCHEDULER_ADDRESS"]
    kill(scheduler)
    finished(sweep)
    assert sweep.lost is not None
    assert address in sweep.lost
