"""The numbers and the code behind the ladder."""

from __future__ import annotations

import streamlit as st

from components.code_tab import code_tab
from components.language import _, number, percent
from components.lesson import PageLesson
from components.project.words import name_of
from core.project.recorded import recorded
from core.project.shown_code import lines, sources
from core.project.shown_data import files


def numbers(task: str, size: int) -> None:
    """Show every row with its interval, its seeds, its time and its lines of code."""
    rungs = recorded().ladder(task, size)
    st.table(
        {
            _("Model"): [name_of(rung.model, task) for rung in rungs],
            _("Validation"): [percent(rung.accuracy, 1) for rung in rungs],
            _("interval (9 in 10)"): [" – ".join(percent(end, 1) for end in rung.interval) for rung in rungs],
            _("lowest and highest draw"): [
                f"{percent(min(rung.validation), 1)} – {percent(max(rung.validation), 1)}" for rung in rungs
            ],
            _("draws"): [number(len(rung.validation)) for rung in rungs],
            _("training (s)"): [number(rung.learned, 2) for rung in rungs],
            _("answering (s)"): [number(rung.answered, 2) for rung in rungs],
            _("lines of code"): [number(lines(rung.model, task)) for rung in rungs],
        },
        hide_index=True,
    )


def code(lesson: PageLesson, task: str, size: int) -> None:
    """Show the code of every row, and offer what it reads."""
    code_tab(lesson.stem, lesson.lesson.title, sources(task, size, _), files(task, _))
