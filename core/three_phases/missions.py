"""When the missions about the three phases are reached: by runs that were trained here or replayed."""

from __future__ import annotations

from core.runs.run import Run
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.settings import AlignedSettings

PAIRS, OBEYED = 2_000, 0.95
"""Pairs that are enough, and the share of instructions that is to be obeyed at the end."""
PRICE, LEFT = 0.05, 0.1
"""Share of instructions that a good alignment may unlearn, and share of stories that a hacked reward leaves."""
RISE = 2.0
"""Deviations of the reward by which a hacked one has risen."""


def frugal(run: Run | None) -> bool:
    """Whether a fine-tuning obeys with few pairs."""
    if run is None or not isinstance(run.settings, InstructedSettings) or run.settings.pairs > PAIRS:
        return False
    return run.measured[-1].metrics["obeyed"] >= OBEYED


def aligned(run: Run | None) -> bool:
    """Whether an alignment raised what the taste itself finds, and unlearned hardly any instruction."""
    if run is None or not isinstance(run.settings, AlignedSettings) or run.settings.private:
        return False
    first, last = run.measured[0].metrics, run.measured[-1].metrics
    return last["worth"] > first["worth"] and first["obeyed"] - last["obeyed"] <= PRICE


def hacked(run: Run | None) -> bool:
    """Whether the reward rose while the stories were lost, though there was a leash: without one it is no feat."""
    if run is None or not isinstance(run.settings, AlignedSettings) or run.settings.beta == 0:
        return False
    first, last = run.measured[0].metrics, run.measured[-1].metrics
    return last["reward"] - first["reward"] >= RISE and last["recognised"] <= LEFT
