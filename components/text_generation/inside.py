"""Inside the model: tokens, shapes, parameters of each part, and what one attention head looks at."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from components import controls
from components.figures import Figure, axis, figure, show, type_size
from components.language import _, _n, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.text_generation.waiting import answered
from core.text_generation import inside as inside_model


def inside(lesson: PageLesson, model: str, prompt: str) -> None:
    """Show what happens between the text and the bars, for the prompt."""
    found = answered("inside", inside_model.whole, model, prompt)
    if found is None:
        return
    lesson.words("text-inside")
    st.table(_shapes(found), hide_index=True)
    total = sum(found["parameters"].values())
    st.markdown(_n("**{count} parameter**, of which:", "**{count} parameters**, of which:", total))
    st.table(_parts(found["parameters"]), hide_index=True)
    maps: np.ndarray = found["attention"]  # (layers, heads, tokens, tokens)
    layers, heads = maps.shape[:2]
    left, right = st.columns(2)
    with left:
        layer = controls.number(_("Layer"), 1, layers, 1, key="tg_layer", step=1)
    with right:
        head = controls.number(_("Head"), 1, heads, 1, key="tg_head", step=1)
    drawn = attention_map(maps[layer - 1, head - 1], found["tokens"], projected=is_projected(), language=current())
    alt = _(
        "Attention of layer {layer}, head {head}: each row is a token, its columns the tokens it looks at.",
        layer=layer,
        head=head,
    )
    show(drawn, key="tg-attention", alt=alt)
    lesson.words("text-attention")


def attention_map(weights: np.ndarray, tokens: list[str], *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw one head: row = the token that asks, column = the token that answers; each row sums to 1."""
    labels = [f"{place + 1} {token}" for place, token in enumerate(tokens)]
    z = [
        [float(value) if column <= row else None for column, value in enumerate(line)]
        for row, line in enumerate(weights)
    ]
    cells = {
        "type": "heatmap",
        "x": labels,
        "y": labels,
        "z": z,
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, "#f4f7fa"], [0.25, "#9cc3e0"], [1, "#00395c"]],
        "colorbar": {"title": {"text": _("weight")}},
        "hovertemplate": "%{y} → %{x}<br>%{z:.2f}<extra></extra>",
    }
    each: dict[str, Any] = {"tickfont": type_size(projected, small=True), "constrain": "domain"}
    return figure(
        [cells],
        x=axis(_("the token that is looked at"), **each),
        y=axis(_("the token that looks"), autorange="reversed", **each),
        height=620 if projected else 460,
        projected=projected,
        language=language,
    )


def _shapes(found: dict[str, Any]) -> dict[str, list[str]]:
    tokens, width, vocabulary = len(found["ids"]), found["width"], found["vocabulary"]
    layers, heads = found["attention"].shape[:2]
    rows = [
        (_("tokens"), str(tokens)),
        (_("embedding of each token (+ its position)"), f"{tokens} × {width}"),
        (
            _n("attention weights, for the only layer", "attention weights, for each of {count} layers", layers),
            f"{heads} × {tokens} × {tokens}",
        ),
        (_("after each layer"), f"{tokens} × {width}"),
        (_("logits"), f"{tokens} × {number(vocabulary, 10)}"),
    ]
    return {_("What"): [row[0] for row in rows], _("Shape"): [row[1] for row in rows]}


def _parts(parameters: dict[str, int]) -> dict[str, list[str]]:
    names = {
        "tokens": _("token embeddings (shared with the output)"),
        "positions": _("position embeddings"),
        "attention": _("attention"),
        "mlp": _("MLP (two dense layers per block)"),
        "norm": _("normalisation"),
        "other": _("other"),
    }
    return {
        _("Part"): [names[part] for part in parameters],
        _("Parameters"): [number(count, 10) for count in parameters.values()],
    }
