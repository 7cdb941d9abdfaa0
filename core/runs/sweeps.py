"""Many runs at once: a sweep is a list of settings whose runs go to the workers as ordinary runs.

Stored runs are not computed again, equal runs once, other students' runs are not held up: a sweep keeps no more
runs in the queue than there are workers, and one more. It belongs to the server and not to a tab: whoever closes
the page and comes back finds it where it is.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from core import workers
from core.runs.live import SWEEP, LiveRun, QueueFull, Runs
from core.runs.run import Run
from core.training.settings import Settings

MOST_RUNS = 200
"""In one sweep."""
MOST_SWEEPS = 4
"""At once on one server; each student has the queue's politeness to rely on beyond that."""
KEPT_SWEEPS = 16
log = logging.getLogger(__name__)


class TooManyRuns(ValueError):
    """More runs than MOST_RUNS in one sweep."""


class TooManySweeps(RuntimeError):
    """MOST_SWEEPS sweeps are being computed already."""


def sweep_id(wanted: Iterable[Settings]) -> str:
    """Return the name of a sweep: a hash of its runs, in any order."""
    text = ",".join(sorted(settings.run_id for settings in wanted))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Sweep:
    """Runs being computed together. Read its numbers at any time; the thread that feeds it writes them.

    Attributes:
        wanted: all settings, without doubles.
        waiting: those not yet handed to the workers, next first.
        flying: those handed over.
        done: finished (or diverged) runs by run id.
        failed: what went wrong, by run id.
        found: how many were stored already.
        stopped: a student asked for no more.
        lost: why the sweep cannot go on (the cluster is gone), or None.
    """

    wanted: Sequence[Settings]
    waiting: list[Settings] = field(default_factory=list)
    flying: dict[str, LiveRun] = field(default_factory=dict)
    done: dict[str, Run] = field(default_factory=dict)
    failed: dict[str, BaseException | None] = field(default_factory=dict)
    found: int = 0
    stopped: bool = False
    lost: str | None = None
    began: float = 0.0
    ended: float = 0.0

    @property
    def id(self) -> str:
        """The sweep's name."""
        return sweep_id(self.wanted)

    @property
    def over(self) -> bool:
        """Whether no more runs will come."""
        return self.ended > 0

    @property
    def progress(self) -> float:
        """Share of the work done, 0 to 1, runs in the middle included."""
        partly = sum(live.progress for live in list(self.flying.values()))
        return (len(self.done) + len(self.failed) + partly) / max(len(self.wanted), 1)

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds to the end, or None while nothing is known."""
        computed = self.progress * len(self.wanted) - self.found
        left = len(self.wanted) * (1 - self.progress)
        if self.over or computed < 0.5:
            return None
        return (time.monotonic() - self.began) / computed * left


class Sweeps:
    """The sweeps of this server. Thread-safe."""

    def __init__(self, runs: Runs, find: Callable[[Settings], Run | None] | None = None) -> None:
        """Compute through `runs`; `find` knows of further stored runs, such as those of a shipped map."""
        self.runs = runs
        self._find = find or (lambda settings: None)
        self._sweeps: dict[str, Sweep] = {}
        self._lock = threading.RLock()

    def get(self, name: str) -> Sweep | None:
        """Return a sweep by its id: being computed, or one that ended lately."""
        return self._sweeps.get(name)

    def active(self) -> list[Sweep]:
        """Return the sweeps that go on."""
        return [sweep for sweep in list(self._sweeps.values()) if not sweep.over]

    def find(self, settings: Settings) -> Run | None:
        """Return a stored run, wherever it is stored."""
        return self._find(settings) or self.runs.find(settings)

    def start(self, wanted: Iterable[Settings]) -> Sweep:
        """Compute all these runs, in this order; join the sweep if it is being computed already.

        A sweep that was stopped or lost its cluster goes on where it was: its runs are stored.

        Raises:
            TooManyRuns: more than MOST_RUNS.
            TooManySweeps: MOST_SWEEPS are being computed.
        """
        unique = list({settings.run_id: settings for settings in wanted}.values())
        if len(unique) > MOST_RUNS:
            raise TooManyRuns(len(unique))
        with self._lock:
            known = self._sweeps.get(sweep_id(unique))
            if known is not None and not known.over:
                return known
            if sum(not sweep.over for sweep in self._sweeps.values()) >= MOST_SWEEPS:
                raise TooManySweeps(MOST_SWEEPS)
            sweep = Sweep(unique, waiting=list(unique), began=time.monotonic())
            self._sweeps.pop(sweep.id, None)
            self._sweeps[sweep.id] = sweep
            self._forget_old()
        threading.Thread(target=self._feed, args=(sweep,), daemon=True, name=f"sweep {sweep.id}").start()
        return sweep

    def stop(self, name: str) -> None:
        """Cancel what is left of a sweep; what is done stays."""
        if (sweep := self._sweeps.get(name)) is not None:
            sweep.stopped = True

    def first(self, name: str, run_ids: Sequence[str]) -> None:
        """Compute these runs before the others: the cells a student looks at."""
        sweep = self._sweeps.get(name)
        if sweep is not None:
            with self._lock:
                sweep.waiting.sort(key=lambda settings: settings.run_id not in run_ids)  # stable: the rest keep order

    def _feed(self, sweep: Sweep) -> None:
        """Hand runs over one by one, as workers become free, until all are done or nobody wants them."""
        follower = SWEEP + sweep.id
        try:
            self._collect_stored(sweep)
            at_once = workers.worker_count() + 1 if sweep.waiting else 1
            while (sweep.waiting or sweep.flying) and not sweep.stopped:
                while sweep.waiting and len(sweep.flying) < at_once and self._hand_over(sweep, follower):
                    pass
                self._gather(sweep)
                if not workers.answering():
                    raise workers.WorkersUnavailable(workers.address())
                self._sleep(sweep)
        except workers.WorkersUnavailable as error:
            sweep.lost = str(error)
            sweep.failed.clear()  # lost with the cluster, not by a fault of their own
        except Exception as error:  # said on the page: a thread has nobody to tell
            log.exception("sweep %s", sweep.id)
            sweep.lost = repr(error)
        finally:
            for run_id in list(sweep.flying):
                self.runs.stop(run_id, follower)
            self._gather(sweep)
            sweep.flying.clear()
            sweep.ended = time.monotonic()

    def _collect_stored(self, sweep: Sweep) -> None:
        for settings in list(sweep.waiting):
            if sweep.stopped:
                return
            run = self.find(settings)
            if run is not None:
                sweep.done[settings.run_id] = run
                with self._lock:
                    sweep.waiting.remove(settings)
        sweep.found = len(sweep.done)

    def _hand_over(self, sweep: Sweep, follower: str) -> bool:
        """Start the next run; return False if the queue is full of others' runs."""
        with self._lock:
            settings = sweep.waiting.pop(0)
        try:
            sweep.flying[settings.run_id] = self.runs.start(settings, follower, alone=False)
        except QueueFull:
            with self._lock:
                sweep.waiting.insert(0, settings)
            return False
        return True

    def _gather(self, sweep: Sweep) -> None:
        """Take over the runs that ended."""
        for run_id, live in list(sweep.flying.items()):
            if not live.over:
                continue
            if live.run is not None:
                sweep.done[run_id] = live.run
            elif not sweep.stopped:
                sweep.failed[run_id] = live.error
            del sweep.flying[run_id]

    def _sleep(self, sweep: Sweep, longest: float = 0.25) -> None:
        """Wait until a run ends, or a moment; not at all when none is being computed."""
        if not sweep.flying:
            longest = 0.05 if sweep.waiting else 0.0
        until = time.monotonic() + longest
        while time.monotonic() < until and not sweep.stopped:
            if any(live.over for live in sweep.flying.values()):
                return
            threading.Event().wait(0.01)

    def _forget_old(self) -> None:
        over = [name for name, sweep in self._sweeps.items() if sweep.over]
        for name in over[: max(0, len(over) - KEPT_SWEEPS)]:
            del self._sweeps[name]
