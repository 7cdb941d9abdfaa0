"""How a model is trained: one task taught in four ways, what each needs, and what it costs."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.answers import part
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from components.ways_to_train.effects import effects
from components.ways_to_train.kept import keep_way
from components.ways_to_train.missions import missions
from components.ways_to_train.own import own, own_row
from components.ways_to_train.picture import show_picture
from components.ways_to_train.point import point
from components.ways_to_train.prompt import prompt, prompt_row
from components.ways_to_train.state import ASKED, COMPONENT, set_from_outside, state, values
from components.ways_to_train.talk import talk
from core.ways_to_train.presets import PRESETS
from core.ways_to_train.shown_code import files, sources

STEM = "ways_to_train"


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
    keep_way(STEM, here)
    with guide:
        lesson.question(lambda: set_from_outside(ASKED), seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson)
    with below:
        presets(
            lesson,
            PRESETS,
            lit=standing_on({name: values(moved) for name, moved in PRESETS.items()}, values({})),
            apply=lambda name: set_from_outside(PRESETS[name]),
            key="ways-presets",
        )
        part("point", lambda: point(here))
    parts(lesson)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(here, _), files(_)))


def parts(lesson: PageLesson) -> None:
    """Show one of the further experiments: only the chosen one is computed."""
    names = {name: lesson.heading(f"text-{name}") for name in ("prompt", "effects", "own", "talk")}
    chosen = controls.choice(_("To go further"), list(names), "prompt", key="ways_part", format_func=names.__getitem__)
    if chosen == "prompt":
        prompt_row(lesson)
        part("prompt", prompt)
    elif chosen == "effects":
        effects(lesson)
    elif chosen == "own":
        own_row(lesson)
        part("own", own)
    else:
        talk(lesson)


main()
