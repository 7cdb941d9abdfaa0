"""The table of learned numbers: a one-hot times the table is a row of it; and how far apart its rows are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from components import controls
from components.embeddings.learned_table import learned_table
from components.embeddings.one_hot_figures import distance_figure
from components.figures import show
from components.in_browser import component, nothing, surroundings
from components.language import _, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from core.embeddings.one_hot import distances, lookup_seconds, one_hot
from core.files import base64_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KEY = "emb-lookup"


def table_part(lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Show the part."""
    characters, table = learned_table()
    told = st.session_state.get(KEY, {}).get("letter")
    letter = controls.in_url(
        "emb_row", "e", lambda text: text if text in set(characters) else None, told if isinstance(told, str) else None
    )
    labels = {
        "picture": _("The table of embeddings: choose a row"),
        "one_hot": "one-hot",
        "table": _("table E: {rows} characters, {columns} numbers each", rows=len(table), columns=table.shape[1]),
        "row": _("The row of “%a”"),
        "product": _("one_hot(“%a”) @ E = E[%d]: the row of “%a”, read"),
    }
    drawn = {"alphabet": characters, "embedding": table.shape[1], "table": base64_of(table), "letter": letter}
    with place:
        component("embeddings/table")(
            key=KEY, data=surroundings() | drawn | {"labels": labels}, on_letter_change=nothing
        )
    with under:
        lesson.words("text-lookup")
        _both_ways(table, characters.index(letter))
        st.subheader(lesson.heading("text-distances"), anchor=False)
        show_distances(lesson, characters, table)


def _both_ways(table: np.ndarray, index: int) -> None:
    """Time the product and the lookup, and say whether they are equal."""
    product, row = lookup_seconds(table, index)
    with st.container(horizontal=True):
        st.metric("one_hot @ E", f"{number(product * 1e6, 3)}\u00a0µs")
        st.metric("E[i]", f"{number(row * 1e6, 3)}\u00a0µs")
        if np.array_equal(one_hot(index, len(table)) @ table, table[index]):
            st.success(_("Equal, number for number."), icon=":material/check:")


def show_distances(lesson: PageLesson, characters: str, table: np.ndarray) -> None:
    """Show the distance of every two letters, as one-hots and as embeddings."""
    kinds = {"one_hot": _("one-hot"), "embedding": _("embedding")}
    kind = controls.choice(
        _("Letters as"), list(kinds), "embedding", key="emb_distances", format_func=kinds.__getitem__
    )
    found = distances(np.eye(len(characters), dtype=np.float32) if kind == "one_hot" else table)
    drawn = distance_figure(found, characters, projected=is_projected(), language=current())
    left, right = st.columns([2, 1], gap="medium")
    with left:
        show(drawn, key="emb-distances", alt=_("The distance of every two letters."))
    with right:
        lesson.words("text-distances")
        pairs = found[np.triu_indices(len(characters), 1)]
        st.metric(_("Nearest pair"), number(float(pairs.min()), 3))
        st.metric(_("Farthest pair"), number(float(pairs.max()), 3))
