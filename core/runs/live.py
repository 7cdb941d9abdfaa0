"""Runs: started once however many ask, followed live, stopped when nobody looks, stored, replayed."""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cachetools import LRUCache

from core import jobs, limits, workers
from core.files import Arrays, pack, unpack
from core.jobs import Job, OutOfTime, Status
from core.once import once
from core.runs.live_rates import LiveRate, ask
from core.runs.run import Run, from_bytes, origin_here
from core.runs.store import RunStore
from core.tasks.registry import frames, settings_from_json
from core.training.frames import Frame
from core.training.settings import Settings

SWEEP = "sweep-"
"""Followers so named are no tab that could be closed: a sweep goes on until it is done or stopped."""
KEPT_BYTES = 128_000_000
"""What ended runs may weigh in memory, and as much again those read from the store."""
SAY_EVERY = 0.05
"""Seconds between two events of a run: more often no page draws, and each costs worker, scheduler and server time."""

log = logging.getLogger(__name__)


class QueueFull(RuntimeError):
    """As many runs wait as this server lets wait."""


class RunOver(RuntimeError):
    """Too late: the run has ended."""


@dataclass(eq=False)
class LiveRun:
    """A run being computed, as seen from here.

    Attributes:
        asked: the settings that were sent to the workers.
        given: the arrays of another run's frame that it begins with, if its settings name one.
        settings: what is being run: what was asked for, with the changes of rate made since.
        frames: those received so far, without weights.
        followers: the sessions that want it. When the last one goes, it is stopped.
        job: its computation; another one if it had to begin again with the changes of rate made so far.
        began: when its first frame came, by the monotonic clock.
    """

    asked: Settings
    given: Arrays | None = None
    settings: Settings = field(init=False)
    frames: list[Frame] = field(default_factory=list)
    followers: set[str] = field(default_factory=set)
    job: Job = field(init=False)
    began: float = 0.0

    def __post_init__(self) -> None:
        """Run what is asked for."""
        self.settings = self.asked

    @property
    def status(self) -> str:
        """Where the run is: a job's status, or "diverged" for one that finished so."""
        return self.run.status if self.run is not None else str(self.job.status)

    @property
    def over(self) -> bool:
        """Whether no more frames will come."""
        return self.job.over

    @property
    def run(self) -> Run | None:
        """The whole run, once finished or diverged."""
        found: Run | None = self.job.result
        return found

    @property
    def error(self) -> BaseException | None:
        """Why it failed."""
        return self.job.error

    @property
    def progress(self) -> float:
        """Share of the updates done, 0 to 1."""
        if not self.frames or not self.settings.total_updates:
            return 0.0
        return min(1.0, self.frames[-1].update / self.settings.total_updates)

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds to the end, or None while nothing is known."""
        if self.over or self.progress < 0.02:
            return None
        return (time.monotonic() - self.began) * (1 - self.progress) / self.progress

    @property
    def nbytes(self) -> int:
        """What its frames weigh in memory, in bytes."""
        return sum(frame.nbytes for frame in self.frames) + (self.run.nbytes if self.run is not None else 0)

    def hear(self, asked: Settings, message: dict[str, Any]) -> None:
        """Take a message of the worker: a frame, and the settings if a rate was changed before it."""
        if asked is not self.asked:  # of a computation that this one has replaced
            return
        if "settings" in message:
            self.settings = settings_from_json(json.loads(message["settings"]))
        self.frames.append(Frame.from_bytes(message["frame"]))
        if len(self.frames) == 1:
            self.began = time.monotonic()  # loading torch and the data says nothing of the time left


class Runs:
    """The runs of this server. Thread-safe: every session of the web process uses the same one."""

    def __init__(self, store: RunStore | None = None, is_active: Callable[[str], bool] = lambda follower: True) -> None:
        """Keep runs in `store`; a follower for whom `is_active` is false (a closed tab) no longer counts."""
        self.store = store or RunStore()
        self.is_active = is_active
        self._live: dict[str, LiveRun] = {}
        self._ended: LRUCache[str, LiveRun] = LRUCache(KEPT_BYTES, getsizeof=_size)
        self._read: LRUCache[str, Run] = LRUCache(KEPT_BYTES, getsizeof=_size)
        self._arrived: dict[str, Run] = {}  # over, and not in the store yet
        # Taken before the jobs' own lock, never after it.
        self._lock = threading.RLock()

    def find(self, settings: Settings) -> Run | None:
        """Return the finished run of these settings, or None."""
        found = self._in_memory(settings)
        if found is None and (found := self.store.find(settings)) is not None:
            with self._lock:
                self._read[settings.run_id] = found
        return found

    def find_all(self, wanted: Iterable[Settings]) -> list[Run]:
        """Return the finished runs among these settings, in their order; the store is asked but once what it has."""
        listed = list(wanted)
        known = {settings.run_id: self._in_memory(settings) for settings in listed}
        stored = self.store.ids() if None in known.values() else set()
        runs = (known[s.run_id] or (self.find(s) if s.run_id in stored else None) for s in listed)
        return [run for run in runs if run is not None]

    def live(self, name: str) -> LiveRun | None:
        """Return a run being computed, or one that ended lately."""
        with self._lock:
            return self._live.get(name) or self._ended.get(name)

    def start(self, settings: Settings, follower: str, *, alone: bool = True, given: Arrays | None = None) -> LiveRun:
        """Compute a run, or join it if it is being computed.

        Args:
            settings: what to run.
            follower: the session that asks.
            alone: the session lets go of its other runs. A sweep passes False.
            given: the arrays of another run's frame that this one begins with; its settings say which.

        Raises:
            QueueFull: as many runs wait as may (`core.limits`).
            core.workers.WorkersUnavailable: the cluster does not answer.
        """
        with self._lock:
            self._put_aside_ended()
            live = self._live.get(settings.run_id)
            if live is None:
                waiting = sum(other.job.status is Status.WAITING for other in self._live.values())
                if waiting >= limits.current().waiting:
                    raise QueueFull(waiting)
                live = LiveRun(settings, given)
                self._compute(live)
                self._ended.pop(settings.run_id, None)
                self._live[settings.run_id] = live
            live.followers.add(follower)
            if alone:
                self.leave(follower, but=settings.run_id)
            return live

    def stop(self, name: str, follower: str) -> None:
        """Let go of a run; it is stopped if nobody else follows it."""
        with self._lock:
            live = self._live.get(name)
            if live is not None:
                live.followers.discard(follower)
                if not live.followers:
                    live.job.stop()

    def leave(self, follower: str, but: str = "") -> None:
        """Let go of all runs of a session, except one."""
        with self._lock:
            for name, live in list(self._live.items()):
                if follower in live.followers and name != but:
                    self.stop(name, follower)

    def forget(self, follower: str) -> None:
        """Let go of the ended runs of a session that is gone; those that nobody else looks at leave the memory."""
        with self._lock:
            self._put_aside_ended()
            for name, live in list(self._ended.items()):
                live.followers.discard(follower)
                if not live.followers:
                    del self._ended[name]
                    if live.settings.private:  # no link leads to it: nobody can ask for it again
                        self._read.pop(live.settings.run_id, None)

    def change_rate(self, name: str, follower: str, rate: float) -> str:
        """Give a running run a new learning rate from its next update on; return the name to follow it by.

        A run that others follow too is left to them: the change is then made in a run of its own, from the start. So it
        is for a run that no worker has begun yet.

        Raises:
            RunOver: the run has ended.
        """
        with self._lock:
            live = self._live.get(name)
            if live is None or live.over:
                raise RunOver(name)
            if live.followers != {follower}:
                return self._fork(live, live.frames[-1].update if live.frames else 0, follower, rate)
            if name == live.asked.run_id:  # no longer the run of these settings: nobody may join it under their id
                del self._live[name]
                name = f"{name}-{uuid.uuid4().hex[:8]}"
                self._live[name] = live
        taken = workers.client().run(ask, live.job.key, rate, on_error="ignore")
        if any(taken.values()):
            return name
        if live.over:
            raise RunOver(name)
        return self._fork(live, 0, follower, rate)

    def position(self, name: str) -> int:
        """Return how many waiting runs come before this one; 0 for the next."""
        with self._lock:
            waiting = [other for other, live in self._live.items() if live.job.status is Status.WAITING]
            return waiting.index(name) if name in waiting else 0

    def _fork(self, live: LiveRun, update: int, follower: str, rate: float) -> str:
        """Start the same run with a change of rate before `update`; the session leaves the one without."""
        forked = live.settings.changed(update, rate)
        self.start(forked, follower)
        return forked.run_id

    def _compute(self, live: LiveRun) -> None:
        """Send a run to the workers."""
        asked = live.asked
        key = f"run-{asked.run_id}"
        changed = [other for name, other in self._ended.items() if name != other.asked.run_id]
        if any(other.job.key == key for other in [*self._live.values(), *changed]):
            # That one was changed on its way, and the cluster may still have what it gave.
            key += f"-{uuid.uuid4().hex[:8]}"
        live.job = jobs.start(
            compute,
            json.dumps(asked.to_json()),
            limits.current().run_seconds,
            None if live.given is None else pack(live.given, {"from": "a frame"}),
            key=key,
            wanted=partial(self._is_wanted, live),
            hear=partial(live.hear, asked),
            finish=self._receive,
            then=partial(self._keep, live),
            again=partial(self._begin_again, live),
        )

    def _in_memory(self, settings: Settings) -> Run | None:
        with self._lock:
            live = self._live.get(settings.run_id) or self._ended.get(settings.run_id)
            if live is not None and live.run is not None and live.run.settings == settings:
                return live.run
            return self._arrived.get(settings.run_id) or self._read.get(settings.run_id)

    def _is_wanted(self, live: LiveRun) -> bool:
        """Whether a tab that is open, or a sweep, follows a run; followers that are gone no longer count."""
        with self._lock:
            live.followers -= {name for name in live.followers if not (name.startswith(SWEEP) or self.is_active(name))}
            return bool(live.followers)

    def _receive(self, data: bytes) -> Run:
        """Read a run that a worker has finished; it is found from now on, also under the settings it ended with.

        Whoever sees that a run is over may ask for it before the store has it.
        """
        run = from_bytes(data)
        with self._lock:
            self._arrived[run.run_id] = run
        return run

    def _keep(self, live: LiveRun) -> None:
        """Store a run that has finished; a student's own text, and what the store cannot take, is kept in memory."""
        run = live.run
        with self._lock:
            self._put_aside_ended()
        if run is None:
            return
        if not run.settings.private:
            self.store.put(run)
        with self._lock:
            if run.settings.private or run.run_id in self.store.not_kept:
                self._read[run.run_id] = run
            self._arrived.pop(run.run_id, None)

    def _begin_again(self, live: LiveRun) -> None:
        """Its worker died. A run whose rate was changed begins anew with its changes, which gives the same frames."""
        with self._lock:
            if live.over or live.settings == live.asked:
                return
            before = live.job
            live.asked = live.settings
            live.frames.clear()
            try:
                self._compute(live)
            except workers.WorkersUnavailable:
                log.warning("run %s not begun again", live.asked.run_id)
        before.stop()

    def _put_aside_ended(self) -> None:
        """Keep ended runs for the pages that still show them, the latest first, by their weight."""
        for name, live in list(self._live.items()):
            if live.over:
                self._ended[name] = self._live.pop(name)


