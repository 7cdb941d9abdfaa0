"""Memory: what the server starts with is not looked through again, what a closed tab leaves is collected.

Streamlit's own habit, a full collection after every run of a script, is switched off in `.streamlit/config.toml`: in a
process that holds Plotly, pandas and Dask it took more than half of the time of a class.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

from components.server import sessions

TOGETHER_SECONDS = 3.0
"""Tabs that close within this time share one collection: a class leaves together."""

log = logging.getLogger(__name__)


def freeze() -> None:
    """Take everything that is alive now out of the collector's sight: libraries and caches, which stay."""
    gc.collect()
    gc.freeze()


def collect_behind_closed_tabs(release: Callable[[str], None] = lambda session: None) -> None:
    """Collect, from now on and in the background, after tabs were closed: cycles would hold what they showed.

    Args:
        release: called before, with the id of each session that ended; it may wait for a lock.
    """
    closed: SimpleQueue[str] = SimpleQueue()
    sessions.on_end(closed.put)
    threading.Thread(target=_collect, args=(closed, release), name="collector", daemon=True).start()


def _collect(closed: SimpleQueue[str], release: Callable[[str], None]) -> None:
    while True:
        session = closed.get()
        time.sleep(TOGETHER_SECONDS)
        _release(session, release)
        while not closed.empty():
            _release(closed.get(), release)
        gc.collect()


def _release(session: str, release: Callable[[str], None]) -> None:
    try:
        release(session)
    except Exception:  # the next tab must be released too
        log.exception("what session %s held was not released", session)
