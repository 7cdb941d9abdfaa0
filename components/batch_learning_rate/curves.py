"""The right picture of the page: a real network's curves, on four possible axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from components.batch_learning_rate.words import axis_titles, difference
from components.curves import Curve, Figure, axis_range, column, curves
from components.language import _, current, number
from components.projection import is_projected
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


def figure(settings: RateSettings, frames: Sequence[Frame], view: View, pinned: Run | None) -> Figure:
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
    return curves(
        drawn,
        y_title=_("loss (cross-entropy, nats)") if view.metric == "loss" else _("error rate"),
        x_title=axis_titles()[view.axis],
        log=view.log,
        x_range=(-0.02 * reach, 1.02 * reach),
        y_range=axis_range(values, log=view.log),
        marks=_marks(settings, frames, view.axis),
        projected=is_projected(),
        height=530 if is_projected() else 400,
        language=current(),
    )


def show(drawn: Figure, frames: Sequence[Frame], *, key: str = "blr-curves") -> None:
    """Show the curves, and say in words what they show."""
    measured = [frame for frame in frames if frame.measured]
    if len(measured) > 1:
        last = measured[-1]
        alt = _("Curves of a run; validation loss {loss} after {updates} updates.",
                loss=number(last.metrics["validation_loss"]), updates=number(last.update))  # fmt: skip
    else:
        alt = _("Empty axes: this network has not been trained yet.")
    height = drawn["layout"]["height"]
    st.plotly_chart(drawn, key=key, alt=alt, config={"displayModeBar": False}, height=height)


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
            place = position(replace(after, update=update, epoch=update / settings.updates_per_epoch), axis,
                             settings.batch_size, settings.examples)  # fmt: skip
            found.append((place, f"η = {number(rate)}"))
    return found
