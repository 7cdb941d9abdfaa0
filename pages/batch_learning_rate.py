"""Batch size and learning rate: a descent under the finger, then real networks, one part at a time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.batch_learning_rate.bowl import ASKED, bowl, bowl_values, has_played
from components.batch_learning_rate.kept import keep_descent
from components.batch_learning_rate.levels import numbers
from components.batch_learning_rate.live import takeover
from components.batch_learning_rate.missions import descent_mission
from components.batch_learning_rate.parts import parts
from components.batch_learning_rate.presets import bowl_presets
from components.batch_learning_rate.settings import read_settings
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.run_controls import say_settings_error
from core.batch_learning_rate.shown_code import sources
from core.tasks.digits.shown_code import files
from core.training.settings import SettingsError

STEM = "batch_learning_rate"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    takeover()
    try:
        settings = read_settings()
    except SettingsError as error:
        say_settings_error(error)
        return
    place, guide, under = lesson.first_screen()
    with place:
        descent = bowl(lesson)
        keep_descent(STEM, descent)
    with guide:
        lesson.question(partial(bowl_values, ASKED), seen=has_played(lesson))
        descent_mission(lesson, descent)
    with under:
        bowl_presets(lesson)
    st.divider()
    parts(lesson, settings)
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(_)),
        pictures={"numbers": lambda: numbers(lesson, settings)},
    )
    lesson.check_yourself()


main()
