"""The local workers: started while the student still reads."""

from __future__ import annotations

import sys

from core import workers
from tests.helpers import until


def _knows(module: str) -> bool:
    return module in sys.modules


def test_workers_are_warm_before_the_first_run() -> None:
    """Started in the background, every worker imports what it is told to, and nothing fails on the way."""
    workers.stop()
    rarely_needed = "core.batch_learning_rate.range_test"
    workers.start_soon(rarely_needed)
    until(lambda: workers.answering() and all(workers.client().run(_knows, rarely_needed).values()))
