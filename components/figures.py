"""Every chart of the course: one layout, one set of colours and type sizes, one way to mount it; learning curves.

A figure is a pure function from data to a plain dictionary: `projected` and `language` are handed in. Only `show`
speaks to Streamlit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.io as pio
import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import turns
from core.once import once
from core.training.frames import Frame

BLUE, ORANGE, GREEN, PURPLE, VERMILION = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00"
"""Okabe and Ito's colours, which colour-blind eyes tell apart (2008, Color Universal Design)."""
GREY = "#6E6E6E"
COLOURS = {"train": BLUE, "validation": ORANGE, "test": GREEN}
DASHES = {"train": "solid", "validation": "dash", "test": "dot"}
SYMBOLS = {"train": "circle", "validation": "square", "test": "diamond"}
# A wall projector and a colour-blind eye both need more than colour: dash and marker tell the sets apart too.
SIGNED = [[0.0, ORANGE], [0.5, "#f7f7f7"], [1.0, BLUE]]
"""A colour scale: negative orange, positive blue, the same as weights everywhere."""

TYPE, PROJECTED_TYPE = 14, 22
SMALL_TYPE, SMALL_PROJECTED_TYPE = 12, 18
"""In pixels; the small one is for what stands in cells and at each of forty ticks."""
PROJECTED_STROKE = 1.8
"""How much thicker lines are drawn for a class, and larger markers."""

GROUPED = ",~f"
"""Ticks as the language writes them: 1 000 and 0,5."""
AHEAD = 0.03
"""Seconds between a chart and what is drawn after it: enough for the browser to begin with the chart alone."""

Figure = dict[str, Any]
"""A Plotly figure as plain JSON: building graph objects costs more than the whole rerun (15 ms against 0.3)."""


def figure(
    data: list[dict[str, Any]],
    *,
    x: dict[str, Any],
    y: dict[str, Any],
    height: int,
    projected: bool,
    language: str,
    top: int = 10,
    right: int = 10,
    **more: Any,
) -> Figure:
    """Lay traces out as every chart of the course is.

    Args:
        data: Plotly traces, back to front.
        x: the horizontal axis, made by `axis`.
        y: the vertical axis.
        height: in pixels.
        projected: large type, for a class.
        language: writes the decimal separator.
        top: the margin above, in pixels, for what stands there beside the legend.
        right: the margin at the right, for a colour bar.
        more: what this chart's layout has beside, such as shapes.
    """
    size: int = type_size(projected)["size"]
    legend = more.get("showlegend", sum(trace.get("showlegend", True) for trace in data) > 1)
    margin = {
        "l": _room(y, size, upright=False),
        "r": right,
        "t": top + (round(3.2 * size) if legend else 0),
        "b": _room(x, size, upright=True),
    }
    return {
        "data": data,
        "layout": {
            "height": height,
            "margin": margin,
            "font": type_size(projected),
            "xaxis": _without_widest(x),
            "yaxis": _without_widest(y),
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": type_size(projected)},
            "separators": ",\u202f" if language == "fr" else ".,",
            "uirevision": "kept",
            **more,
        },
    }


def axis(title: str = "", *, widest: str = "", **more: Any) -> dict[str, Any]:
    """Return an axis that makes room for its own labels, with its title and unit.

    Args:
        title: with the unit.
        widest: as wide as the labels of its ticks become: room is made for them beforehand. Where that is missing or
            too little, Plotly draws the chart, measures the labels and draws it again, which takes twice as long.
        more: Plotly's own properties.
    """
    return {"automargin": True, "widest": widest, **({"title": {"text": title}} if title else {}), **more}


def log_axis(title: str, **more: Any) -> dict[str, Any]:
    """Return a logarithmic axis with a tick at each power of ten."""
    return axis(title, type="log", exponentformat="power", dtick=1) | more


def listed_axis(
    title: str, labels: Sequence[str], places: Sequence[float] | None = None, **more: Any
) -> dict[str, Any]:
    """Return an axis that names each of its places, such as the cells of a heat map; 0, 1, 2 … unless given."""
    where = range(len(labels)) if places is None else places
    return axis(title, tickvals=list(where), ticktext=list(labels), **{"showgrid": False, "zeroline": False, **more})


