"""One measurement of the speeds for everybody, on real workers: joined, stopped by the last one, begun again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from core.jobs import Status
from core.measurement import Measurement
from core.model_size.timed import Measured, made
from core.model_size.timing import LENGTHS, MODULE, NEAR
from tests.helpers import RARELY, until
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
    """Both press; one process measures; one leaves, it goes on; both have left, it ends, and nothing is kept."""
    found.start("a")
    found.start("b")
    until(lambda: len(found.rows) > 2)
    assert len(measuring_processes()) == 1
    assert 0 < found.progress < 1
    found.stop("a")
    so_far = len(found.rows)
    until(lambda: len(found.rows) > so_far)
    found.stop("b")
    assert found.status is Status.STOPPED
    until(lambda: not measuring_processes(), every=RARELY)
    assert found.kept is None


def test_a_worker_that_dies_is_replaced_and_the_measurement_begins_again(found: Measurement[Measured]) -> None:
    """Killed in its midst: its process is gone, another worker measures from the first point on."""
    found.start("a")
    until(lambda: len(found.rows) > 2)
    (measuring,) = measuring_processes()
    worker = measuring.parent()
    assert worker is not None
    os.kill(worker.pid, signal.SIGKILL)
    until(lambda: not measuring.is_running() or measuring.status() == psutil.STATUS_ZOMBIE)
    until(lambda: [each.pid for each in measuring_processes()] not in ([], [measuring.pid]), every=RARELY)
    until(lambda: len(found.rows) > 4)
    assert found.is_measuring
    assert (found.rows[0]["bytes"], found.rows[0]["length"]) == (NEAR, LENGTHS[0])


def test_a_process_that_dies_is_a_fault_that_is_said(found: Measurement[Measured]) -> None:
    """The process that measures is killed, its worker lives: the measurement fails, and says so."""
    found.start("a")
    until(lambda: found.has_begun)
    (measuring,) = measuring_processes()
    measuring.kill()
    until(lambda: not found.is_measuring)
    assert found.status is Status.FAILED
    assert isinstance(found.error, ChildProcessError)
