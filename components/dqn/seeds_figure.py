"""Trainings over several seeds, drawn: each seed faint, the mean with the interval of the mean around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components.figures import BLUE, GREEN, GREY, GROUPED, ORANGE, PURPLE, Figure, axis, figure, stroke
from components.language import _
from core.dqn.recorded import Curve
from core.verdict import summarise

COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
DASHES = ("solid", "dash", "dot", "dashdot")
LOW, HIGH = -6, 16
"""Ends of the axis, for 100 moves; before their first moves agents get less."""


@dataclass(frozen=True)
class Side:
    """One of the trainings that are compared: its name, and the curve of each seed."""

    name: str
    curves: Sequence[Curve]


def seeds_figure(sides: Sequence[Side], *, best: float | None, projected: bool = False, language: str = "fr") -> Figure:
    """Draw the reward for 100 moves against the moves learned from.

    Args:
        sides: what is compared, at most four.
        best: the optimum, where it is known.
        projected: larger type.
        language: writes the decimal separator.
    """
    data = [trace for place, side in enumerate(sides) for trace in _side(side, place, projected)]
    most = max((curve.moves[-1] for side in sides for curve in side.curves), default=1)
    if best is not None:
        data.insert(0, _optimum(best, most, projected))
    return figure(
        data,
        x=axis(_("moves learned from"), range=[0, most], tickformat=GROUPED),
        y=axis(_("reward for 100 moves"), range=[LOW, HIGH]),
        height=560 if projected else 420,
        projected=projected,
        language=language,
    )


def _side(side: Side, place: int, projected: bool) -> list[dict[str, object]]:
    colour, dash = COLOURS[place], DASHES[place]
    if not side.curves:
        return []
    moves = side.curves[0].moves
    summaries = [summarise([curve.reward[at] for curve in side.curves]) for at in range(len(moves))]
    mean = [summary.mean for summary in summaries]
    width = [summary.interval if math.isfinite(summary.interval) else 0.0 for summary in summaries]
    low, high = np.subtract(mean, width).tolist(), np.add(mean, width).tolist()
    band = {
        "type": "scatter", "mode": "lines", "x": [*moves, *reversed(moves)], "y": [*high, *reversed(low)],
        "fill": "toself", "fillcolor": colour, "opacity": 0.16, "line": {"width": 0}, "hoverinfo": "skip",
        "showlegend": False,
    }  # fmt: skip
    faint = [
        {
            "type": "scatter", "mode": "lines", "x": list(moves), "y": list(curve.reward), "opacity": 0.28,
            "line": {"color": colour, "width": stroke(1, projected)}, "hoverinfo": "skip", "showlegend": False,
        }
        for curve in side.curves
    ]  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines", "name": side.name, "x": list(moves), "y": mean, "showlegend": True,
        "line": {"color": colour, "dash": dash, "width": stroke(3, projected)},
        "hovertemplate": "%{x:,~f}, %{y:.1f}<extra></extra>",
    }  # fmt: skip
    return [*([band] if len(side.curves) > 1 else []), *faint, line]


def _optimum(best: float, most: int, projected: bool) -> dict[str, object]:
    return {
        "type": "scatter", "mode": "lines", "name": _("optimum"), "x": [0, most], "y": [best, best],
        "line": {"color": GREY, "dash": "longdash", "width": stroke(1.5, projected)}, "hoverinfo": "skip",
        "showlegend": True,
    }  # fmt: skip
