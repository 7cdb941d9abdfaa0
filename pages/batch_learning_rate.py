"""Batch size and learning rate: the two sliders of every training, exact on the left, real on the right."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.batch_learning_rate.bowl import bowl, bowl_values
from components.batch_learning_rate.curves import View, show_run
from components.batch_learning_rate.levels import numbers
from components.batch_learning_rate.link import find, pinned_run
from components.batch_learning_rate.live import draw_live, live_name, pin_controls, takeover
from components.batch_learning_rate.missions import missions
from components.batch_learning_rate.presets import BOWL_PRESETS, bowl_presets
from components.batch_learning_rate.settings import choose_settings
from components.batch_learning_rate.views import views
from components.batch_learning_rate.words import say_lead
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.run_controls import (
    course_runs,
    follow,
    say_end,
    say_origin,
    say_settings_error,
    session_id,
    start_button,
)
from core.batch_learning_rate.settings import RateSettings
from core.batch_learning_rate.shown_code import sources
from core.runs.run import Run
from core.tasks.digits.shown_code import files
from core.training.settings import SettingsError

STEM = "batch_learning_rate"
ASKED = BOWL_PRESETS["large"]
"""The descent that the page's question is about."""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    takeover()
    place, guide = lesson.first_screen()
    with place:
        bowl()
    with guide:
        lesson.question(partial(bowl_values, ASKED), seen=True)
    bowl_presets(lesson)
    try:
        settings, view = choose_settings()
    except SettingsError as error:
        say_settings_error(error)
        return
    pinned = pinned_run()
    run = picture(settings, view, pinned)
    missions(lesson, settings, run)
    views(lesson, settings, pinned)
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(_)),
        pictures={"numbers": lambda: numbers(lesson, settings)},
    )
    lesson.check_yourself()


def picture(settings: RateSettings, view: View, pinned: Run | None) -> Run | None:
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
            st.info(say_lead(found, pinned, view.axis), icon=":material/balance:")
        say_origin(found)
    pin_controls(settings, found, pinned)
    return found


main()
