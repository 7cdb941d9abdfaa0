"""The three phases of training: one instruction answered after each of them, and each phase done live."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components import controls
from components.answers import part
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from components.three_phases.ages import reading
from components.three_phases.aligning import aligning
from components.three_phases.missions import missions
from components.three_phases.own import has_news, pictured
from components.three_phases.picture import is_known, show_picture
from components.three_phases.state import COMPONENT, set_from_outside, state, values
from components.three_phases.tuning import tuning
from core.three_phases.opening import PRESETS
from core.three_phases.shown_code import files, sources

STEM = "three_phases"
PARTS: dict[str, Callable[[PageLesson], object]] = {"reading": reading, "tuning": tuning, "aligning": aligning}
"""Each phase, live or age after age, by the name of its words in the lesson."""


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
        if is_known(here):
            show_picture(lesson, here)
        else:  # it waits by itself; then the page runs again
            part("picture", lambda: show_picture(lesson, state()))
    with guide:
        lesson.question(lambda: set_from_outside({}), seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson)
    with below:
        pictured()
        presets(
            lesson,
            PRESETS,
            lit=standing_on({name: values(moved) for name, moved in PRESETS.items()}, values({})),
            apply=lambda name: set_from_outside(PRESETS[name]),
            key="tp-presets",
        )
    names = {name: lesson.heading(f"text-{name}") for name in PARTS}
    chosen = controls.choice(_("To go further"), list(names), "tuning", key="tp_part", format_func=names.__getitem__)
    part(chosen, lambda: phase(chosen, lesson))
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(_), files(_)))


def phase(name: str, lesson: PageLesson) -> None:
    """Show a phase; what it has changed above, a mission or a switch, is drawn at once."""
    PARTS[name](lesson)
    if has_news():
        st.rerun()


main()
