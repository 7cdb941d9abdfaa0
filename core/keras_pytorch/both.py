"""Both versions of each training side by side: their losses, and the seconds of an update. Measured on a worker.

torch and Keras are imported inside the functions: the web process never loads them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import uuid4

from core import jobs
from core.files import RECORDED, write_whole
from core.jobs import Job
from core.keras_pytorch.settings import COURSE, SUBJECTS
from core.once import once
from core.runs.run import origin_here

UPDATES = 300
"""Whose losses are compared."""
BATCHES = (1, 4, 16, 64, 256, 1_024, 4_096)
VERSIONS = ("loop", "keras")
ENOUGH_SECONDS = 0.25
"""What is timed is repeated until this long."""
FILE = RECORDED / "keras_pytorch" / "both.json"

Measured = dict[str, Any]
"""`date`, `machine`, `versions`; `losses` and `seconds`, by subject and version: of each update, of each batch size."""


@dataclass(eq=False)
class Comparison:
    """The two versions being compared on a worker; made by `start`.

    Attributes:
        job: its result is `Measured`.
        done: how many parts are done.
    """

    job: Job = field(init=False)
    done: int = 0

    @property
    def progress(self) -> float:
        """Share of the work done, 0 to 1."""
        return self.done / (len(SUBJECTS) * (1 + len(BATCHES)))

    def hear(self, done: int) -> None:
        """Take the worker's message."""
        self.done = done


def start(wanted: Callable[[], bool]) -> Comparison:
    """Compare the two versions on a worker of this server, anew each time.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
    """
    asked = Comparison()
    asked.job = jobs.start(compare, key=f"both-{uuid4().hex}", wanted=wanted, hear=asked.hear)
    return asked


def compare() -> Measured:
    """Do what `start` asks for. Runs on a worker."""
    return measure(jobs.Voice().say)


def measure(say: Callable[[int], None] = lambda done: None) -> Measured:
    """Compare losses, then time an update at each batch size; tell after each part how many are done."""
    from core.keras_pytorch.in_keras import losses_of_both

    found: Measured = {**asdict(origin_here()), "losses": {}, "seconds": {}}
    done = 0
    for subject in SUBJECTS:
        # Short, so that the rate of the letters changes half-way.
        settings = replace(COURSE[subject], updates=UPDATES)
        told = losses_of_both(settings, UPDATES)
        found["losses"][subject] = dict(zip(VERSIONS, told, strict=True))
        done += 1
        say(done)
        found["seconds"][subject] = {version: [] for version in VERSIONS}
        for batch in BATCHES:
            for version, seconds in zip(VERSIONS, _seconds(subject, batch), strict=True):
                found["seconds"][subject][version].append(seconds)
            done += 1
            say(done)
    return found


def largest_difference(losses: dict[str, list[float]]) -> float:
    """Return the largest difference between the two versions' losses of an update."""
    return max(abs(one - other) for one, other in zip(losses["loop"], losses["keras"], strict=True))


@once()
def recorded() -> Measured:
    """Return the comparison that is shipped."""
    found: Measured = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def record_both() -> None:
    """Compare here and now, and write what is shipped."""
    write_whole(FILE, json.dumps(measure()).encode())


def _seconds(subject: str, batch: int) -> tuple[float, float]:
    """Return the seconds of an update: of the loop, and of `fit`. No validation in either."""
    from core.keras_pytorch import in_keras
    from core.keras_pytorch.engine import Loop

    loop = Loop(replace(COURSE[subject], batch_size=batch, updates=1_000))
    loop.given["checks"] = set()
    stepper = in_keras.prepared(loop)

    def turns(count: int) -> None:
        for update in range(count):
            stepper.turn(update)

    model = in_keras.build(loop, in_keras.prepared(loop).names)

    def fit(count: int) -> None:
        x, y = stepper.names["X"][: count * batch].numpy(), stepper.names["Y"][: count * batch].numpy()
        model.fit(x, y, batch_size=batch, epochs=1, shuffle=False, verbose=0)

    most = len(stepper.names["X"]) // batch
    return _of_one(turns, most), _of_one(fit, most)


def _of_one(work: Callable[[int], None], most: int) -> float:
    """Return the seconds of one update: of so many at once that they take long enough, the faster of two times."""
    work(2)
    count = 2
    while (seconds := _timed(work, count)) < ENOUGH_SECONDS and count < most:
        count = min(most, max(count * 2, round(count * ENOUGH_SECONDS / max(seconds, 1e-4) * 1.2)))
    return min(seconds, _timed(work, count)) / count


def _timed(work: Callable[[int], None], count: int) -> float:
    began = time.perf_counter()
    work(count)
    return time.perf_counter() - began