def _room(drawn: dict[str, Any], size: int, *, upright: bool) -> int:
    """Return the margin for an axis' labels and title, in pixels; Plotly widens it where they need more.

    Args:
        drawn: the axis.
        size: of its type.
        upright: what counts is the height of the labels, since they stand beside each other.
    """
    if not drawn.get("widest"):
        return 10
    labels = 1.4 * size if upright else 0.5 * size * len(drawn["widest"])
    return round(10 + labels + (1.8 * size if "title" in drawn else 0))


def _without_widest(drawn: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in drawn.items() if name != "widest"}


def type_size(projected: bool, *, small: bool = False) -> dict[str, Any]:
    """Return Plotly's font of ordinary words, or of those in cells and at crowded ticks."""
    if small:
        return {"size": SMALL_PROJECTED_TYPE if projected else SMALL_TYPE}
    return {"size": PROJECTED_TYPE if projected else TYPE}


def stroke(size: float, projected: bool) -> float:
    """Return the width of a line or the size of a marker, in pixels: for a class, both are larger."""
    return size * PROJECTED_STROKE if projected else size


def show(drawn: Figure, *, key: str, alt: str, **more: Any) -> None:
    """Mount a chart.

    Args:
        drawn: made by `figure`.
        key: of the element; the same at every run, so that the chart is redrawn and not replaced.
        alt: what it shows, in words, for who does not see it.
        more: `on_select` and `selection_mode`, where marks can be chosen.
    """
    height = drawn["layout"]["height"]
    st.plotly_chart(AsItIs(drawn), key=key, alt=alt, height=height, config={"displayModeBar": False}, **more)


def go_ahead(*, whole: bool = False) -> None:
    """Let what was drawn so far arrive before the rest, when a student has moved something.

    A browser draws together what arrives together. Call it after the chart that the student waits for.

    Args:
        whole: also when the whole page runs, not a fragment of it alone.
    """
    context = get_script_run_ctx()
    if context is None or not (whole or context.fragment_ids_this_run):
        return
    turns.give_back()  # nobody waits for who sleeps
    time.sleep(AHEAD)


class AsItIs(BaseFigure):  # type: ignore[misc]  # Plotly brings no types
    """A figure that Streamlit sends without taking it apart and checking it, which costs 5 to 15 ms for each chart.

    The tests put Plotly's own class in its place, so that every figure they meet is checked with Plotly's schema.
    """

    def __init__(self, drawn: Figure) -> None:
        self._drawn = drawn

    def to_dict(self) -> Figure:
        """Return the figure, with Streamlit's template: the colours of its light and dark themes."""
        return self._drawn | {"layout": {**self._drawn["layout"], "template": _template()}}


@once()
def _template() -> Figure:
    template: Figure = pio.templates[pio.templates.default].to_plotly_json()
    return template


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
    shapes = [_vertical(x, GREY, "dot") for x, _label in marks]
    if cursor is not None:
        shapes.append(_vertical(cursor, PURPLE, "solid"))
    return figure(
        [_trace(curve, projected) for curve in drawn],
        x=axis(x_title, widest="00 000", range=list(x_range), showgrid=False, tickformat=GROUPED),
        y=axis(
            y_title,
            widest="0,001",
            type="log" if log else "linear",
            range=[low, high],
            exponentformat="none",
            **({"dtick": 1} if log and high - low > 1.5 else {}),
        ),
        height=height,
        projected=projected,
        language=language,
        hovermode="x unified",
        shapes=shapes,
        annotations=[_note(x, label, projected, late=x > sum(x_range) / 2) for x, label in marks],
    )


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
    width, size = stroke(1.5 if curve.faded else 2.5, projected), stroke(7, projected)
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(curve.x) <= 60 else "lines",
        "name": curve.name,
        "x": list(curve.x),
        "y": [value if math.isfinite(value) else None for value in curve.y],
        "opacity": 0.45 if curve.faded else 1.0,
        "line": {"color": COLOURS[curve.split], "width": width, "dash": DASHES[curve.split]},
        "marker": {"symbol": SYMBOLS[curve.split], "size": size, "color": COLOURS[curve.split]},
        "hovertemplate": "%{y:.4~g}",
    }


def _vertical(x: float, colour: str, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 2, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _note(x: float, label: str, projected: bool, *, late: bool) -> dict[str, Any]:
    """Return the words of a vertical line: after it, or before it in the second half, where the picture soon ends."""
    side = {"xanchor": "right", "xshift": -5} if late else {"xanchor": "left", "xshift": 5}
    place = {"x": x, "y": 0.98, "yref": "paper", "yanchor": "top", **side}
    return {"text": label, "showarrow": False, "font": type_size(projected), **place}
