"""The missions of the batch size and learning rate page, ticked from real runs."""

from __future__ import annotations

import streamlit as st

from components.batch_learning_rate.words import batch_name
from components.language import _, number
from components.lesson import PageLesson
from core.batch_learning_rate.missions import edge_reached, fast_reached, learns
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run

EDGE_BATCH = 32
_OUTCOMES = "blr: rates tried at batch 32"


def missions(lesson: PageLesson, settings: RateSettings, run: Run | None) -> None:
    """Tick the missions that this run's frames reach."""
    left, right = st.columns(2)
    with left:
        lesson.mission("fast", done=run is not None and fast_reached(run))
    outcomes: dict[float, bool] = st.session_state.setdefault(_OUTCOMES, {})
    if run is not None and settings.batch_size == EDGE_BATCH and settings.optimizer == "sgd":
        outcomes[settings.learning_rate] = learns(run)
    with right:
        lesson.mission("edge", done=edge_reached(outcomes))
        if outcomes:
            said = [f"{number(rate)} {'✓' if good else '✗'}" for rate, good in sorted(outcomes.items())]
            st.caption(_("Tried with batch {batch}: {rates}", batch=batch_name(EDGE_BATCH), rates=" · ".join(said)))
