"""The project: the simplest models first, the data before the network, and every experiment kept."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from components.project.canvas import canvas
from components.project.faults import faults
from components.project.kept import keep_ladder
from components.project.levels import code, numbers
from components.project.measuring import measure_here, measured_here
from components.project.missions import missions
from components.project.notebook import notebook
from components.project.picture import show_picture
from components.project.state import COMPONENT, set_from_outside, state, values
from components.project.tracking import tracking
from core.project.presets import PLAYED, PRESETS

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
    place, guide, below = lesson.first_screen(wide=True)
    here = state()
    with place:
        show_picture(lesson, here, measured_here(here))
        keep_ladder(STEM, here)
    with guide:
        lesson.question(lambda: set_from_outside(PLAYED), seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson, here)
    with below:
        presets(
            lesson,
            PRESETS,
            lit=standing_on({name: values(moved) for name, moved in PRESETS.items()}, values({})),
            apply=lambda name: set_from_outside(PRESETS[name]),
            key="pj-presets",
        )
        measure_here(here)
    parts(lesson)
    lesson.levels(
        code=lambda: code(lesson, here["task"], here["size"]),
        pictures={"numbers": lambda: numbers(here["task"], here["size"])},
    )


def parts(lesson: PageLesson) -> None:
    """Show one of the further parts."""
    names = {name: lesson.heading(f"text-{name}") for name in PARTS}
    chosen = controls.choice(_("To go further"), list(names), "notebook", key="pj_part", format_func=names.__getitem__)
    PARTS[chosen](lesson)


main()