@once()
def default() -> Runs:
    """Return the runs of this process."""
    return Runs()


def compute(settings_json: str, seconds: float, given: bytes | None = None) -> bytes:
    """Compute a run on a worker, sending its frames as they come; return its file.

    `given` are the arrays of another run's frame that it begins with.

    Raises:
        OutOfTime: it took longer than so many seconds.
        InterruptedError: nobody wants it any more.
    """
    voice, began = jobs.Voice(), time.monotonic()
    settings = settings_from_json(json.loads(settings_json))
    kept: list[Frame] = []
    unsaid: list[dict[str, bytes | str]] = []
    spoke = -SAY_EVERY
    with LiveRate(voice.key, settings) as rate:
        for frame in frames(settings, rate, None if given is None else unpack(given)[0]):
            if time.monotonic() - began > seconds:
                raise OutOfTime(seconds)
            kept.append(frame)
            unsaid.append({"frame": frame.without_weights().to_bytes()})
            if rate.settings is not settings:
                settings = rate.settings
                unsaid[-1]["settings"] = json.dumps(settings.to_json())
            if time.monotonic() - spoke >= SAY_EVERY:
                voice.say_all(unsaid)
                unsaid, spoke = [], time.monotonic()
        if unsaid:
            voice.say_all(unsaid)
    status = "diverged" if kept[-1].diverged else "finished"
    return Run(settings, kept, status, origin_here()).to_bytes()


def _size(kept: LiveRun | Run) -> int:
    return min(max(kept.nbytes, 1_000), KEPT_BYTES)
