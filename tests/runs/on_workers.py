"""What the tests of runs ask of real workers: short and long runs, grids of runs, and to wait for their end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core import workers
from core.batch_learning_rate.settings import RateSettings
from core.runs.live import LiveRun
from core.runs.run import Run
from core.runs.sweeps import Sweep
from core.tasks.digits.settings import DigitsSettings
from tests.helpers import until

SHORT = DigitsSettings(examples=300, epochs=2)
LONG = DigitsSettings(epochs=100)
SWEPT = RateSettings(examples=300, updates=8, batch_size=64, learning_rate=0.1)
SWEPT_LONG = replace(SWEPT, updates=20_000)


def grid(base: RateSettings = SWEPT, rates: int = 3, seeds: int = 2) -> list[RateSettings]:
    """Return a grid of runs that differ in rate and seed."""
    return [
        replace(base, learning_rate=0.01 * (rate + 1), seed=seed)
        for seed in range(1, seeds + 1)
        for rate in range(rates)
    ]


def ended(live: LiveRun) -> Run:
    """Wait for the end of a run and return it."""
    until(lambda: live.over)
    assert live.run is not None, live.error
    return live.run


def finished(sweep: Sweep) -> Sweep:
    """Wait for the end of a sweep."""
    until(lambda: sweep.over)
    return sweep


def busy() -> bool:
    """Tell whether any worker computes something."""
    return any(workers.client().processing().values())


def last_weights(run: Run) -> np.ndarray:
    """Return the last layer's weights at the end of a run on the digits."""
    return run.measured[-1].arrays["weights/10.weight"]
