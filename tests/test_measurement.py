"""A measurement that a server shares: its process outlives neither its wish nor its time; who follows; when again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

import psutil
import pytest

from core import jobs, limits, measurement, workers
from core.jobs import Job, Status
from core.measurement import Measurement, Row, alone, aloud
from tests.helpers import until
from tests.measurements import EARLY, FAR_TOO_LONG, MODULE, ROWS, made, running

pytestmark = pytest.mark.usefixtures("cluster")
PATIENCE = 60.0
"""Seconds for what takes a moment: a tenth of what a process lives that nobody ends."""
TICK = 0.05


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    """Whatever a test did, no process goes on after it; one that does is no other test's."""
    yield
    try:
        until(lambda: not running(MODULE), PATIENCE)
    finally:
        for process in running(MODULE):
            process.kill()


def measured(way: str, heard: list[Row], **limits: float) -> Job:
    """Have a worker measure in one of the ways, and hear what it says."""
    work = partial(aloud, MODULE, way, tick=TICK, **limits)
    return jobs.start(work, key=f"aloud {way}: {uuid.uuid4()}", hear=heard.append)


def is_gone(heard: list[Row]) -> bool:
    """Whether the process that has said this is ended, and was waited for: nothing of it is left to the system."""
    return not psutil.pid_exists(heard[0]["process"])


def threads(dask_worker: Any) -> int:
    """Count what a worker computes at this moment."""
    return len(dask_worker.active_threads)


def all_are_free() -> bool:
    """Whether no worker computes anything."""
    return not any(workers.client().run(threads).values())


@pytest.mark.parametrize("way", ["silent", "noisy"])
def test_stop_ends_a_process_that_says_nothing_more(way: str) -> None:
    """Stopped while its process is silent, or says what is no message: it is ended, and its worker is free."""
    heard: list[Row] = []
    job = measured(way, heard, seconds=FAR_TOO_LONG)
    until(lambda: len(heard) == 2, PATIENCE)
    job.stop()
    until(lambda: is_gone(heard), PATIENCE)
    until(all_are_free, PATIENCE)


@pytest.mark.parametrize("way", ["silent", "noisy"])
def test_no_process_has_more_than_its_time(way: str) -> None:
    """Nobody stops it: after its time it is ended, its worker is free, and the reason is that it took too long."""
    job = measured(way, [], seconds=1.0)
    assert job.wait(PATIENCE)
    assert jobs.cause(job.error) == "time"
    until(all_are_free, PATIENCE)


def test_lines_of_others_are_passed_over() -> None:
    """Warnings, JSON of another kind, bytes that are no text: the messages between them arrive, and the end does."""
    heard: list[Row] = []
    job = measured("rubbish", heard)
    assert job.wait(PATIENCE)
    assert heard[1:] == ROWS
    assert job.result == {"rows": ROWS}
    assert is_gone(heard)


def test_a_process_that_ends_early_is_a_fault() -> None:
    """What it said was heard; that it ended before all was measured is said, with the number that it ended with."""
    heard: list[Row] = []
    job = measured("early", heard)
    assert job.wait(PATIENCE)
    assert heard[1:] == ROWS[:1]
    assert isinstance(job.error, ChildProcessError)
    assert job.error.args == (EARLY,)
    assert is_gone(heard)


def test_without_a_worker_rubbish_is_passed_over_and_an_early_end_is_a_fault() -> None:
    """A recording hears as a worker does."""
    assert alone(MODULE, "rubbish") == {"rows": ROWS}
    with pytest.raises(ChildProcessError, match=str(EARLY)):
        alone(MODULE, "early")


def test_a_measurement_that_takes_too_long_fails_and_may_be_begun_again() -> None:
    """Nothing is kept of it, and no class has to wait for another one."""
    found = made("silent", seconds=1.0, tick=TICK)
    found.start("a")
    until(lambda: not found.is_measuring, PATIENCE)
    assert found.status is Status.FAILED
    assert jobs.cause(found.error) == "time"
    assert found.kept is None
    assert found.may_again


def test_points_that_are_left_out_are_not_waited_for() -> None:
    """Four points are announced and one is done: a quarter; two are left out and two done: all. They are no rows."""
    half = made("silent", tick=TICK)
    half.start("a")
    until(lambda: half.rows, PATIENCE)
    assert half.progress == 0.25
    half.stop("a")
    found = made("whole")
    assert found.progress == 0
    found.start("a")
    until(lambda: not found.is_measuring, PATIENCE)
    assert found.progress == 1
    assert found.rows == ROWS


def test_a_session_follows_until_it_stops_or_all_is_over() -> None:
    """Who has not asked does not follow; one leaves, the other's goes on; what is over is followed by nobody."""
    found = made("silent", tick=TICK)
    found.start("a")
    found.start("b")
    assert found.follows("a")
    assert not found.follows("c")
    found.stop("a")
    assert not found.follows("a")
    assert found.follows("b")
    found.stop("b")
    assert not found.follows("b")
    assert not ended().follows("a")


def ended() -> Measurement[Row]:
    """Return a measurement, followed by one, that has just ended well."""
    found = made("whole")
    found.start("a")
    until(lambda: not found.is_measuring, PATIENCE)
    assert found.kept == {"rows": ROWS}
    return found


def test_at_home_a_machine_is_measured_again_at_once() -> None:
    """It is one's own."""
    found = ended()
    assert found.may_again
    found.start("a")
    assert found.is_measuring
    until(lambda: not found.is_measuring, PATIENCE)


def test_a_class_measures_again_after_some_minutes_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Just measured, it waits; a page that still shows the button begins nothing; after that time it may."""
    found = ended()
    monkeypatch.setenv(limits.CLASS, "1")
    assert not found.may_again
    found.start("whose page is old")
    assert not found.is_measuring
    assert found.kept == {"rows": ROWS}
    monkeypatch.setattr(measurement, "AGAIN_AFTER", 0.0)
    assert found.may_again
    found.start("whose page is old")
    assert found.is_measuring
    until(lambda: not found.is_measuring, PATIENCE)


def test_a_class_that_has_not_measured_or_has_stopped_may_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what ended well is waited after."""
    monkeypatch.setenv(limits.CLASS, "1")
    found = made("silent", tick=TICK)
    assert found.may_again
    found.start("a")
    found.stop("a")
    assert found.may_again
