"""The figures of the words' part: words and arrows on two axes, the nearest words, what the axes keep."""

from __future__ import annotations

from typing import Any

import numpy as np

from components.figures import BLUE, GREY, VERMILION, Figure, axis, figure, stroke, type_size
from components.language import _


def words_figure(
    places: dict[str, list[float]], pairs: list[tuple[str, str]], *, projected: bool = False, language: str = "fr"
) -> Figure:
    """Draw words at their places, with an arrow from the first to the second of each pair."""
    first, second = {a for a, _b in pairs}, {b for _a, b in pairs}
    sides = label_sides(places)
    groups = [
        (BLUE, "circle", [word for word in places if word not in second or word in first]),
        (VERMILION, "square", [word for word in places if word in second and word not in first]),
    ]
    marks = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [places[word][0] for word in shown],
            "y": [places[word][1] for word in shown],
            "text": shown,
            "textposition": [sides[word] for word in shown],
            "textfont": type_size(projected),
            "showlegend": False,
            "marker": {"size": stroke(11, projected), "color": colour, "symbol": symbol},
            "hovertemplate": "%{text}<extra></extra>",
        }
        for colour, symbol, shown in groups
        if shown
    ]
    return figure(
        [_arrows([(places[a], places[b]) for a, b in pairs if places[a] != places[b]], projected), *marks],
        x=axis("PC 1", widest="−0,5", zeroline=True, showgrid=True),
        y=axis("PC 2", widest="−0,5", zeroline=True, showgrid=True),
        height=700 if projected else 480,
        projected=projected,
        language=language,
    )


def _arrows(pairs: list[tuple[list[float], list[float]]], projected: bool) -> dict[str, Any]:
    """Return arrows between places, all in one trace: as annotations they take as long to draw as all the rest."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x for start, end in pairs for x in (start[0], end[0], None)],
        "y": [y for start, end in pairs for y in (start[1], end[1], None)],
        "line": {"color": GREY, "width": stroke(2, projected)},
        "marker": {
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, stroke(12, projected), 0] * len(pairs),
            "standoff": stroke(7, projected),
            "color": GREY,
            "opacity": 1,
            "line": {"width": 0},
        },
        "showlegend": False,
        "hoverinfo": "skip",
    }


def label_sides(places: dict[str, list[float]]) -> dict[str, str]:
    """Return the side of its point on which each word is written, so that near ones do not cover each other."""
    spots = np.array(list(places.values()))
    spots = (spots - spots.min(axis=0)) / np.maximum(np.ptp(spots, axis=0), 1e-9)
    sides = {
        "top center": (0, 0.045),
        "bottom center": (0, -0.045),
        "middle right": (0.055, 0),
        "middle left": (-0.055, 0),
    }
    taken = [spot / (0.11, 0.05) for spot in spots]  # in units of a word's width and height
    chosen = {}
    for word, spot in zip(places, spots, strict=True):
        free = {
            side: min(float(np.abs((spot + shift) / (0.11, 0.05) - other).max()) for other in taken)
            for side, shift in sides.items()
        }
        side = next((side for side, gap in free.items() if gap > 0.85), max(free, key=lambda side: free[side]))
        chosen[word] = side
        taken.append((spot + sides[side]) / (0.11, 0.05))
    return chosen


def bars(answers: list[tuple[str, float]], asked: set[str], *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw words and cosines, best on top; the question's own words are hatched."""
    own = [word in asked for word, _cosine in answers]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [round(cosine, 4) for _word, cosine in answers],
        "y": [word for word, _cosine in answers],
        "texttemplate": "%{x:.2f}",
        "textposition": "outside",
        "marker": {
            "color": [VERMILION if hatched else BLUE for hatched in own],
            "pattern": {"shape": ["/" if hatched else "" for hatched in own]},
        },
    }
    return figure(
        [trace],
        x=axis(_("cosine"), range=[0, 1.05]),
        y=axis(autorange="reversed", type="category"),
        height=400 if projected else 260,
        projected=projected,
        language=language,
    )


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
