"""What the tests of a measurement that a server shares ask: which processes measure now; and one that measures nothing.

Run as a module, it says what a measurement says, in one of several ways (`WAYS`): real processes, that take no time.
"""

from __future__ import annotations

import os
import sys
import threading
import uuid
from functools import partial

import psutil

from core.measurement import Measurement, Row, aloud, say
from core.once import once

MODULE = "tests.measurements"
"""This one, as a process of its own runs it."""
ROWS: list[Row] = [
    {"line": "one", "precision": "fp32", "width": width, "batch": 1, "seconds": 1e-3} for width in (16, 64)
]
"""As the page on the GPU draws them."""
FAR_TOO_LONG = 600.0
"""Seconds after which a process ends that should have been ended long before."""
EARLY = 3
"""What a process ends with that has not measured all."""


def running(module: str) -> list[psutil.Process]:
    """Return the processes that run a module of ours, among those that this one has started."""
    children = psutil.Process().children(recursive=True)
    return [each for each in children if each.is_running() and module in _words(each)]


def made(way: str, **limits: float) -> Measurement[Row]:
    """Return a measurement that nobody has asked for yet, under a name that no other test has."""
    return Measurement(f"measured {way}: {uuid.uuid4()}", partial(aloud, MODULE, way, **limits), lambda told: told)


@once()
def of_panel() -> Measurement[Row]:
    """Return the measurement that the panel of a small page shows: it is not over before it is stopped."""
    return made("silent")


def whole() -> None:
    """Say four points, and measure two: the others are left out."""
    _begin()
    for row in ROWS:
        say(row)
    say({"points": len(ROWS)})
    say({"rows": ROWS})


def silent() -> None:
    """Say one point of four, and no word more."""
    _begin()
    say(ROWS[0])
    threading.Event().wait(FAR_TOO_LONG)


def noisy() -> None:
    """Say one point of four, and then what no message is, for ever."""
    _begin()
    say(ROWS[0])
    wait = threading.Event()
    for _ in range(int(100 * FAR_TOO_LONG)):
        print("UserWarning: nothing was measured", flush=True)
        wait.wait(0.01)


def rubbish() -> None:
    """Say all, and between its messages what is no message, or JSON of another kind."""
    _begin()
    for other in (b"UserWarning: slow", b"", b"\xff\xfe", b"7", b"null", b"[1]", b'{"half', b"[" * 100_000):
        sys.stdout.buffer.write(other + b"\n")
    for row in ROWS:
        say(row)
        print("Loading weights: 100%", flush=True)
    say({"rows": ROWS})


def early() -> None:
    """Say one point of four, and end."""
    _begin()
    say(ROWS[0])
    sys.exit(EARLY)


WAYS = {each.__name__: each for each in (whole, silent, noisy, rubbish, early)}


def _begin() -> None:
    say({"points": 4, "process": os.getpid()})


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


if __name__ == "__main__":
    WAYS[sys.argv[1]]()
