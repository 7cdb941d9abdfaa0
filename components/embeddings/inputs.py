"""Forty characters, forty inputs: what a network reads as one-hots, and as embeddings; then why counting dies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import controls
from components.embeddings.counting import curse
from components.embeddings.foreign_signs import say_foreign
from components.embeddings.learned_table import drawn_alphabet, drawn_table, learned_table
from components.in_browser import component, surroundings
from components.language import _, _n, number
from components.lesson import PageLesson
from core.embeddings.map_data import readable
from core.embeddings.one_hot import with_embedding, with_one_hot
from core.files import base64_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

HIDDEN = 200
CHARACTERS = 40
"""As on the course's slide; French words have 37."""


def inputs_part(lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Show the part."""
    characters, _table = learned_table()
    with place:
        picture = st.container()
        word_place, size_place, context_place, embedding_place = st.columns([1, 1.2, 1.2, 1.2], gap="medium")
    with word_place:
        typed = controls.text(_("Letters read"), "lou", key="emb_letters", max_chars=8)
    with size_place:
        size = controls.slider(_("Characters"), 5, CHARACTERS, CHARACTERS, key="emb_characters")
    with context_place:
        context = controls.slider(_("Context, in characters"), 1, 8, 3, key="emb_context")
    with embedding_place:
        embedding = controls.slider(_("Embedding size"), 1, 16, 10, key="emb_width")
    alphabet = drawn_alphabet(characters, size)
    found = drawn_table(alphabet, embedding)
    word, foreign = readable(typed, alphabet)
    codes = ([0] * context + [alphabet.index(letter) for letter in word])[-context:]
    labels = {
        "picture": _n(
            "The input drawn to scale: a one-hot of {size} cells, and an embedding of {embedding}.",
            "The input drawn to scale: {count} one-hots of {size} cells, and {count} embeddings of {embedding}.",
            context,
            size=size,
            embedding=embedding,
        ),
        "one_hot": _inputs(_("one-hot"), context, size),
        "embedding": _inputs(_("embedding"), context, embedding),
    }
    drawn = {"alphabet": alphabet, "codes": codes, "embedding": embedding, "rows": base64_of(found[codes])}
    with word_place:
        say_foreign(foreign, size)
    with picture:
        component("embeddings/inputs")(key="emb-input", data=surroundings() | drawn | {"labels": labels})
    with under:
        lesson.words("text-inputs")
        _count_inputs(size, context, embedding)
        st.subheader(lesson.heading("text-curse"), anchor=False)
        curse(lesson, size)


def _inputs(kind: str, context: int, size: int) -> str:
    return _n(
        "{kind}: {rows} × {columns} = {count} input",
        "{kind}: {rows} × {columns} = {count} inputs",
        context * size,
        kind=kind,
        rows=context,
        columns=size,
    )


def _count_inputs(size: int, context: int, embedding: int) -> None:
    hot = with_one_hot(size, context, HIDDEN)
    small = with_embedding(size, context, embedding, HIDDEN)
    with st.container(horizontal=True):
        st.metric(_("Inputs, one-hot"), number(hot.inputs))
        st.metric(_("Inputs, embedding"), number(small.inputs))
        st.metric(_("Parameters to 200 hidden units, one-hot"), number(hot.parameters))
        st.metric(_("The same, embedding"), number(small.parameters))
