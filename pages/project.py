"""The project: the simplest models first, the data before the network, and every experiment kept."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.project.canvas import canvas
from components.project.faults import faults
from components.project.missions import missions
from components.project.notebook import notebook
from components.project.picture import show_picture
from components.project.tracking import tracking

STEM = "project"
PARTS = {"notebook": notebook, "faults": faults, "tracking": tracking, "canvas": canvas}
"""What shows each of the further parts, by its name in the address."""


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
        lesson.question(lambda: None, seen=True, wide=True)
        missions(lesson)
    parts(lesson)
    lesson.levels(code=lambda: None)


def parts(lesson: PageLesson) -> None:
    """Show one of the further parts."""
    names = {name: lesson.heading(f"text-{name}") for name in PARTS}
    chosen = controls.choice(_("To go further"), list(names), "notebook", key="pj_part", format_func=names.__getitem__)
    PARTS[chosen](lesson)


main()
