"""The arena: a ranking made of votes, what a gap in points is worth, and how sure one may be of it."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.answers import part
from components.arena.blind import blind
from components.arena.kept import keep_duel
from components.arena.lab import lab, lab_row
from components.arena.lab import state as room
from components.arena.levels import numbers
from components.arena.missions import missions
from components.arena.picture import show_picture
from components.arena.ranks import ranks
from components.arena.state import COMPONENT, set_from_outside, state, values
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from core.arena.lab import in_view
from core.arena.presets import PRESETS
from core.arena.shown_code import sources

STEM = "arena"


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
    keep_duel(STEM, here)
    with guide:
        lesson.question(lambda: set_from_outside({}), seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson, here)
    with below:
        presets(
            lesson,
            PRESETS,
            lit=standing_on({name: values(moved) for name, moved in PRESETS.items()}, values({})),
            apply=lambda name: set_from_outside(PRESETS[name]),
            key="ar-presets",
        )
    parts(lesson)
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(in_view(room()), _)), pictures={"numbers": numbers}
    )


def parts(lesson: PageLesson) -> None:
    """Show one of the further experiments."""
    names = {name: lesson.heading(f"text-{name}") for name in ("lab", "ranks", "blind")}
    chosen = controls.choice(_("To go further"), list(names), "lab", key="ar_part", format_func=names.__getitem__)
    if chosen == "lab":
        lab_row(lesson)
        lab(STEM)
    elif chosen == "ranks":
        ranks(lesson)
    else:
        part(chosen, lambda: blind(lesson))


main()
