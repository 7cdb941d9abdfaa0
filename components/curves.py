"""Learning curves: pure functions from frames to Plotly figures. Fixed axes, honest scales, one colour per set."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.training.frames import Frame

COLOURS = {"train": "#0072B2", "validation": "#E69F00", "test": "#009E73"}
DASHES = {"train": "solid", "validation": "dash", "test": "dot"}
SYMBOLS = {"train": "circle", "validation": "square", "test": "diamond"}
# A wall projector and a colour-blind eye both need more than colour: dash and marker tell the sets apart too.

Figure = dict[str, Any]
"""A Plotly figure as plain JSON: building graph objects costs more than the whole rerun (15 ms against 0.3)."""


@dataclass(frozen=True)
class Curve:
    """One curve: a set's measure along a run.

    Attributes:
        split: "train", "validation" or "test"; gives colour, dash and marker.
        name: its legend.
        x: epochs, updates, examples or seconds.
        y: loss or error rate; not-a-number breaks the line.
        faded: a pinned run, behind the current one.
    """

    split: str
    name: str
    x: Sequence[float]
    y: Sequence[float]
    faded: bool = False


def curves(
    drawn: Sequence[Curve],
    *,
    y_title: str,
    x_title: str,
    log: bool,
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    marks: Sequence[tuple[float, str]] = (),
    cursor: float | None = None,
    projected: bool = False,
    height: int = 430,
    language: str = "fr",
) -> Figure:
    """Draw curves on fixed axes.

    Args:
        drawn: back to front.
        y_title: with its unit.
        x_title: with its unit.
        log: logarithmic y axis; `y_range` is given in the quantity itself.
        x_range: fixed, so that the picture does not jump while a run grows.
        y_range: fixed likewise.
        marks: vertical lines (x, label), such as the best validation epoch.
        cursor: where the ruler stands.
        projected: thick lines and large markers.
        height: in pixels.
        language: writes the decimal separator.
    """
    low, high = y_range
    if log:
        low, high = math.log10(max(low, 1e-12)), math.log10(max(high, 1e-12))
    shapes = [_vertical(x, "#6E6E6E", "dot") for x, label in marks]
    if cursor is not None:
        shapes.append(_vertical(cursor, "#CC79A7", "solid"))
    size = 21 if projected else 14
    return {
        "data": [_trace(curve, projected) for curve in drawn],
        "layout": {
            "height": height,
            "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
            "font": {"size": size},
            "xaxis": {"title": {"text": x_title}, "range": list(x_range), "automargin": True, "showgrid": False},
            "yaxis": {
                "title": {"text": y_title},
                "type": "log" if log else "linear",
                "range": [low, high],
                "automargin": True,
                "exponentformat": "none",
                **({"dtick": 1} if log and high - low > 1.5 else {}),
            },
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": size}},
            "hovermode": "x unified",
            "shapes": shapes,
            "annotations": [_note(x, label, size) for x, label in marks],
            "separators": ", " if language == "fr" else ".,",
            "uirevision": "kept",
        },
    }


def column(frames: Sequence[Frame], metric: str) -> list[float]:
    """Return one metric of measured frames; what is missing or infinite is not-a-number, which breaks the line."""
    values = [frame.metrics.get(metric, math.nan) for frame in frames]
    return [value if math.isfinite(value) else math.nan for value in values]


def axis_range(values: Sequence[float], *, log: bool) -> tuple[float, float]:
    """Return round limits around the finite values: decades on a log axis, zero to a bit above otherwise."""
    finite = [value for value in values if math.isfinite(value) and (value > 0 or not log)]
    if not finite:
        return (1e-2, 1e1) if log else (0.0, 1.0)
    if not log:
        return 0.0, 1.08 * max(finite)
    lowest, highest = max(min(finite), 1e-6), min(max(finite), 1e6)
    return 10 ** (math.log10(lowest) - 0.1), 10 ** (math.log10(highest) + 0.1)


def _trace(curve: Curve, projected: bool) -> dict[str, Any]:
    width = (2.5 if curve.faded else 4.5) if projected else (1.5 if curve.faded else 2.5)
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(curve.x) <= 60 else "lines",
        "name": curve.name,
        "x": list(curve.x),
        "y": [value if math.isfinite(value) else None for value in curve.y],
        "opacity": 0.45 if curve.faded else 1.0,
        "line": {"color": COLOURS[curve.split], "width": width, "dash": DASHES[curve.split]},
        "marker": {"symbol": SYMBOLS[curve.split], "size": 11 if projected else 7, "color": COLOURS[curve.split]},
        "hovertemplate": "%{y:.4~g}",
    }


def _vertical(x: float, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 2, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _note(x: float, label: str, size: int) -> dict[str, Any]:
    return {"x": x, "yref": "paper", "y": 0.98, "text": label, "showarrow": False, "xanchor": "left", "xshift": 5,
            "yanchor": "top", "font": {"size": size}}  # fmt: skip
