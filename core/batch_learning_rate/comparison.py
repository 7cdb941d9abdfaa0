"""What the curves of two runs say: who is ahead, on which axis, and when a run is good."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from core.batch_learning_rate.settings import RateSettings
from core.tasks.digits.data import TRAIN
from core.training.frames import Frame

GOOD_ACCURACY = 0.95
Axis = Literal["updates", "epochs", "examples", "seconds"]
AXES: tuple[Axis, ...] = ("updates", "epochs", "examples", "seconds")


def position(frame: Frame, axis: Axis, batch_size: int, examples: int = TRAIN) -> float:
    """Return where a frame lies on an axis: updates, epochs, examples seen or seconds of training."""
    match axis:
        case "updates":
            return float(frame.update)
        case "epochs":
            return frame.epoch
        case "examples":
            return frame.update * float(min(batch_size, examples))
    return frame.seconds


def reached(frames: Sequence[Frame], accuracy: float = GOOD_ACCURACY) -> Frame | None:
    """Return the first measured frame at which the validation accuracy is at least this, or None."""
    return next(
        (frame for frame in frames if frame.measured and 1 - frame.metrics["validation_error"] >= accuracy), None
    )


class Crossing(NamedTuple):
    """When a run became good: updates, and seconds of training."""

    updates: float
    seconds: float


def crossing(frames: Sequence[Frame], accuracy: float = GOOD_ACCURACY) -> Crossing | None:
    """Return when the accuracy passed this, by a straight line between the two measurements around it, or None."""
    after = reached(frames, accuracy)
    if after is None:
        return None
    earlier = [frame for frame in frames if frame.measured and frame.update < after.update]
    if not earlier:
        return Crossing(after.update, after.seconds)
    before = earlier[-1]
    e0, e1 = (frame.metrics["validation_error"] for frame in (before, after))
    share = (e0 - (1 - accuracy)) / (e0 - e1)
    return Crossing(*(getattr(before, name) + share * (getattr(after, name) - getattr(before, name))
                      for name in ("update", "seconds")))  # fmt: skip


@dataclass(frozen=True)
class Lead:
    """Which of two runs is ahead on one axis, where both have come.

    Attributes:
        axis: how they are compared.
        at: the furthest place that both reached.
        first, second: their validation losses or error rates there, interpolated between measurements.
        winner: 0, 1, or None if they differ by less than 2 %.
    """

    axis: Axis
    at: float
    first: float
    second: float
    winner: int | None


def who_leads(
    first: tuple[RateSettings, Sequence[Frame]],
    second: tuple[RateSettings, Sequence[Frame]],
    axis: Axis,
    metric: str = "loss",
) -> Lead | None:
    """Compare the "loss" or "error" of two runs at the same number of updates, epochs …; None if either is empty."""
    curves = [
        [
            (position(frame, axis, settings.batch_size, settings.examples), frame.metrics[f"validation_{metric}"])
            for frame in frames
            if frame.measured and math.isfinite(frame.metrics["validation_loss"])
        ]
        for settings, frames in (first, second)
    ]
    if not all(curves):
        return None
    at = min(curve[-1][0] for curve in curves)
    one, two = (_interpolated(curve, at) for curve in curves)
    close = abs(one - two) <= 0.02 * min(one, two)
    return Lead(axis, at, one, two, None if close else int(two < one))


def _interpolated(curve: Sequence[tuple[float, float]], at: float) -> float:
    before = next(point for point in reversed(curve) if point[0] <= at) if curve[0][0] <= at else curve[0]
    after = next((point for point in curve if point[0] >= at), curve[-1])
    if after[0] <= before[0]:
        return before[1]
    share = (at - before[0]) / (after[0] - before[0])
    return before[1] + share * (after[1] - before[1])
