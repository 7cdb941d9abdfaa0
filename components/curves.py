"""Learning curves, drawn in the browser: a first chart of Plotly's keeps a page's picture waiting for a second.

The axes are fixed beforehand, so that nothing jumps while a run grows. Only `show` speaks to Streamlit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from components.in_browser import component, surroundings
from core.training.frames import Frame

Chart = Mapping[str, Any]
"""What the browser draws, as plain JSON."""


@dataclass(frozen=True)
class Curve:
    """One curve: a set's measure along a run.

    Attributes:
        split: "train", "validation" or "test"; gives colour, dash and mark.
        name: its legend.
        x: epochs, updates, examples or seconds.
        y: loss or error rate; not-a-number breaks the line.
        faded: a run to compare with, behind the current one.
    """

    split: Literal["train", "validation", "test"]
    name: str
    x: Sequence[float]
    y: Sequence[float]
    faded: bool = False


@dataclass(frozen=True)
class Axis:
    """One axis.

    Attributes:
        title: with the unit.
        low: where it begins; above zero if it is logarithmic.
        high: where it ends.
        scale: the distance of values, or that of their logarithms.
    """

    title: str
    low: float
    high: float
    scale: Literal["linear", "log"] = "linear"


def chart(
    drawn: Sequence[Curve],
    *,
    x: Axis,
    y: Axis,
    marks: Sequence[tuple[float, str]] = (),
    levels: Sequence[tuple[float, str]] = (),
) -> Chart:
    """Lay curves out.

    Args:
        drawn: back to front; the last one's points are those that are read.
        x: the horizontal axis, linear.
        y: the vertical axis; what is higher leaves the plot.
        marks: vertical lines (x, words), such as a change of rate.
        levels: horizontal lines (y, words), such as what chance reaches.
    """
    return {
        "curves": [asdict(curve) | {"y": [_drawable(value) for value in curve.y]} for curve in drawn],
        "x": asdict(x),
        "y": asdict(y),
        "marks": [{"x": place, "words": words} for place, words in marks],
        "levels": [{"y": height, "words": words} for height, words in levels],
    }


def show(drawn: Chart, *, key: str, alt: str, height: int) -> None:
    """Mount curves.

    Args:
        drawn: made by `chart`.
        key: of the element; the same at every run, so that the curves are redrawn and not replaced.
        alt: what they show, in words, for who does not see them.
        height: of the plot, in pixels.
    """
    component("curves")(key=key, data=surroundings() | {**drawn, "alt": alt, "height": height})


def column(frames: Sequence[Frame], metric: str) -> list[float]:
    """Return one metric of measured frames; what is missing or infinite is not-a-number, which breaks the line."""
    values = [frame.metrics.get(metric, math.nan) for frame in frames]
    return [value if math.isfinite(value) else math.nan for value in values]


def measure_axis(title: str, values: Sequence[float], *, log: bool) -> Axis:
    """Return an axis around the finite values: from zero to a bit above them, or a bit around them on a log axis."""
    finite = [value for value in values if math.isfinite(value) and (value > 0 or not log)]
    if not log:
        return Axis(title, 0.0, 1.08 * max(finite, default=0.926))
    lowest, highest = max(min(finite, default=1e-2), 1e-6), min(max(finite, default=10.0), 1e6)
    return Axis(title, 10 ** (math.log10(lowest) - 0.1), 10 ** (math.log10(highest) + 0.1), "log")


def _drawable(value: float) -> float | None:
    return value if math.isfinite(value) else None
