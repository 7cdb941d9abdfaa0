"""The size of models: what their parameters are made of, what they weigh and cost, what more of them bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import controls
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.model_size.budget import budget
from components.model_size.kept import keep_size
from components.model_size.law import law
from components.model_size.levels import numbers
from components.model_size.missions import missions
from components.model_size.picture import show_picture
from components.model_size.presets import presets_row
from components.model_size.speed import speed
from components.model_size.state import COMPONENT, model, set_from_outside, state
from core.model_size.shown_code import sources

STEM = "model_size"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the picture's hands change; moving one reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    here = state()
    with place:
        show_picture(lesson, here)
    keep_size(STEM, here)
    with guide:
        lesson.question(lambda: set_from_outside({}), seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson, here)
    with below:
        presets_row(lesson)
    parts(lesson)
    lesson.levels(code=lambda: code(lesson, here), pictures={"numbers": lambda: numbers(lesson, here)})


def parts(lesson: PageLesson) -> None:
    """Show one of the further pictures: only the chosen one is computed."""
    names = {name: lesson.heading(f"text-{name}") for name in ("law", "budget", "speed")}
    part = controls.choice(_("To go further"), list(names), "law", key="ms_part", format_func=names.__getitem__)
    if part == "law":
        law(lesson)
    elif part == "budget":
        budget(lesson)
    else:
        speed(lesson)


def code(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show the code of the model on show, where there is one."""
    if found := sources(model(here)[0], _):
        code_tab(STEM, lesson.lesson.title, found)
    else:
        st.info(_("OpenAI has never published its size: nothing can be drawn."), icon=":material/visibility_off:")


main()
