"""One measurement of this machine for everybody on the server: thirty students who press together measure once.

It is asked for, followed by whoever wants it, stopped when nobody does, and kept until the next one ends. What measures
runs on a worker, in a process of its own (`aloud`): threads that wait asleep can only be asked for before torch is
read, and the worker keeps its one thread for other people's runs. That process prints JSON, a message on each line:
how many points will come ({"points": …}), and again whenever some of them are left out; each point as soon as it is
measured; and all of it at the end ({"rows": […], …}). Lines of others, a library's warning, are passed over.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import IO, Any, Generic, TypeVar

from core import jobs, limits
from core.files import ROOT
from core.jobs import Job, Status

T = TypeVar("T")
Row = dict[str, Any]
AGAIN_AFTER = 300.0
"""Seconds before a class may measure again: the machine is the same, and others need it."""
MOST_SECONDS = 150.0
"""That one measurement may hold a worker; it ends by itself long before."""
TICK = 0.5
"""Seconds of silence after which a worker asks whether what it measures is still wanted."""


def child(module: str, *arguments: object) -> subprocess.Popen[str]:
    """Start the process that measures, a module of ours; it prints its messages, the last one with all its rows."""
    mine = {name: value for name, value in os.environ.items() if name not in {"OMP_NUM_THREADS", "MKL_NUM_THREADS"}}
    asleep = {"OMP_WAIT_POLICY": "PASSIVE", "KMP_BLOCKTIME": "0"}  # GNU's threads, LLVM's and Intel's
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=mine | asleep, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
    )


def say(message: Row) -> None:
    """Tell whoever started this process; if they are gone, the pipe breaks, and this ends."""
    print(json.dumps(message), flush=True)


def aloud(module: str, *arguments: object, seconds: float = MOST_SECONDS, tick: float = TICK) -> Row:
    """Measure on a worker, in a process of its own; tell of every message, return the last one.

    Args:
        module: ours, that measures when it is run.
        arguments: of its command line.
        seconds: that it may hold the worker.
        tick: seconds of silence after which it is asked whether anybody still wants it.

    Raises:
        InterruptedError: nobody wants it any more; the process is ended.
        core.jobs.OutOfTime: it took longer than it may; the process is ended.
        ChildProcessError: it ended before it had measured all.
    """
    voice, end = jobs.Voice(), time.monotonic() + seconds
    with _ended(child(module, *arguments)) as process:
        for told in _messages(process, tick):
            voice.check()
            if "rows" in told:
                return told
            if time.monotonic() > end:
                raise jobs.OutOfTime(seconds)
            if told:
                voice.say(told)
    raise ChildProcessError(process.returncode)


def alone(module: str, *arguments: object) -> Row:
    """Measure here and now, without a worker, in a process of its own; return its last message.

    Raises:
        ChildProcessError: it ended before it had measured all.
    """
    with _ended(child(module, *arguments)) as process:
        for told in _messages(process, TICK):
            if "rows" in told:
                return told
    raise ChildProcessError(process.returncode)


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """Have a process within this block only: it is killed and waited for, however the block ends."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _messages(process: subprocess.Popen[str], tick: float) -> Iterator[Row]:
    """Yield each message of a process as it comes, until it ends; {} for a line of others, and at each tick of silence.

    A thread of its own reads: Windows has no way to wait for a pipe and for a time at once.
    """
    assert process.stdout is not None
    lines = SimpleQueue[str | None]()
    threading.Thread(target=_read, args=(process.stdout, lines), daemon=True, name="curseurs-measuring").start()
    while (line := _next(lines, tick)) is not None:
        yield _message(line)


def _read(stdout: IO[str], lines: SimpleQueue[str | None]) -> None:
    """Pass on every line, then None. Only whoever reads may close a pipe: others would wait for the end of its line."""
    with stdout:
        for line in stdout:
            lines.put(line)
    lines.put(None)


def _next(lines: SimpleQueue[str | None], tick: float) -> str | None:
    """Return the next line; an empty one after a tick of silence."""
    try:
        return lines.get(timeout=tick)
    except Empty:
        return ""


def _message(line: str) -> Row:
    """Return the message that a line is, or {} where it is none of ours."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


class Measurement(Generic[T]):
    """A measurement of this server.

    Args:
        key: its name on the cluster.
        work: runs on a worker and speaks through `core.jobs.Voice`: how many points will come, then each.
        receive: makes what is kept of what the work gives back.
    """

    def __init__(self, key: str, work: Callable[[], Row], receive: Callable[[Row], T]) -> None:
        self.key, self.work, self._receive = key, work, receive
        # Taken before the jobs' own lock, never after it: `hear` runs under that one.
        self._lock = threading.RLock()
        self._job: Job | None = None
        self._followers: dict[str, Callable[[], bool]] = {}
        self._heard: list[Mapping[str, Any]] = []
        self._ended = 0.0
        self._before: T | None = None

    def start(self, follower: str, is_here: Callable[[], bool] = lambda: True) -> None:
        """Measure for a session, or join the measurement that is going on.

        Where it may not be measured again so soon, nothing is begun: the page that asked is older than what was found.

        Args:
            follower: the session.
            is_here: tells whether it still is.

        Raises:
            core.workers.WorkersUnavailable: the cluster does not answer.
        """
        with self._lock:
            if not self.is_measuring:
                if not self.may_again:
                    return
                before, heard = self.kept, list[Mapping[str, Any]]()
                self._followers = {follower: is_here}
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

    def follows(self, follower: str) -> bool:
        """Whether a session follows the measurement that is going on."""
        return self.is_measuring and follower in self._followers

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
        """Share of the points done, 0 to 1, of those that will come as far as is known."""
        told = [each["points"] for each in self._heard if "points" in each]
        return min(1.0, len(self.rows) / max(1, told[-1])) if told else 0.0

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """What the measurement that is going on has found so far."""
        return [each for each in self._heard if "points" not in each]

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
            return bool(self._followers)

    def _finish(self, told: Row) -> T:
        found = self._receive(told)
        self._ended = time.monotonic()
        return found
