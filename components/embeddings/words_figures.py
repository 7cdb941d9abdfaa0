"""The figure of the words' part: what the axes keep."""

from __future__ import annotations

from components.figures import BLUE, VERMILION, Figure, axis, figure, stroke
from components.language import _


def kept_figure(shares: list[float], count: int, *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw the share of the variance kept against the number of components."""
    x = list(range(1, len(shares) + 1))
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": shares,
        "line": {"color": BLUE, "width": stroke(3, projected)},
    }
    here = {
        "type": "scatter",
        "mode": "markers",
        "x": [count],
        "y": [shares[count - 1]],
        "marker": {"color": VERMILION, "size": stroke(13, projected), "symbol": "diamond"},
    }
    return figure(
        [line, here],
        x=axis(_("components")),
        y=axis(_("variance kept"), range=[0, 1], tickformat=".0%"),
        height=320,
        projected=projected,
        language=language,
        showlegend=False,
    )
