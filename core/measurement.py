"""One measurement of this machine for everybody on the server: thirty students who press together measure once.

It is asked for, followed by whoever wants it, stopped when nobody does, and kept until the next one ends. What measures
runs on a worker, in a process of its own (`aloud`): threads that wait asleep can only be asked for before torch is
read, and the worker keeps its one thread for other people's runs. That process prints JSON, a message on each line:
how many points will come ({"points": …}), each point as soon as it is measured, and all of it at the end
({"rows": […], …}).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from core import jobs, limits
from core.files import ROOT
from core.jobs import Job, Status

T = TypeVar("T")
Row = dict[str, Any]
AGAIN_AFTER = 300.0
"""Seconds before a class may measure again: the machine is the same, and others need it."""
MOST_SECONDS = 150.0
"""That one measurement may hold a worker; it ends by itself long before."""


def child(module: str, *arguments: object) -> subprocess.Popen[str]:
    """Start the process that measures, a module of ours; it prints its messages, the last one with all its rows."""
    mine = {name: value for name, value in os.environ.items() if name not in {"OMP_NUM_THREADS", "MKL_NUM_THREADS"}}
    asleep = {"OMP_WAIT_POLICY": "PASSIVE", "KMP_BLOCKTIME": "0"}  # GNU's threads, LLVM's and Intel's
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=mine | asleep, stdout=subprocess.PIPE, text=True)


def say(message: Row) -> None:
    """Tell whoever started this process; if they are gone, the pipe breaks, and this ends."""
    print(json.dumps(message), flush=True)


def aloud(module: str, *arguments: object) -> Row:
    """Measure on a worker, in a process of its own; tell of every message, return the last one.

    Args:
        module: ours, that measures when it is run.
        arguments: of its command line.

    Raises:
        InterruptedError: nobody wants it any more; the process is ended.
        ChildProcessError: it ended before it had measured all.
    """
    voice = jobs.Voice()
    with child(module, *arguments) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                told = json.loads(line)
                if "rows" in told:
                    found: Row = told
                    return found
                voice.say(told)
        finally:
            process.kill()
    raise ChildProcessError(process.returncode)


def alone(module: str, *arguments: object) -> Row:
    """Measure here and now, without a worker, in a process of its own; return its last message.

    Raises:
        ChildProcessError: it ended before it had measured all.
    """
    with child(module, *arguments) as process:
        assert process.stdout is not None
        told: Row = {}
        for line in process.stdout:
            told = json.loads(line)
    if "rows" not in told:
        raise ChildProcessError(process.returncode)
    return told


class Measurement(Generic[T]):
    """A measurement of this server.

    Args:
        key: its name on the cluster.
        work: runs on a worker and speaks through `core.jobs.Voice`: how many points will come, then each.
        receive: makes what is kept of what the work gives back.
        seconds: that it may hold a worker.
    """

    def __init__(self, key: str, work: Callable[[], Row], receive: Callable[[Row], T], seconds: float = MOST_SECONDS):
        self.key, self.work, self.seconds = key, work, seconds
        self._receive = receive
        # Taken before the jobs' own lock, never after it: `hear` runs under that one.
        self._lock = threading.RLock()
        self._job: Job | None = None
        self._followers: dict[str, Callable[[], bool]] = {}
        self._heard: list[Mapping[str, Any]] = []
        self._began = self._ended = 0.0
        self._before: T | None = None

    def start(self, follower: str, is_here: Callable[[], bool] = lambda: True) -> None:
        """Measure for a session, or join the measurement that is going on.

        Args:
            follower: the session.
            is_here: tells whether it still is.

        Raises:
            core.workers.WorkersUnavailable: the cluster does not answer.
        """
        with self._lock:
            if not self.is_measuring:
                before, heard = self.kept, list[Mapping[str, Any]]()
                self._began, self._followers = time.monotonic(), {follower: is_here}
                self._job = jobs.start(
                    self.work, key=self.key, priority=5, wanted=self._is_wanted, hear=heard.append, finish=self._finish
                )
                self._before, self._heard = before, heard
            self._followers[follower] = is_here

    def stop(self, follower: str) -> None:
        """Stop following; the measurement ends when nobody follows it any more."""
        with self._lock:
            self._followers.pop(follower, None)
            if not self._followers and self._job is not None:
                self._job.stop()

    @property
    def is_measuring(self) -> bool:
        """Whether a measurement waits for a worker or goes on."""
        return self._job is not None and not self._job.over

    @property
    def has_begun(self) -> bool:
        """Whether a worker has it, and has told what will come."""
        return bool(self._heard)

    @property
    def progress(self) -> float:
        """Share of the points done, 0 to 1; those that take too long will be left out."""
        heard = self._heard
        return min(1.0, (len(heard) - 1) / heard[0]["points"]) if heard else 0.0

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """What the measurement that is going on has found so far."""
        return self._heard[1:]

    @property
    def kept(self) -> T | None:
        """The last measurement that ended well."""
        if self._job is not None and self._job.status is Status.FINISHED:
            found: T = self._job.result
            return found
        return self._before

    @property
    def status(self) -> Status | None:
        """Where the last measurement is in its life."""
        return self._job.status if self._job is not None else None

    @property
    def error(self) -> BaseException | None:
        """Why the last measurement failed, if it did."""
        return self._job.error if self._job is not None else None

    @property
    def may_again(self) -> bool:
        """Whether it may be measured now: at home always, in a class some minutes after the last time."""
        is_fresh = self.kept is not None and time.monotonic() - self._ended < AGAIN_AFTER
        return not (is_fresh and limits.in_class())

    def _is_wanted(self) -> bool:
        with self._lock:
            self._followers = {follower: is_here for follower, is_here in self._followers.items() if is_here()}
            return bool(self._followers) and time.monotonic() - self._began < self.seconds

    def _finish(self, told: Row) -> T:
        found = self._receive(told)
        self._ended = time.monotonic()
        return found
