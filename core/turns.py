"""Turns: pages are drawn one after the other, and who has seen nothing yet comes first.

Python runs one thread at a time. When a class opens a page together, thirty threads that take it from each other every
few milliseconds all end late, and spend a part of the time on the changes. One after the other, the first student has a
page after one page's time, and the last one earlier than before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count

LONGEST = 0.25
"""Seconds that a turn lasts. A page needs a fifth of it, and one that hangs must not hold up a class."""

_lock = threading.Lock()
_holder, _until = 0, 0.0  # the thread whose turn it is, and when it is over
_waiting: list[tuple[bool, int, int, threading.Event]] = []  # whether it may wait, its number, its thread, its call
_numbers = count()


@contextmanager
def mine(*, first: bool) -> Iterator[None]:
    """Wait for a turn, and have it for this block, until `give_back`, or for the longest time.

    Args:
        first: this one shows a student the very first page; it goes before those who have one to read.
    """
    _wait(later=not first)
    try:
        yield
    finally:
        give_back()


def give_back() -> None:
    """Let the next one go on, if this thread has the turn: it is about to wait for something else than Python."""
    with _lock:
        if _holder == threading.get_ident():
            _pass_on()


def _wait(*, later: bool) -> None:
    me, called = threading.get_ident(), threading.Event()
    with _lock:
        heappush(_waiting, (later, next(_numbers), me, called))
        if not _holder:
            _pass_on()
    while not called.wait(max(0.0, _until - time.monotonic())):
        with _lock:
            if time.monotonic() >= _until:
                _pass_on()


def _pass_on() -> None:
    """Give the turn to the first who waits, or to nobody. Called under the lock."""
    global _holder, _until
    _holder = 0
    if _waiting:
        _later, _number, _holder, called = heappop(_waiting)
        _until = time.monotonic() + LONGEST
        called.set()
