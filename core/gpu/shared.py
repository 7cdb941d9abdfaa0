"""One measurement of this machine for everybody on the server: thirty students who press together measure once.

It is asked for, followed by whoever wants it, stopped when nobody does, and kept until the next one ends.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from core import jobs, limits
from core.gpu.measuring import measure_aloud
from core.gpu.recorded import Measured, measured_of
from core.jobs import Job, Status
from core.once import once

KEY = "gpu: measure this machine"
AGAIN_AFTER = 300.0
"""Seconds before a class may measure again: the machine is the same, and others need it."""
MOST_SECONDS = 150.0
"""That one measurement may hold a worker; it ends by itself long before."""


class Shared:
    """The measurement of this server."""

    def __init__(self) -> None:
        # Taken before the jobs' own lock, never after it: `hear` runs under that one.
        self._lock = threading.RLock()
        self._job: Job | None = None
        self._followers: dict[str, Callable[[], bool]] = {}
        self._heard: list[Mapping[str, Any]] = []
        self._began = self._ended = 0.0
        self._before: Measured | None = None

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
                    measure_aloud, key=KEY, priority=5, wanted=self._is_wanted, hear=heard.append, finish=self._receive
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
    def kept(self) -> Measured | None:
        """The last measurement that ended well."""
        if self._job is not None and self._job.status is Status.FINISHED:
            found: Measured = self._job.result
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
            return bool(self._followers) and time.monotonic() - self._began < MOST_SECONDS

    def _receive(self, told: Mapping[str, Any]) -> Measured:
        found = measured_of(told)
        self._ended = time.monotonic()
        return found


@once()
def default() -> Shared:
    """Return the measurement of this server."""
    return Shared()
