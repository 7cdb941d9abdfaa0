"""What a tracker is told of a run: a name, its settings, and its numbers, update by update."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.runs.run import Run
from core.training.frames import Frame

MOST_ROWS = 1_000
"""Moments that are told at most. Of a longer run only those are told in which the model was measured."""

Row = tuple[int, Mapping[str, float]]
"""An update, and the numbers measured there."""


@dataclass(frozen=True)
class Logged:
    """A run, as a tracker is told it.

    Attributes:
        name: of the run: its task and the first half of its id.
        config: what determined it: task, version, settings, status, and where the numbers come from.
        rows: (update, numbers) in order; `epoch` and `seconds` are among the numbers.
    """

    name: str
    config: Mapping[str, Any]
    rows: tuple[Row, ...]

    @property
    def metrics(self) -> list[str]:
        """The names of all numbers but `epoch` and `seconds`: losses first, then errors, then the rest."""
        names = {name for _update, numbers in self.rows for name in numbers} - {"epoch", "seconds"}
        return sorted(names, key=lambda name: (not name.endswith("loss"), not name.endswith("error"), name))


def logged(run: Run) -> Logged:
    """Return what a tracker is told of a run."""
    frames = run.frames if len(run.frames) <= MOST_ROWS else run.measured[-MOST_ROWS:]
    origin = run.origin
    config = run.settings.to_json() | {
        "status": run.status,
        "computed_on": f"{origin.date}, {origin.machine}, {origin.versions}",
        "recorded": run.recorded,
    }
    return Logged(f"{run.settings.task}-{run.run_id[:8]}", config, tuple(map(_row, frames)))


def _row(frame: Frame) -> Row:
    """Return the numbers of a frame; what was not measured there is left out.

    A stored run writes not-a-number for what a frame lacks: it is a result only where the run diverged.
    """
    measured = {
        name: float(frame.metrics[name])
        for name in sorted(frame.metrics)
        if frame.diverged or not math.isnan(frame.metrics[name])
    }
    return frame.update, {"epoch": float(frame.epoch), "seconds": float(frame.seconds), **measured}
