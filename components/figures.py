"""Every chart of the course: one layout, one set of colours and type sizes, one way to mount it.

A figure is a pure function from data to a plain dictionary: `projected` and `language` are handed in. Only `show`
speaks to Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.io as pio
import streamlit as st
from plotly.basedatatypes import BaseFigure

from core.once import once

BLUE, ORANGE, GREEN, PURPLE, VERMILION = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00"
"""Okabe and Ito's colours, which colour-blind eyes tell apart (2008, Color Universal Design)."""
GREY = "#6E6E6E"
SIGNED = [[0.0, ORANGE], [0.5, "#f7f7f7"], [1.0, BLUE]]
"""A colour scale: negative orange, positive blue, the same as weights everywhere."""

TYPE, PROJECTED_TYPE = 14, 22
SMALL_TYPE, SMALL_PROJECTED_TYPE = 12, 18
"""In pixels; the small one is for what stands in cells and at each of forty ticks."""
PROJECTED_STROKE = 1.8
"""How much thicker lines are drawn for a class, and larger markers."""

GROUPED = ",~f"
"""Ticks as the language writes them: 1 000 and 0,5."""
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
