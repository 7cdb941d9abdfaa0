"""The missions of the batch size and learning rate page, ticked from the descent and from real runs."""

from __future__ import annotations

import streamlit as st

from components.batch_learning_rate.bowl import bowl_state
from components.batch_learning_rate.settings import DEFAULTS
from components.batch_learning_rate.words import batch_name
from components.language import _, number
from components.lesson import PageLesson
from core.batch_learning_rate.bowl import BowlSettings
from core.batch_learning_rate.missions import (
    EDGE_BATCH,
    edge_reached,
    is_edge_try,
    large_batch_reached,
    learns,
    quick_reached,
)
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run

_TRIES = "blr: what was tried at the edge"
MOST_TRIES = 100
_FREE = {"learning_rate", "rate_changes", "batch_size", "updates"}
"""What may differ between tries that are listed together."""


def descent_mission(lesson: PageLesson, descent: BowlSettings) -> None:
    """Tick what the descent reaches."""
    lesson.mission("quick", quick_reached(descent), by=bowl_state({}))


def run_missions(lesson: PageLesson, settings: RateSettings, run: Run | None) -> None:
    """Tick what the current run of a real network reaches, beside what was tried before."""
    tries: dict[RateSettings, bool] = st.session_state.setdefault(_TRIES, {})
    if run is not None and is_edge_try(settings) and len(tries) < MOST_TRIES:
        tries[settings] = learns(run)
    left, right = st.columns(2)
    with left:
        lesson.mission("large", run is not None and large_batch_reached(run), by=DEFAULTS)
    with right:
        lesson.mission("edge", edge_reached(tries))
        if tries and lesson.asked.is_settled:
            _say_tries(tries, settings)


def _say_tries(tries: dict[RateSettings, bool], settings: RateSettings) -> None:
    """Say which rates were tried with the current settings: others do not compare."""
    alike = {tried.learning_rate: good for tried, good in tries.items() if not set(tried.differences(settings)) - _FREE}
    if not alike:
        return
    said = [f"{number(rate)} {'✓' if good else '✗'}" for rate, good in sorted(alike.items())]
    st.caption(_("Tried with batch {batch}: {rates}", batch=batch_name(EDGE_BATCH), rates=" · ".join(said)))
