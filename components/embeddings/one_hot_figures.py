"""The figures of the one-hot part: the input drawn to scale, the curse of dimension, the lookup, distances."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from components.figures import (
    BLUE,
    ORANGE,
    PURPLE,
    SIGNED,
    Figure,
    axis,
    figure,
    listed_axis,
    log_axis,
    stroke,
    type_size,
)
from components.language import _, _n
from core.embeddings.one_hot import one_hot, possible

LONGEST = 10
"""Characters of the longest context that is counted."""


def input_figure(
    codes: list[int],
    characters: str,
    table: np.ndarray,
    *,
    labels: tuple[str, str],
    projected: bool = False,
    language: str = "fr",
) -> Figure:
    """Draw a context as one-hots, and as rows of the table, cell beside cell at the same scale.

    Args:
        codes: the characters of the context, by number.
        characters: the alphabet.
        table: (characters, embedding).
        labels: above the two blocks.
        projected: larger type.
        language: writes the decimal separator.
    """
    size, embedding = table.shape
    gap = 2
    hot = np.stack([one_hot(code, size) for code in codes])  # (context, size)
    rows = table[codes]  # (context, embedding)
    reach = float(np.abs(table).max()) or 1.0
    z = np.concatenate([hot, np.full((len(codes), gap), np.nan), rows / reach], axis=1)
    names = [*characters, *("" for _ in range(gap)), *(str(k + 1) for k in range(embedding))]
    height = min(90 + (56 if projected else 40) * len(codes), 560 if projected else 420)
    ticks = [characters[code].replace(" ", "␣") for code in codes]
    middles = [(size - 1) / 2, size + gap + (embedding - 1) / 2]
    above = {"y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    return figure(
        [_signed_cells(z, ygap=3)],
        x=listed_axis("", names, tickangle=0, tickfont=type_size(projected, small=True)),
        y=listed_axis("", ticks, autorange="reversed"),
        height=height,
        projected=projected,
        language=language,
        top=48 if projected else 36,
        annotations=[above | {"x": x, "text": f"<b>{text}</b>"} for x, text in zip(middles, labels, strict=True)],
    )


def _signed_cells(z: np.ndarray, **more: Any) -> dict[str, Any]:
    """Return a heat map of values in [-1, 1], orange to blue; not-a-number leaves a cell empty."""
    return {
        "type": "heatmap",
        "z": [[None if math.isnan(value) else round(float(value), 3) for value in row] for row in z],
        "zmin": -1,
        "zmax": 1,
        "colorscale": SIGNED,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hovertemplate": "%{z}<extra></extra>",
    } | more


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


def lookup_figure(
    table: np.ndarray, characters: str, index: int, *, projected: bool = False, language: str = "fr"
) -> Figure:
    """Draw one-hot column, table, and the lit row."""
    size, embedding = table.shape
    reach = float(np.abs(table).max()) or 1.0
    z = np.full((size, embedding + 3), np.nan)
    z[:, 0] = one_hot(index, size)
    z[:, 2 : 2 + embedding] = table / reach
    names = ["one-hot", "", *(str(k + 1) for k in range(embedding)), ""]
    lit = {"type": "rect", "x0": -0.5, "x1": embedding + 1.5, "y0": index - 0.5, "y1": index + 0.5}
    return figure(
        [_signed_cells(z)],
        x=listed_axis("", names),
        y=listed_axis("", list(characters), autorange="reversed", tickfont=type_size(projected, small=True)),
        height=900 if projected else 620,
        projected=projected,
        language=language,
        shapes=[lit | {"line": {"color": PURPLE, "width": stroke(4, projected)}}],
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
