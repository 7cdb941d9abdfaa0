"""The time of a training step as three numbers of a machine: overhead + max(bytes ÷ bandwidth, operations ÷ rate).

The roofline (Williams, Waterman, Patterson, 2009) with what it leaves out: the overhead of giving orders. The three
numbers are fitted to measured points; what the fit is worth is told by points that it has not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from core.gpu.work import moved_bytes, operations

FOLDS = 4
"""The points are cut into so many parts; each is predicted by a fit to the others."""
_SHARES = (1.0, 0.3)
"""Of the largest bandwidth and rate that any point has reached: the fit sets out from each pair of these."""
_STIFF = 0.2
"""Relative errors beyond this count less: one disturbed measurement must not bend the curve."""


@dataclass(frozen=True)
class Point:
    """One measured step: how wide, how many examples, how many seconds."""

    width: int
    batch: int
    seconds: float


@dataclass(frozen=True)
class Machine:
    """What a step's time depends on.

    Attributes:
        overhead: seconds of every step, however small: Python and PyTorch give their orders one by one.
        bandwidth: bytes a second between memory and processor.
        rate: operations a second.
    """

    overhead: float
    bandwidth: float
    rate: float


@dataclass(frozen=True)
class Parts:
    """A step's time, cut; in seconds. Memory and arithmetic go on at the same time: the longer one counts."""

    launch: float
    transfer: float
    memory: float
    arithmetic: float

    @property
    def total(self) -> float:
        """The whole step."""
        return self.launch + self.transfer + max(self.memory, self.arithmetic)

    @property
    def rules(self) -> str:
        """The name of the part that takes longest."""
        held = {"launch": self.launch, "transfer": self.transfer, "memory": self.memory, "arithmetic": self.arithmetic}
        return max(held, key=held.__getitem__)


def parts(machine: Machine, width: int, batch: int, precision: str = "fp32", transfer: float = 0.0) -> Parts:
    """Return what a step consists of.

    Args:
        machine: that computes.
        width: of the network.
        batch: examples of the step.
        precision: of its numbers.
        transfer: seconds to send the batch to the card first.
    """
    memory = moved_bytes(width, batch, precision) / machine.bandwidth
    return Parts(machine.overhead, transfer, memory, operations(width, batch) / machine.rate)


def fit(points: Sequence[Point], precision: str = "fp32", known: tuple[float, float] | None = None) -> Machine:
    """Find the machine whose times are nearest to the measured ones, in relative error.

    Args:
        points: measured.
        precision: of their numbers.
        known: bandwidth and rate, where copies and products have measured them apart: steps of a fast card are too
            short to tell. Then only the overhead is fitted.
    """
    from scipy.optimize import least_squares

    moved, worked, seconds = _columns(points, precision)

    def residuals(logarithms: NDArray[np.float64]) -> NDArray[np.float64]:
        overhead, *fitted = np.exp(logarithms)
        bandwidth, rate = known or fitted
        return np.asarray(np.log((overhead + np.maximum(moved / bandwidth, worked / rate)) / seconds))

    found = None
    reached = (moved / seconds).max(), (worked / seconds).max()  # no machine of the model does less
    starts = [(a * reached[0], b * reached[1]) for a, b in product(_SHARES, repeat=2)]
    for start in [()] if known else starts:
        tried = least_squares(residuals, np.log([seconds.min(), *start]), loss="soft_l1", f_scale=_STIFF)
        if found is None or tried.cost < found.cost:
            found = tried
    assert found is not None
    overhead, *fitted = (float(value) for value in np.exp(found.x))
    bandwidth, rate = known or fitted
    return Machine(overhead, bandwidth, rate)


def predicted(machine: Machine, points: Iterable[Point], precision: str = "fp32") -> NDArray[np.float64]:
    """Return the model's seconds for the points."""
    return np.array([parts(machine, point.width, point.batch, precision).total for point in points])


def errors_left_out(
    points: Sequence[Point], precision: str = "fp32", known: tuple[float, float] | None = None
) -> NDArray[np.float64]:
    """Return the relative error of each point, predicted by a fit that has not seen it: 0.1 is a tenth too slow."""
    found = np.zeros(len(points))
    for fold in range(FOLDS):
        inside = [point for at, point in enumerate(points) if at % FOLDS != fold]
        outside = [point for at, point in enumerate(points) if at % FOLDS == fold]
        told = predicted(fit(inside, precision, known), outside, precision)
        found[fold::FOLDS] = told / np.array([point.seconds for point in outside]) - 1
    return found


def _columns(points: Sequence[Point], precision: str) -> tuple[NDArray[np.float64], ...]:
    """Return the bytes moved, the operations and the seconds of points."""
    return (
        np.array([moved_bytes(point.width, point.batch, precision) for point in points], float),
        np.array([operations(point.width, point.batch) for point in points], float),
        np.array([point.seconds for point in points], float),
    )
