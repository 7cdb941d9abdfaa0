"""The experiments over seeds of this server."""

from __future__ import annotations

from core.once import once
from core.runs import live
from core.runs.sweeps import Sweeps


@once()
def default() -> Sweeps:
    """Return them, made on first use."""
    return Sweeps(live.default())
