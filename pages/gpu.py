"""The GPU: what one step of training takes on this machine and on a card, where the time goes, who wins."""

from __future__ import annotations

import streamlit as st

from components.ahead import go_ahead
from components.code_tab import code_tab
from components.gpu.devices import devices
from components.gpu.kept import keep_times
from components.gpu.levels import numbers
from components.gpu.measuring import measure_here, processor, say_origins, use
from components.gpu.missions import missions
from components.gpu.picture import cards_of, show_picture
from components.gpu.presets import presets_row
from components.gpu.state import ASKED, COMPONENT, set_from_outside, state
from components.language import _
from components.lesson import PageLesson
from components.measuring import RECORDED
from components.run_controls import REFRESH_SECONDS, session_id
from core.gpu import shared
from core.gpu.shown_code import sources

STEM = "gpu"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    devices(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the picture's hands change; moving one reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    lines = processor()
    here = state(cards_of(lines))
    with place:
        if shared.default().follows(session_id()):
            growing(lesson)
        else:
            show_picture(lesson, here, lines, None)
    go_ahead()
    keep_times(STEM, lines, here)
    with guide:
        lesson.question(play, seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson, lines, here)
    with below:
        presets_row(lesson)
        say_origins(lines, here["card"])
        measure_here()
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(here["width"], here["batch"], _)),
        pictures={"numbers": lambda: numbers(lesson, lines, here)},
    )


def play() -> None:
    """Set everything to what the question asks about; the picture then shows the card's points."""
    use(RECORDED)
    set_from_outside(ASKED)


@st.fragment(run_every=2 * REFRESH_SECONDS)
def growing(lesson: PageLesson) -> None:
    """Show the lines as they are measured."""
    found, lines = shared.default(), processor()
    show_picture(lesson, state(cards_of(lines)), lines, found.rows if found.has_begun else None)


main()
