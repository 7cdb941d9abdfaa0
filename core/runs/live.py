"""Runs: started once however many ask, followed live, stopped when nobody looks, stored, replayed."""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core import workers
from core.runs.live_rates import LiveRate, ask
from core.runs.run import Run, from_bytes, origin_here
from core.runs.store import RunStore
from core.tasks.registry import frames, settings_from_json
from core.training.frames import Frame
from core.training.settings import Settings

if TYPE_CHECKING:
    from distributed import Future


TOPIC = "curseurs-frames"
MAX_WAITING = 24
"""Runs that may wait for a worker; beyond it a new one is refused politely."""
MAX_SECONDS = 1_200
"""No run may hold a worker longer."""
SWEEP = "sweep-"
"""Followers so named are no tab that could be closed: a sweep goes on until it is done or stopped."""
KEPT = 32
"""Ended runs kept in memory, for the pages that still show them."""
log = logging.getLogger(__name__)


class QueueFull(RuntimeError):
    """Too many runs wait already."""


class RunOver(RuntimeError):
    """Too late: the run has ended."""


class OutOfTime(RuntimeError):
    """The run took longer than MAX_SECONDS."""


@dataclass
class LiveRun:
    """A run being computed, as seen from here.

    Attributes:
        settings: what is being run: what was asked for, with the changes of rate made since.
        frames: those received so far, without weights.
        status: "waiting", "running", "finished", "diverged", "stopped" or "failed".
        run: the whole run, once finished or diverged.
        error: why it failed.
        followers: the sessions that want it. When the last one goes, it is stopped.
    """

    settings: Settings
    frames: list[Frame] = field(default_factory=list)
    status: str = "waiting"
    run: Run | None = None
    error: BaseException | None = None
    followers: set[str] = field(default_factory=set)
    future: Future | None = None
    key: str = ""
    catching_up: bool = False
    started: float = 0.0
    total_updates: int = 0

    @property
    def over(self) -> bool:
        """Whether no more frames will come."""
        return self.status not in {"waiting", "running"}

    @property
    def progress(self) -> float:
        """Share of the updates done, 0 to 1."""
        if not self.frames or not self.total_updates:
            return 0.0
        return min(1.0, self.frames[-1].update / self.total_updates)

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds to the end, or None while nothing is known."""
        if self.status != "running" or self.progress < 0.02:
            return None
        return (time.monotonic() - self.started) * (1 - self.progress) / self.progress


class Runs:
    """The runs of this server. Thread-safe: every session of the web process uses the same one."""

    def __init__(self, store: RunStore | None = None, is_active: Callable[[str], bool] = lambda follower: True) -> None:
        """Keep runs in `store`; a follower for whom `is_active` is false (a closed tab) no longer counts."""
        self.store = store or RunStore()
        self.is_active = is_active
        self._live: dict[str, LiveRun] = {}
        self._lock = threading.RLock()
        # Apart from the other one, which is held while waiting for Dask's own thread: that thread brings the frames.
        self._frames_lock = threading.Lock()
        self._listening_to: Any = None
        self._reaper: threading.Thread | None = None

    def find(self, settings: Settings) -> Run | None:
        """Return the finished run of these settings, or None."""
        live = self._live.get(settings.run_id)
        if live is not None and live.run is not None and live.run.settings == settings:
            return live.run
        return self.store.find(settings)

    def live(self, run_id: str) -> LiveRun | None:
        """Return a run being computed, or one that ended lately."""
        return self._live.get(run_id)

    def start(self, settings: Settings, follower: str, *, alone: bool = True) -> LiveRun:
        """Compute a run, or join it if it is being computed.

        Args:
            settings: what to run.
            follower: the session that asks.
            alone: the session lets go of its other runs. A sweep passes False.

        Raises:
            QueueFull: MAX_WAITING runs wait already.
            core.workers.WorkersUnavailable: the cluster does not answer.
        """
        with self._lock:
            live = self._live.get(settings.run_id)
            joining = live is not None and not live.over
            if not joining and sum(run.status == "waiting" for run in self._live.values()) >= MAX_WAITING:
                raise QueueFull(MAX_WAITING)
            if alone:
                self.leave(follower, but=settings.run_id)
            if live is None or not joining:
                live = self._live[settings.run_id] = LiveRun(settings, total_updates=settings.total_updates)
                self._submit(live)
            live.followers.add(follower)
            self._forget_old()
            self._watch_followers()
            return live

    def stop(self, run_id: str, follower: str) -> None:
        """Let go of a run; it is stopped if nobody else follows it."""
        with self._lock:
            live = self._live.get(run_id)
            if live is None:
                return
            live.followers.discard(follower)
            if not live.followers and not live.over:
                live.status = "stopped"
                self._release(live)

    def change_rate(self, name: str, follower: str, rate: float) -> str:
        """Give a running run a new learning rate from its next update on; return the name to follow it by.

        A run that others follow too is left to them: the change is then made in a run of its own, from the start.

        Raises:
            RunOver: the run has ended.
        """
        with self._lock:
            live = self._live.get(name)
            if live is None or live.over:
                raise RunOver(name)
            if live.followers != {follower}:
                update = live.frames[-1].update if live.frames else 0
                forked = live.settings.changed(update, rate)
                self.start(forked, follower)
                return forked.run_id
            if name == live.settings.run_id:  # no longer the run of these settings: nobody may join it under their id
                del self._live[name]
                name = f"{name}-{uuid.uuid4().hex[:8]}"
                self._live[name] = live
        workers.client().run(ask, live.key, rate)
        return name

    def leave(self, follower: str, but: str = "") -> None:
        """Let go of all runs of a session, except one."""
        for run_id, live in list(self._live.items()):
            if follower in live.followers and run_id != but:
                self.stop(run_id, follower)

    def position(self, run_id: str) -> int:
        """Return how many waiting runs come before this one; 0 for the next."""
        with self._lock:
            waiting = [run for run, live in self._live.items() if live.status == "waiting"]
            return waiting.index(run_id) if run_id in waiting else 0

    def _submit(self, live: LiveRun) -> None:
        client = workers.client()
        if self._listening_to is not client:  # a new client after a scheduler came back
            client.subscribe_topic(TOPIC, self._on_event)
            self._listening_to = client
        settings = json.dumps(live.settings.to_json())
        live.key = f"run-{live.settings.run_id}"
        if any(other.key == live.key and other.future for other in self._live.values() if other is not live):
            live.key += f"-{uuid.uuid4().hex[:8]}"  # that one was changed on its way
        live.future = workers.submit(compute, settings, live.key, key=live.key)
        live.future.add_done_callback(lambda future: self._on_done(live, future))

    def _on_event(self, event: tuple[float, dict[str, Any]]) -> None:
        _, message = event
        live = next((live for live in list(self._live.values()) if live.key == message["run"]), None)
        if live is None or live.over:
            return
        if live.status == "waiting":
            live.status = "running"
        # A run computed again after its worker died sends the same frames again: each counts once.
        if "settings" in message:
            live.settings = settings_from_json(json.loads(message["settings"]))
        if "frame" not in message:
            return
        with self._frames_lock:
            if message["index"] == len(live.frames):
                live.frames.append(Frame.from_bytes(message["frame"]))
                if len(live.frames) == 1:
                    live.started = time.monotonic()  # loading torch and the data says nothing of the time left
            elif message["index"] > len(live.frames) and not live.catching_up:
                live.catching_up = True
                threading.Thread(target=self._catch_up, args=(live,), daemon=True).start()

    def _catch_up(self, live: LiveRun) -> None:
        """Fetch the frames sent before we listened: a run taken up again after a Stop, or begun by another server."""
        for event in workers.client().get_events(TOPIC):
            if event[1].get("run") == live.key:
                self._on_event(event)
        live.catching_up = False

    def _on_done(self, live: LiveRun, future: Future) -> None:
        if live.over:
            return
        try:
            run = from_bytes(future.result())
            if not run.settings.private:  # a student's own text is kept in memory only
                self.store.put(run)
            live.run, live.status = run, run.status
        except Exception as error:  # whatever happened on the worker is shown to the student, never raised here
            if getattr(error, "reason", "") == "scheduler-connection-lost":
                live.error, live.status = workers.WorkersUnavailable(workers.address()), "failed"
                return
            cancelled = future.cancelled()
            live.error, live.status = error, "stopped" if cancelled else "failed"
            if not cancelled:
                log.warning("run %s failed: %r", live.settings.run_id, error)
        finally:
            live.future = None

    def _release(self, live: LiveRun) -> None:
        future, live.future = live.future, None
        if future is not None:
            # Not cancel(): another server may want the same key. Releasing lets Dask count.
            future.release()

    def _forget_old(self) -> None:
        over = [run_id for run_id, live in self._live.items() if live.over]
        for run_id in over[: max(0, len(over) - KEPT)]:
            del self._live[run_id]

    def _watch_followers(self) -> None:
        if self._reaper is None or not self._reaper.is_alive():
            self._reaper = threading.Thread(target=self._reap, daemon=True)
            self._reaper.start()

    def _reap(self, every: float = 1.0) -> None:
        """Let go of runs whose sessions are gone, until no run is left."""
        while any(not live.over for live in self._live.values()):
            for follower in {name for live in list(self._live.values()) for name in list(live.followers)}:
                if not follower.startswith(SWEEP) and not self.is_active(follower):
                    self.leave(follower)
            threading.Event().wait(every)


@lru_cache(maxsize=1)
def default() -> Runs:
    """Return the runs of this process."""
    return Runs()


def compute(settings_json: str, name: str) -> bytes:
    """Compute a run on a worker, sending its frames as they come under a name; return its file.

    Raises:
        OutOfTime: it took longer than MAX_SECONDS.
        InterruptedError: nobody wants it any more.
    """
    from distributed import get_worker

    settings = settings_from_json(json.loads(settings_json))
    worker, began, kept = get_worker(), time.monotonic(), []
    worker.log_event(TOPIC, {"run": name})
    rate = LiveRate(name, settings)
    for index, frame in enumerate(frames(settings, rate)):
        if workers.cancelled():
            raise InterruptedError(settings.run_id)
        if time.monotonic() - began > MAX_SECONDS:
            raise OutOfTime(MAX_SECONDS)
        kept.append(frame)
        message = {"run": name, "index": index, "frame": frame.without_weights().to_bytes()}
        if rate.settings is not settings:
            settings = rate.settings
            message["settings"] = json.dumps(settings.to_json())
        worker.log_event(TOPIC, message)
    status = "diverged" if kept[-1].diverged else "finished"
    return Run(settings, kept, status, origin_here()).to_bytes()
