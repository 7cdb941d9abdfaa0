"""Real networks: two sliders, four axes, a run to compare with, a rate that changes live."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from components.batch_learning_rate.curves import View, show_run
from components.batch_learning_rate.link import DEFAULT_PIN, find, pinned_run
from components.batch_learning_rate.live import draw_live, live_name, pin_controls
from components.batch_learning_rate.missions import run_missions
from components.batch_learning_rate.settings import DEFAULTS, choose_settings, choose_view, forget_changes
from components.batch_learning_rate.words import say_lead
from components.language import _, number
from components.lesson import PageLesson
from components.presets import control_presets
from components.run_controls import course_runs, follow, say_end, say_origin, session_id, start_button
from components.trainings import keep_run
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run

_LARGE = "0.1~1024~sgd~1~constant"
RUN_PRESETS: dict[str, dict[str, Any]] = {
    "epochs": {"blr_rate": 0.1, "blr_batch": 16, "blr_axis": "epochs", "blr_measure": "error", "blr_pin": _LARGE},
    "updates": {"blr_rate": 0.1, "blr_batch": 16, "blr_axis": "updates", "blr_measure": "error", "blr_pin": _LARGE},
    "follows": {"blr_rate": 0.3, "blr_batch": 1024, "blr_axis": "epochs", "blr_measure": "error", "blr_pin": _LARGE},
    "broken": {"blr_rate": 3.0, "blr_batch": 64, "blr_axis": "updates", "blr_measure": "loss", "blr_pin": "none"},
}
"""Runs of the shipped map, with the run that each is compared with, and the measure that its sentence speaks of."""
_ALL: Mapping[str, Any] = DEFAULTS | {
    "blr_axis": "updates",
    "blr_measure": "loss",
    "blr_pin": DEFAULT_PIN,
    "blr_changes": "",
}


def runs_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Show the controls of a real network, and its curves over those of the pinned run."""
    st.subheader(lesson.heading("text-runs"), anchor=False)
    lesson.words("text-runs", examples=number(settings.examples))
    run_presets(lesson)
    choose_settings()
    view = choose_view()
    if settings.rate_changes:
        _say_changed()
    run = _picture(settings, view, pinned_run())
    if run is not None:
        keep_run(lesson.stem, run, ["blr_view", *DEFAULTS, "blr_changes"], seed="blr_seed", part="runs")
    run_missions(lesson, settings, run)


def run_presets(lesson: PageLesson) -> None:
    """Show the presets of the real networks, good and bad."""
    control_presets(
        lesson, RUN_PRESETS, _ALL, key="blr-run-presets", section="preset-run-", name=_("Runs worth seeing")
    )


def _picture(settings: RateSettings, view: View, pinned: Run | None) -> Run | None:
    """Show the curves: of the run as it grows, of the finished one, or the button that starts it."""
    name = live_name(settings)
    live = course_runs().live(name)
    if live is not None and not live.over and session_id() in live.followers:
        follow(settings, partial(draw_live, name=name, view=view, pinned=pinned), name=name)
        return None
    found = find(settings)
    if found is None:
        say_end(live)
        start_button(settings, label=_("Train this network"), key="blr-start")
    frames = found.frames if found else live.frames if live else []
    show_run(settings, frames, view, pinned)
    if found is not None:
        if pinned is not None and pinned.settings != settings:
            st.info(say_lead(found, pinned, view.axis, view.metric), icon=":material/balance:")
        say_origin(found)
    pin_controls(settings, found, pinned)
    return found


def _say_changed() -> None:
    """Say that the run's rate was changed on its way, with the button that takes this back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            _("The rate of this run was changed on the way. The next change of a setting forgets it."),
            icon=":material/speed:",
        )
        st.button(_("Forget the changes of rate"), key="blr-forget", on_click=forget_changes, icon=":material/undo:")
