"""The missions of the page on the three phases, ticked from the runs that this session has seen the end of."""

from __future__ import annotations

import streamlit as st

from components.lesson import PageLesson
from components.run_controls import course_runs
from components.three_phases.own import tell_above
from core.runs.run import Run
from core.three_phases.missions import aligned, frugal, hacked
from core.training.settings import Settings

_SEEN = "tp: settings whose run was seen"
BY = {
    "frugal": ("tp_pairs", "tp_epochs", "tp_rate", "tp_way"),
    "aligned": ("tp_taste", "tp_votes", "tp_method", "tp_beta"),
    "hacked": ("tp_taste", "tp_votes", "tp_method", "tp_beta"),
}
"""The controls that decide each mission."""


def seen(phase: str, settings: Settings) -> None:
    """Remember the settings of the run that a part of the page shows finished."""
    known: dict[str, Settings] = st.session_state.setdefault(_SEEN, {})
    if known.get(phase) != settings:
        known[phase] = settings
        tell_above()


def missions(lesson: PageLesson) -> None:
    """Show the missions, and tick those that were reached."""
    tuned, pulled = (_run(phase) for phase in ("tuning", "aligning"))
    for name, done in (("frugal", frugal(tuned)), ("aligned", aligned(pulled)), ("hacked", hacked(pulled))):
        lesson.mission(name, done, by=BY[name])


def _run(phase: str) -> Run | None:
    settings = st.session_state.get(_SEEN, {}).get(phase)
    return None if settings is None else course_runs().find(settings)
