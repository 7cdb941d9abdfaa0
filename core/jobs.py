"""A job: one computation on a worker. Asked for here, followed message by message, stopped, given up; one way for all.

The life of a job is a small state machine: waiting, running, then finished, stopped or failed. Every step is taken in
one method under one lock, so that a Stop, a last message and a lost worker that arrive together agree on the end.

On the worker, the function of a job that is followed speaks through `Voice`. Each job has a topic of its own on the
cluster: a busy one does not push out what another has said, and whoever listens late asks once for what was missed.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from core import turns, workers

if TYPE_CHECKING:
    from distributed import Future

EVERY = 1.0
"""Seconds between two looks at who still wants a job; a closed tab frees its worker within about so long."""
LINGERS = 60.0
"""Seconds after a Stop in which a worker may still be at it: the same is then asked for under another key."""
FORGET_AFTER = 5.0
"""Seconds after its end when the cluster forgets what a job said, unless it is being computed again."""

log = logging.getLogger(__name__)


class Status(StrEnum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


_ENDS = {Status.FINISHED, Status.STOPPED, Status.FAILED}
_NEXT = {Status.WAITING: {Status.RUNNING, *_ENDS}, Status.RUNNING: _ENDS}

_changed = threading.Condition(threading.RLock())
_jobs: dict[str, Job] = {}
_silent: dict[str, float] = {}  # topics of ended jobs, and when they ended
_stopped: dict[str, float] = {}  # keys that were let go, and when
_reaper: threading.Thread | None = None
# Dask calls back on a single thread: what takes time (decoding a run, writing it to a store) happens on these.
_pool = ThreadPoolExecutor(4, thread_name_prefix="curseurs-jobs")


class OutOfTime(RuntimeError):
    """A job took longer than it may."""


class Job:
    """A computation as seen from here; made by `start`.

    Attributes:
        key: its name on the cluster; equal keys are computed once.
        status: where it is in its life.
        result: what it gave, once finished.
        error: why it failed.
    """

    def __init__(
        self,
        key: str,
        wanted: Callable[[], bool],
        hear: Callable[[Any], None] | None,
        finish: Callable[[Any], Any],
        then: Callable[[], None],
        again: Callable[[], None],
    ) -> None:
        self.key, self.status = key, Status.WAITING
        self.result: Any = None
        self.error: BaseException | None = None
        self._wanted, self._hear, self._finish, self._then, self._again = wanted, hear, finish, then, again
        self._future: Future | None = None
        self._heard = 0
        self._early: dict[int, Any] = {}
        self._asked_for_missed = False

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.status in _ENDS

    @property
    def wanted(self) -> bool:
        """Whether anybody still wants it."""
        return self._wanted()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; return whether it is."""
        return wait_any([self], seconds)

    def stop(self) -> None:
        """Let the worker go. Another server that wants the same key still gets it: Dask counts who does."""
        self._become(Status.STOPPED)

    def _become(self, status: Status, result: Any = None, error: BaseException | None = None) -> bool:
        """Take a step of the job's life, if it is a legal one from here; return whether it was."""
        with _changed:
            if status not in _NEXT.get(self.status, ()):
                return False
            self.result, self.error, self.status = result, error, status
            _changed.notify_all()
            if not self.over:
                return True
            if status is Status.STOPPED:
                _retire(self.key)
            future, self._future = self._future, None
            if _jobs.get(self.key) is self:
                del _jobs[self.key]
            if self._hear is not None:
                _silent[self.key] = time.monotonic()
        if future is not None:
            future.release()
        return True

    def _on_event(self, event: tuple[float, dict[str, Any]]) -> None:
        """Take messages of the worker. A job computed again after its worker died says the same again: once counts."""
        index, said = event[1]["index"], event[1]["said"]
        with _changed:
            if self.over or self._hear is None:
                return
            self._become(Status.RUNNING)
            begins_again = index == 0 and self._heard > 0
            self._early |= {at: message for at, message in enumerate(said, index) if at >= self._heard}
            while self._heard in self._early:
                message = self._early.pop(self._heard)
                self._heard += 1
                if message is not None:
                    self._hear(message)
            missed = bool(self._early) and not self._asked_for_missed
            self._asked_for_missed |= missed
        if begins_again:
            _pool.submit(self._again)
        if missed:
            _pool.submit(self._catch_up)

    def _catch_up(self) -> None:
        """Fetch what was said before we listened: a job that another server has begun."""
        with suppress(workers.WorkersUnavailable):
            for event in workers.client().get_events(self.key):
                self._on_event(event)

    def _on_done(self, future: Future) -> None:
        _pool.submit(self._end, future)

    def _end(self, future: Future) -> None:
        if self.over:
            return
        try:
            result = self._finish(future.result())
        except Exception as error:  # whatever happened on the worker is shown to the student, never raised here
            self._fail(future, error)
            return
        if self._become(Status.FINISHED, result):
            self._then()

    def _fail(self, future: Future, error: Exception) -> None:
        if getattr(error, "reason", "") == "scheduler-connection-lost":
            self._become(Status.FAILED, error=workers.WorkersUnavailable(workers.address()))
        elif future.cancelled():
            self._become(Status.STOPPED)
        elif self._become(Status.FAILED, error=error):
            log.error("job %s failed", self.key, exc_info=error)


