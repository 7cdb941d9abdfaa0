"""The presets of the bowl."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.batch_learning_rate.bowl import bowl_values
from components.language import _
from components.lesson import PageLesson
from components.projection import is_projected

BOWL_PRESETS: dict[str, dict[str, Any]] = {
    "good": {"rate": 0.1, "batch": 8},
    "small": {"rate": 0.003, "batch": 8},
    "large": {"rate": 0.5, "batch": 64},
    "noise": {"rate": 0.05, "batch": 1, "arrows": 16},
    "momentum": {"rate": 0.03, "batch": 64, "optimizer": "momentum", "momentum": 0.9},
    "adam": {"rate": 0.1, "batch": 8, "optimizer": "adam", "momentum": 0.9},
}


def bowl_presets(lesson: PageLesson) -> None:
    """Show the presets of the bowl, good and bad, with the sentence of the one that was chosen last."""
    chosen = st.pills(
        _("To start from"),
        list(BOWL_PRESETS),
        key="blr-presets",
        format_func=lambda name: lesson.heading(f"preset-bowl-{name}"),
        on_change=_apply_preset,
        label_visibility="collapsed",
    )
    if chosen and not is_projected():
        st.caption(lesson.body(f"preset-bowl-{chosen}"))


def _apply_preset() -> None:
    chosen = st.session_state["blr-presets"]
    if chosen in BOWL_PRESETS:
        bowl_values(BOWL_PRESETS[chosen])
