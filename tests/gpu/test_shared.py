"""One measurement for everybody, on real workers: shared, stopped by the last one, taken up again after a death."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial

import psutil
import pytest

from core import workers
from core.gpu.measuring import MODULE
from core.gpu.recorded import Measured
from core.gpu.shared import made
from core.jobs import Status
from core.measurement import Measurement, aloud
from core.workers import WorkersUnavailable
from tests.helpers import RARELY, free_port, until
from tests.measurements import running


@pytest.fixture
def found(cluster: None) -> Iterator[Measurement[Measured]]:
    """Return a server's measurement; what still goes on afterwards is stopped."""
    fresh = made()
    yield fresh
    for follower in ("a", "b"):
        fresh.stop(follower)
    until(lambda: not measuring_processes(), every=RARELY)


def measuring_processes() -> list[psutil.Process]:
    """Return the processes that measure."""
    return running(MODULE)


def test_two_students_at_once_measure_once(found: Measurement[Measured]) -> None:
    """Both press; one process measures, both see its points; one leaves, it goes on; both have left, it ends."""
    found.start("a")
    found.start("b")
    until(lambda: len(found.rows) > 3)
    assert len(measuring_processes()) == 1
    assert 0 < found.progress < 1
    found.stop("a")
    so_far = len(found.rows)
    until(lambda: len(found.rows) > so_far)
    assert found.is_measuring
    found.stop("b")
    assert not found.is_measuring
    assert found.status is Status.STOPPED
    until(lambda: not measuring_processes(), every=RARELY)
    assert found.kept is None


def test_stopped_and_started_again_it_begins_at_the_beginning(found: Measurement[Measured]) -> None:
    """What the one before has said is not taken for the new one's."""
    found.start("a")
    until(lambda: len(found.rows) > 3)
    found.stop("a")
    found.start("b")
    assert found.rows == []
    until(lambda: len(found.rows) > 2)
    assert [(row["line"], row["batch"], row["width"]) for row in found.rows[:2]] == [("one", 1, 16), ("one", 1, 64)]


def test_a_closed_tab_frees_the_worker(found: Measurement[Measured]) -> None:
    """Its only follower is gone without a word: within moments the measurement ends."""
    here = [True]
    found.start("a", lambda: here[0])
    until(lambda: found.has_begun)
    here[0] = False
    until(lambda: not found.is_measuring)
    until(lambda: not measuring_processes(), every=RARELY)


@pytest.mark.slow
def test_a_worker_that_dies_is_replaced_and_the_measurement_ends_well(found: Measurement[Measured]) -> None:
    """Killed in its midst: another worker measures from the start, the first one's process is gone."""
    # Of a real measurement the first seconds: the whole one is waited for in the browser.
    found.work = partial(aloud, MODULE, 8.0)
    found.start("a")
    until(lambda: len(found.rows) > 3)
    (measuring,) = measuring_processes()
    worker = measuring.parent()
    assert worker is not None
    os.kill(worker.pid, signal.SIGKILL)
    until(lambda: not measuring.is_running() or measuring.status() == psutil.STATUS_ZOMBIE)
    until(lambda: not found.is_measuring, 150)
    assert found.status is Status.FINISHED
    kept = found.kept
    assert kept is not None
    assert kept.lines["one", "fp32"].machine is not None
    assert found.may_again


def test_a_process_that_dies_is_a_fault_that_is_said(found: Measurement[Measured]) -> None:
    """The process that measures is killed, its worker lives: the measurement fails, and says so."""
    found.start("a")
    until(lambda: found.has_begun)
    (measuring,) = measuring_processes()
    measuring.kill()
    until(lambda: not found.is_measuring)
    assert found.status is Status.FAILED
    assert isinstance(found.error, ChildProcessError)


def test_without_a_cluster_nothing_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that does not answer is a refusal, and the next one may ask again."""
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    monkeypatch.setattr(workers, "_refused", -workers.ASK_AGAIN)
    found = made()
    for _ in range(2):
        with pytest.raises(WorkersUnavailable):
            found.start("a")
        assert not found.is_measuring
