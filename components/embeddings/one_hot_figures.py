"""The figures of the one-hot part: the input drawn to scale, the curse of dimension, the lookup, distances."""

from __future__ import annotations

import numpy as np

from components.figures import (
    BLUE,
    ORANGE,
    Figure,
    axis,
    figure,
    listed_axis,
    log_axis,
    stroke,
    type_size,
)
from components.language import _, _n
from core.embeddings.one_hot import possible

LONGEST = 10
"""Characters of the longest context that is counted."""


def curse_figure(
    size: int, seen: dict[int, int], read: int, *, projected: bool = False, language: str = "fr"
) -> Figure:
    """Draw contexts possible and seen against their length, on a log axis.

    Args:
        size: characters of the alphabet.
        seen: how many contexts of each length were seen.
        read: how many words they were seen in.
        projected: larger type, thicker lines.
        language: writes the decimal separator.
    """
    lengths = list(range(1, LONGEST + 1))
    found_in = _n("seen in {count} French word", "seen in {count} French words", read)
    series = [
        (ORANGE, "dash", _("possible"), lengths, [float(possible(size, n)) for n in lengths]),
        (BLUE, "solid", found_in, list(seen), list(seen.values())),
    ]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": x,
            "y": y,
            "line": {"color": colour, "dash": dash, "width": stroke(3, projected)},
            "marker": {"size": stroke(8, projected)},
        }
        for colour, dash, name, x, y in series
    ]
    return figure(
        traces,
        x=axis(_("characters in the context"), dtick=1),
        y=log_axis(_("number of contexts"), dtick=2),
        height=388,
        projected=projected,
        language=language,
    )


def distance_figure(found: np.ndarray, characters: str, *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw a matrix of distances (letters, letters)."""
    letters = listed_axis("", list(characters), tickfont=type_size(projected, small=True), tickangle=0)
    cells = {
        "type": "heatmap",
        "z": found.round(3).tolist(),
        "colorscale": "Viridis",
        "zmin": 0,
        "colorbar": {"title": {"text": _("distance")}},
        "hovertemplate": "%{z}<extra></extra>",
    }
    return figure(
        [cells],
        x=letters,
        y=letters | {"autorange": "reversed", "scaleanchor": "x"},
        height=820 if projected else 560,
        projected=projected,
        language=language,
    )
