"""Batch size and learning rate: the two sliders of every training, exact on the left, real on the right."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.batch_learning_rate import bowl_presets, draw_live, live_name, missions, pin_controls, takeover
from components.bowl import bowl
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.rate_levels import numbers
from components.rate_panel import View, choose_settings, figure, find, pinned_run, say_lead, show
from components.rate_views import views
from components.run_controls import (
    course_runs,
    follow,
    say_end,
    say_origin,
    say_settings_error,
    session_id,
    start_button,
)
from core.batch_learning_rate import RateSettings
from core.batch_learning_rate_code import sources
from core.run_file import Run
from core.settings import SettingsError

STEM = "batch_learning_rate"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    lesson.header()
    if not lesson.predict():
        return
    takeover()
    bowl_presets(lesson)
    left, right = st.columns(2, gap="medium")
    with left:
        bowl()
    with right:
        try:
            settings, view = choose_settings()
        except SettingsError as error:
            say_settings_error(error)
            return
        pinned = pinned_run()
        run = picture(settings, view, pinned)
    missions(lesson, settings, run)
    views(lesson, settings, pinned)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings)),
                  pictures={"numbers": lambda: numbers(lesson, settings)})  # fmt: skip
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
    show(figure(settings, frames, view, pinned), frames)
    if found is not None:
        if pinned is not None and pinned.settings != settings:
            st.info(say_lead(found, pinned, view.axis), icon=":material/balance:")
        say_origin(found)
    pin_controls(settings, found, pinned)
    return found


main()
