"""What several test files share."""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is imported: sums in the order of the workers', bit for bit

import threading
from collections.abc import Callable, Iterator

import pytest

from core import workers


def until(condition: Callable[[], object], seconds: float = 120) -> None:
    """Wait until a condition of another process holds; fail if it never does."""
    tick = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        tick.wait(0.02)
    pytest.fail("it never happened")


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """Start the local workers once for all tests that need them."""
    workers.client()
    yield
    workers.stop()
