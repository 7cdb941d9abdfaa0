"""The size of models: what their parameters are made of, what they weigh and cost, what more of them bring."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.model_size.budget import budget
from components.model_size.law import law
from components.model_size.picture import has_played, show_picture
from components.model_size.speed import speed

STEM = "model_size"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the picture's hands change; moving one reruns this fragment, not the rest of the page."""
    place, guide, _below = lesson.first_screen(wide=True)
    with place:
        show_picture(lesson)
    with guide:
        lesson.question(lambda: None, seen=has_played(lesson), wide=True)
    parts(lesson)
    lesson.levels(code=lambda: None)


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


main()
