"""Memory: what the server starts with is not looked through again, what a closed tab leaves is collected.

Streamlit's own habit, a full collection after every run of a script, is switched off in `.streamlit/config.toml`: in a
process that holds Plotly, pandas and Dask it took more than half of the time of a class.
"""

from __future__ import annotations

import gc
import threading
import time

from components.server import sessions

TOGETHER_SECONDS = 3.0
"""Tabs that close within this time share one collection: a class leaves together."""

_closed = threading.Event()


def freeze() -> None:
    """Take everything that is alive now out of the collector's sight: libraries and caches, which stay."""
    gc.collect()
    gc.freeze()


def collect_behind_closed_tabs() -> None:
    """Collect, from now on and in the background, after tabs were closed: cycles would hold what they showed."""
    sessions.on_end(lambda session: _closed.set())
    threading.Thread(target=_collect, name="collector", daemon=True).start()


def _collect() -> None:
    while True:
        _closed.wait()
        time.sleep(TOGETHER_SECONDS)
        _closed.clear()
        gc.collect()
