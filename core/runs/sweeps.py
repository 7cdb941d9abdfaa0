"""Many runs at once: a sweep is a list of settings whose runs go to the workers as ordinary runs.

Stored runs are not computed again, equal runs once, other students' runs are not held up: a sweep keeps no more
runs in the queue than there are workers, and one more. It goes on when its page is closed, and whoever comes back
finds it where it is; but it belongs to the students who asked for it: one sweep each, and nobody else stops it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from core import jobs, limits, workers
from core.files import sha256_of
from core.runs.live import SWEEP, LiveRun, QueueFull, Runs
from core.runs.run import Run
from core.training.settings import Settings

KEPT_SWEEPS = 16
log = logging.getLogger(__name__)


class TooManyRuns(ValueError):
    """More runs than one sweep may have (`core.limits`)."""


class TooManySweeps(RuntimeError):
    """As many sweeps are being computed as this server computes at once (`core.limits`)."""


class OneSweepEach(RuntimeError):
    """The student has another sweep that is being computed."""


def sweep_id(wanted: Iterable[Settings]) -> str:
    """Return the name of a sweep: a hash of its runs, in any order."""
    text = ",".join(sorted(settings.run_id for settings in wanted))
    return sha256_of(text.encode())[:16]


@dataclass
class Sweep:
    """Runs being computed together. Read its numbers at any time; the thread that feeds it writes them.

    Attributes:
        wanted: all settings, without doubles.
        waiting: those not yet handed to the workers, next first.
        computing: those handed over.
        done: finished (or diverged) runs by run id.
        failed: what went wrong, by run id.
        found: how many were stored already.
        stopped: a student asked for no more.
        lost: why the sweep cannot go on (the cluster is gone), or None.
        owners: the sessions that asked for it.
    """

    wanted: Sequence[Settings]
    waiting: list[Settings] = field(default_factory=list)
    computing: dict[str, LiveRun] = field(default_factory=dict)
    done: dict[str, Run] = field(default_factory=dict)
    failed: dict[str, BaseException | None] = field(default_factory=dict)
    found: int = 0
    stopped: bool = False
    lost: str | None = None
    owners: set[str] = field(default_factory=set)
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
        partly = sum(live.progress for live in list(self.computing.values()))
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

    def find_all(self, wanted: Iterable[Settings]) -> list[Run]:
        """Return the runs among these settings that are stored, wherever they are."""
        listed = list(wanted)
        found = {settings.run_id: self._find(settings) for settings in listed}
        found |= {run.run_id: run for run in self.runs.find_all(s for s in listed if found[s.run_id] is None)}
        return [run for settings in listed if (run := found[settings.run_id]) is not None]

    def start(self, wanted: Iterable[Settings], owner: str) -> Sweep:
        """Compute all these runs, in this order; join the sweep if it is being computed already.

        A sweep that was stopped or lost its cluster goes on where it was: its runs are stored.

        Args:
            wanted: what to run.
            owner: the session that asks. One that joins is an owner too.

        Raises:
            TooManyRuns: more than one sweep may have.
            OneSweepEach: the session's other sweep is being computed.
            TooManySweeps: as many are being computed as may.
        """
        unique = list({settings.run_id: settings for settings in wanted}.values())
        if len(unique) > limits.current().sweep_runs:
            raise TooManyRuns(len(unique))
        with self._lock:
            known = self._sweeps.get(sweep_id(unique))
            if known is not None and not known.over and not known.stopped:
                known.owners.add(owner)
                return known
            going = [sweep for sweep in self._sweeps.values() if not sweep.over and not sweep.stopped]
            if any(owner in sweep.owners for sweep in going):
                raise OneSweepEach(owner)
            if len(going) >= limits.current().sweeps:
                raise TooManySweeps(len(going))
            sweep = Sweep(unique, waiting=list(unique), owners={owner}, began=time.monotonic())
            self._sweeps.pop(sweep.id, None)
            self._sweeps[sweep.id] = sweep
            self._forget_old()
        threading.Thread(target=self._feed, args=(sweep,), daemon=True, name=f"sweep {sweep.id}").start()
        return sweep

    def may_stop(self, name: str, session: str) -> bool:
        """Whether a session may stop a sweep: it asked for it, or those who did have closed their tabs."""
        sweep = self._sweeps.get(name)
        return sweep is not None and (session in sweep.owners or not any(map(self.runs.is_active, sweep.owners)))

    def stop(self, name: str, session: str) -> None:
        """Let go of a sweep. Without another owner, what is left of it is cancelled; what is done stays."""
        with self._lock:
            sweep = self._sweeps.get(name)
            if sweep is None or not self.may_stop(name, session):
                return
            sweep.owners.discard(session)
            sweep.stopped = not any(map(self.runs.is_active, sweep.owners))

    def _feed(self, sweep: Sweep) -> None:
        """Hand runs over one by one, as workers become free, until all are done or nobody wants them."""
        follower = SWEEP + sweep.id
        try:
            self._collect_stored(sweep)
            at_once = workers.worker_count() + 1 if sweep.waiting else 1
            while (sweep.waiting or sweep.computing) and not sweep.stopped:
                while sweep.waiting and len(sweep.computing) < at_once and self._hand_over(sweep, follower):
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
            for run_id in list(sweep.computing):
                self.runs.stop(run_id, follower)
            self._gather(sweep)
            sweep.computing.clear()
            sweep.ended = time.monotonic()

    def _collect_stored(self, sweep: Sweep) -> None:
        sweep.done.update((run.run_id, run) for run in self.find_all(sweep.wanted))
        with self._lock:
            sweep.waiting = [settings for settings in sweep.waiting if settings.run_id not in sweep.done]
        sweep.found = len(sweep.done)

    def _hand_over(self, sweep: Sweep, follower: str) -> bool:
        """Start the next run; return False if the queue is full of others' runs."""
        with self._lock:
            settings = sweep.waiting.pop(0)
        try:
            sweep.computing[settings.run_id] = self.runs.start(settings, follower, alone=False)
        except QueueFull:
            with self._lock:
                sweep.waiting.insert(0, settings)
            return False
        return True

    def _gather(self, sweep: Sweep) -> None:
        """Take over the runs that ended."""
        for run_id, live in list(sweep.computing.items()):
            if not live.over:
                continue
            if live.run is not None:
                sweep.done[run_id] = live.run
            elif not sweep.stopped:
                sweep.failed[run_id] = live.error
            del sweep.computing[run_id]

    def _sleep(self, sweep: Sweep) -> None:
        """Wait until a run ends, or a moment, so that a Stop is heard."""
        if sweep.computing:
            jobs.wait_any([live.job for live in sweep.computing.values()], 0.25)
        elif sweep.waiting:  # the queue is full of others' runs
            time.sleep(0.05)

    def _forget_old(self) -> None:
        over = [name for name, sweep in self._sweeps.items() if sweep.over]
        for name in over[: max(0, len(over) - KEPT_SWEEPS)]:
            del self._sweeps[name]
