"""A real network's curves, on four possible axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from components.batch_learning_rate.words import axis_titles, difference
from components.curves import Axis as Scaled
from components.curves import Chart, Curve, chart, column, measure_axis, show
from components.language import _, _n, number
from components.projection import is_projected
from components.trainings import measure_title
from core.batch_learning_rate.comparison import Axis, position
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run
from core.training.frames import Frame


@dataclass(frozen=True)
class View:
    """How the curves are drawn."""

    axis: Axis
    metric: str
    log: bool


def run_chart(settings: RateSettings, frames: Sequence[Frame], view: View, pinned: Run | None) -> Chart:
    """Draw a run over the pinned one, on the chosen axis."""
    drawn = []
    other = pinned.settings if pinned is not None else None
    if pinned is not None and isinstance(other, RateSettings) and other != settings:
        drawn.append(_validation(other, pinned.frames, view, difference(other, settings), True))
    if view.metric == "loss":
        x = [position(frame, view.axis, settings.batch_size, settings.examples) for frame in frames[1:]]
        drawn.append(Curve("train", _("train (mean of the batches)"), x, column(frames[1:], "running_loss")))
    drawn.append(_validation(settings, frames, view, "", False))
    ends = [curve.x[-1] for curve in drawn if curve.x]
    reach = max([*ends, _whole(settings, frames, view.axis)])
    low_high = [1e-2, 2.5] if view.metric == "loss" else [0.02, 0.9]
    values = [min(value, 10.0) for curve in drawn for value in curve.y] + low_high
    return chart(
        drawn,
        x=Scaled(axis_titles()[view.axis], -0.02 * reach, 1.02 * reach),
        y=measure_axis(measure_title(view.metric), values, log=view.log),
        marks=_marks(settings, frames, view.axis),
    )


def show_run(settings: RateSettings, frames: Sequence[Frame], view: View, pinned: Run | None) -> None:
    """Show a run over the pinned one, and say in words what the curves show."""
    drawn = run_chart(settings, frames, view, pinned)
    alt = _alt([frame for frame in frames if frame.measured])
    show(drawn, key="blr-curves", alt=alt, height=530 if is_projected() else 400)


def _alt(measured: Sequence[Frame]) -> str:
    if len(measured) < 2:
        return _("Empty axes: this network has not been trained yet.")
    last = measured[-1]
    return _n(
        "Curves of a run; validation loss {loss} after {count} update.",
        "Curves of a run; validation loss {loss} after {count} updates.",
        last.update,
        loss=number(last.metrics["validation_loss"]),
    )


def _validation(settings: Any, frames: Sequence[Frame], view: View, suffix: str, faded: bool) -> Curve:
    measured = [frame for frame in frames if frame.measured]
    x = [position(frame, view.axis, settings.batch_size, settings.examples) for frame in measured]
    name = _("validation") + (f" ({suffix})" if suffix else "")
    return Curve("validation", name, x, column(measured, f"validation_{view.metric}"), faded)


def _whole(settings: RateSettings, frames: Sequence[Frame], axis: Axis) -> float:
    """Return where the run will end, so that the axis does not move while it grows; seconds are not known before."""
    if axis == "seconds":
        return max([1.0, *(frame.seconds for frame in frames[-1:])])
    end = Frame(settings.updates, settings.updates / settings.updates_per_epoch, 0.0, {})
    return position(end, axis, settings.batch_size, settings.examples)


def _marks(settings: RateSettings, frames: Sequence[Frame], axis: Axis) -> list[tuple[float, str]]:
    """Return a vertical line for each change of rate that has happened."""
    changed = list(settings.rate_changes)
    if settings.schedule == "step":
        changed.append((settings.updates // 2, settings.learning_rate / 10))
    found = []
    for update, rate in changed:
        after = next((frame for frame in frames if frame.update >= update), None)
        if after is not None:
            moment = replace(after, update=update, epoch=update / settings.updates_per_epoch)
            place = position(moment, axis, settings.batch_size, settings.examples)
            found.append((place, _("learning rate {value}", value=number(rate))))
    return found