def start(
    function: Callable[..., Any],
    *args: Any,
    key: str | None = None,
    priority: int = 0,
    wanted: Callable[[], bool] = lambda: True,
    hear: Callable[[Any], None] | None = None,
    finish: Callable[[Any], Any] = lambda result: result,
    then: Callable[[], None] = lambda: None,
    again: Callable[[], None] = lambda: None,
) -> Job:
    """Compute `function(*args)` on a worker; `function` must live in an importable module of `core`.

    Args:
        function: what is computed; one that is followed speaks through `Voice`.
        args: its arguments.
        key: the job's name: equal keys are computed once on a cluster. Without it, equal calls have equal keys. One
            that was stopped just now gets another name, or it would join a computation that has said its last word.
        priority: higher ones are computed before lower ones that wait.
        wanted: asked once a second; when it says no, the job is stopped.
        hear: called with each message, in order and each once, under the jobs' lock: be quick. It needs a key.
        finish: makes of the worker's answer what `result` holds, on a thread of its own.
        then: called after the end of a job that finished, likewise.
        again: called when a job begins again from its first message, because its worker died.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer; nothing was begun.
    """
    client = workers.client()
    key = _unused(key)
    job = Job(key or "", wanted, hear, finish, then, again)
    try:
        if hear is not None:
            client.subscribe_topic(job.key, job._on_event)
        future = workers.submit(function, *args, key=key, priority=priority)
    except workers.WorkersUnavailable:
        raise
    except (OSError, TimeoutError, RuntimeError) as error:  # the connection broke in this very moment
        raise workers.WorkersUnavailable(workers.address()) from error
    with _changed:
        job.key, job._future = str(future.key), future
        _silent.pop(job.key, None)
        _jobs[job.key] = job
        _watch()
    future.add_done_callback(job._on_done)
    return job


def ask(function: Callable[..., Any], *args: Any, seconds: float, priority: int = 10) -> Any:
    """Compute on a worker and wait for the answer.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
        OutOfTime: no answer within so many seconds; the worker is freed.
        Exception: what the function raised on the worker.
    """
    job = start(function, *args, priority=priority)
    if not job.wait(seconds):
        job.stop()
        raise OutOfTime(seconds)
    if job.error is not None:
        raise job.error
    if job.status is Status.STOPPED:
        raise InterruptedError(job.key)
    return job.result


def wait_any(jobs: Iterable[Job], seconds: float) -> bool:
    """Wait until one of these jobs is over, at most so long; return whether one is."""
    listed = list(jobs)
    turns.give_back()
    with _changed:
        return _changed.wait_for(lambda: any(job.over for job in listed), seconds)


def cause(error: BaseException | None) -> Literal["cluster", "time", "lost", "fault"]:
    """Return why a job failed: no cluster, too long, a worker lost twice, or a fault of the program."""
    if isinstance(error, workers.WorkersUnavailable):
        return "cluster"
    if isinstance(error, (OutOfTime, TimeoutError)):
        return "time"
    return "lost" if type(error).__name__ == "KilledWorker" else "fault"


class Voice:
    """What a job says on its way, from the worker that computes it to everybody who follows it."""

    def __init__(self) -> None:
        from distributed import get_worker

        self._worker = get_worker()
        self.key = str(self._worker.get_current_task())
        self._said = 0
        self.say(None)  # it runs now

    def check(self) -> None:
        """Go on, if somebody still wants the job. Costs no message: ask often.

        Raises:
            InterruptedError: nobody does any more.
        """
        if workers.cancelled():
            raise InterruptedError(self.key)

    def say(self, message: Any) -> None:
        """Send a message: bytes, text, numbers, lists and dictionaries of these.

        Raises:
            InterruptedError: nobody wants the job any more.
        """
        self.say_all([message])

    def say_all(self, messages: list[Any]) -> None:
        """Send several messages at once, in their order: one event of the cluster, whatever their number.

        Raises:
            InterruptedError: nobody wants the job any more.
        """
        self.check()
        self._worker.log_event(self.key, {"index": self._said, "said": messages})
        self._said += len(messages)


def _retire(key: str) -> None:
    """Remember that a key was let go; those of long ago are forgotten. Called under the lock."""
    now = time.monotonic()
    for old in [each for each, when in _stopped.items() if now - when > LINGERS]:
        del _stopped[old]
    _stopped[key] = now


def _unused(key: str | None) -> str | None:
    """Return the key, or another where a worker may still compute what was let go under it."""
    with _changed:
        is_free = key is None or time.monotonic() - _stopped.get(key, -LINGERS) >= LINGERS
    return key if is_free else f"{key}-{uuid.uuid4().hex[:8]}"


def _watch() -> None:
    """Have the reaper at work. Called under the lock."""
    global _reaper
    if _reaper is None or not _reaper.is_alive():
        _reaper = threading.Thread(target=_reap, daemon=True, name="curseurs-reaper")
        _reaper.start()


def _reap() -> None:
    """Stop the jobs that nobody wants any more, and let the cluster forget what ended ones said, until none is left."""
    global _reaper
    while True:
        with _changed:
            living = list(_jobs.values())
            spoken = [key for key, ended in _silent.items() if time.monotonic() - ended > FORGET_AFTER]
            if not living and not _silent:
                _reaper = None  # under the lock: whoever starts a job now starts another reaper
                return
            for key in spoken:
                del _silent[key]
        for job in living:
            try:
                if not job.wanted:
                    job.stop()
            except Exception:  # a fault in one job's question must not keep the others' workers
                log.exception("job %s", job.key)
        for key in spoken:
            _forget(key)
        time.sleep(EVERY)


def _forget(key: str) -> None:
    """Let client and scheduler drop a topic. Dask keeps both for ever, and has no public way to end them."""
    try:
        client = workers.client()
        client._event_handlers.pop(key, None)
        client.run_on_scheduler(partial(_drop_topic, key))
    except Exception as error:  # a cluster that is gone has forgotten anyway
        log.info("topic %s not forgotten: %r", key, error)


def _drop_topic(key: str, dask_scheduler: Any) -> None:
    dask_scheduler._broker._topics.pop(key, None)
