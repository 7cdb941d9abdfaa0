"""The forward pass: four inputs, three outputs, a = W @ x, under the finger; then a real network on a real digit."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components import shown
from components.code_tab import code_tab
from components.forward_pass.by_hand import IN_A_ROW, by_hand, in_a_row
from components.forward_pass.digit_network import digit_network
from components.forward_pass.kept import keep_outputs
from components.forward_pass.picture import ask_the_slide, control_names, has_counted, picture, presets_row
from components.forward_pass.plane import plane
from components.forward_pass.three_ways import compare
from components.language import _
from components.lesson import PageLesson
from core.forward_pass.missions import cancelled_out, sure_of_the_third
from core.forward_pass.network import Network
from core.forward_pass.shown_code import sources

STEM = "forward_pass"
BY_HAND = "by-hand"
"""The part of the page that a mission sends to."""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide, under = lesson.first_screen(wide=True)
    with place:
        network = picture(lesson)
    with guide:
        lesson.question(ask_the_slide, seen=has_counted(lesson), wide=True)
        missions(lesson, network)
        keep_outputs(STEM, network)
    with under:
        presets_row(lesson)
    part(lesson, BY_HAND, lambda: by_hand(lesson))
    part(lesson, "plane", lambda: plane(lesson))
    part(lesson, "digit", lambda: digit_network(lesson))
    part(lesson, "three-ways", lambda: compare(lesson, network))
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(network, _)))
    lesson.check_yourself()


def missions(lesson: PageLesson, network: Network) -> None:
    """Tick what the student reached."""
    lesson.mission("cancel", cancelled_out(network), by=control_names())
    lesson.mission("sure", sure_of_the_third(network), by=control_names())
    if _name(BY_HAND) not in shown.hidden():
        lesson.mission("hand", in_a_row() >= IN_A_ROW)


def part(lesson: PageLesson, name: str, show: Callable[[], None]) -> None:
    """Show a part of the page under its heading, unless a teacher's link leaves it out."""
    heading = lesson.heading(f"text-{name}")
    if shown.is_shown(_name(name), heading):
        st.subheader(heading, anchor=False)
        show()


def _name(part: str) -> str:
    """Return what a link calls a part that it hides."""
    return f"{STEM}-{part}"


main()
