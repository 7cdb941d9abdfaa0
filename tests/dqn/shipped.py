"""What the page ships, at hand for several tests: the recorded trainings."""

from __future__ import annotations

from core.dqn.presets import PRESETS
from core.dqn.settings import DqnSettings
from core.runs.run import Run
from core.runs.store import RunStore


def run_of(settings: DqnSettings) -> Run:
    """Return a shipped training."""
    found = RunStore().find(settings)
    assert found is not None, f"not shipped: {settings}"
    assert found.recorded
    return found


def preset(name: str) -> Run:
    """Return a preset's training."""
    return run_of(PRESETS[name])


def last(run: Run, name: str) -> float:
    """Return a number of a training's end."""
    return run.measured[-1].metrics[name]
