"""The sweeps of the batch size and learning rate page, which know the runs of the shipped map."""

from __future__ import annotations

from core.once import once
from core.runs import live as core_runs
from core.runs.run import Run
from core.runs.sweeps import Sweeps
from core.training.settings import Settings


@once()
def default() -> Sweeps:
    """Return the sweeps of this process, over its runs and the shipped maps."""
    from core.batch_learning_rate.rate_map import recorded_run
    from core.batch_learning_rate.settings import RateSettings

    def find(settings: Settings) -> Run | None:
        return recorded_run(settings) if isinstance(settings, RateSettings) else None

    return Sweeps(core_runs.default(), find)
