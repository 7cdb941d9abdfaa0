"""Two settings drawn over their seeds: every run a point, and the interval of the mean, narrower with each seed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from components.figures import BLUE, VERMILION, Figure, axis, figure, stroke
from components.language import _
from core.batch_learning_rate.rate_map import Metric
from core.verdict import Summary, summarise

COLOURS = (BLUE, VERMILION)
FEWEST = 2
"""Seeds of which a mean has an interval."""
_STEP = 0.055
"""Between the intervals of one setting, by the distance between the two settings."""


def history(values: Sequence[float]) -> list[Summary]:
    """Return what could be said after 2 seeds, after 3 …, after all."""
    return [summarise(values[:count]) for count in range(FEWEST, len(values) + 1)]


def difference_figure(
    sides: tuple[Sequence[float], Sequence[float]],
    labels: tuple[str, str],
    metric: Metric,
    *,
    projected: bool = False,
    language: str = "fr",
) -> Figure:
    """Draw every run as a point, and under it the intervals after 2 seeds, 3 …, the last one thick.

    Args:
        sides: a value for each seed, of both settings.
        labels: what the settings are called.
        metric: what was measured.
        projected: larger type.
        language: writes the decimal separator.
    """
    titles = {
        "loss": _("final validation loss (nats)"),
        "error": _("final validation error rate"),
        "updates": _("updates to 5% error"),
        "seconds": _("seconds to 5% error"),
    }
    suffix = ("\u00a0%" if language == "fr" else "%") if metric == "error" else ""
    if metric == "error":
        sides = ([100 * value for value in sides[0]], [100 * value for value in sides[1]])
    data = [trace for row, values in enumerate(sides) for trace in _side(values, labels[row], row, projected)]
    return figure(
        data,
        x=axis(titles[metric], ticksuffix=suffix, **_range(sides)),
        y=axis(tickvals=[0, 1], ticktext=list(labels), range=[1.65, -0.3], zeroline=False, showgrid=False),
        height=520 if projected else 380,
        projected=projected,
        language=language,
        showlegend=False,
    )


def _range(sides: tuple[Sequence[float], Sequence[float]]) -> dict[str, Any]:
    """Return an axis that stays while seeds are added: the interval after 3 seeds fits, that after 2 may leave it."""
    finite = [value for values in sides for value in values if math.isfinite(value)]
    if not finite:
        return {}
    told = [summary.interval for values in sides for summary in history(values)[:2][-1:]]
    room = max([0.15 * (max(finite) - min(finite)), *(width for width in told if math.isfinite(width))])
    return {"range": [max(0.0, min(finite) - room), max(finite) + room]}


def _side(values: Sequence[float], label: str, row: int, projected: bool) -> list[dict[str, Any]]:
    """Return the points of one setting's runs, and below them the interval of their mean, after each seed."""
    finite = [value for value in values if math.isfinite(value)]
    points = {
        "type": "scatter",
        "mode": "markers",
        "name": label,
        "x": finite,
        "y": [row - 0.12] * len(finite),
        "marker": {
            "color": COLOURS[row],
            "size": stroke(10, projected),
            "opacity": 0.75,
            "symbol": "circle" if row == 0 else "diamond",
        },
        "hovertemplate": "%{x:.4~g}<extra></extra>",
    }
    told = [summary for summary in history(values) if math.isfinite(summary.interval)]
    places = [row + _STEP * number for number in range(len(told))]
    bars = [
        _interval(summary, place, COLOURS[row], is_last=summary is told[-1], projected=projected)
        for summary, place in zip(told, places, strict=True)
    ]
    return [points, *bars]


def _interval(summary: Summary, place: float, colour: str, *, is_last: bool, projected: bool) -> dict[str, Any]:
    width = stroke(5 if is_last else 1.5, projected)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [summary.mean - summary.interval, summary.mean + summary.interval],
        "y": [place, place],
        "line": {"color": colour, "width": width},
        "opacity": 1 if is_last else 0.45,
        "hovertemplate": "%{x:.4~g}<extra></extra>",
    }
