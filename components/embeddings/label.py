"""A label as one-hot: 9 is 0, …, 0, 1; and the cross-entropy that is left of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from components import controls, shown
from components.in_browser import component, nothing, surroundings
from components.language import _
from components.lesson import PageLesson

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KEY = "emb-label"


def label_part(lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Show the part."""
    told = st.session_state.get(KEY, {})
    label = controls.in_url("emb_label", 9, _within(0, 9), _whole(told.get("label")))
    chance = controls.in_url("emb_chance", 80, _within(1, 99), _whole(told.get("chance")))
    labels = {
        "picture": _("A label as one-hot"),
        "label": _("label"),
        "vector": _("one-hot y"),
        "says": _("the network says p"),
        "term": "− y × ln p",
        "chance": _("probability of %d: %s"),
        "loss": _("categorical_crossentropy = − ln p(%d) = %s"),
    }
    slides = shown.is_shown("emb_chance", _("Probability of the right class"))
    data = surroundings() | {"label": label, "chance": chance, "slides": slides, "labels": labels}
    with place:
        component("embeddings/label")(key=KEY, data=data, on_label_change=nothing, on_chance_change=nothing)
    with under:
        lesson.words("text-label")


def _within(low: int, high: int) -> Callable[[str], int | None]:
    return lambda told: int(told) if told.isdecimal() and len(told) < 3 and low <= int(told) <= high else None


def _whole(told: object) -> int | None:
    return int(told) if isinstance(told, (int, float)) else None
