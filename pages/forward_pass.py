"""The forward pass: four inputs, three outputs, a = W @ x, under the finger; then a real network on a real digit."""

from __future__ import annotations

import streamlit as st

from components.code_tab import code_tab
from components.forward_pass.by_hand import IN_A_ROW, by_hand, in_a_row
from components.forward_pass.digit_network import digit_network
from components.forward_pass.picture import ask_the_slide, control_names, has_counted, picture, presets_row
from components.forward_pass.plane import plane
from components.forward_pass.three_ways import compare
from components.language import _
from components.lesson import PageLesson
from core.forward_pass.missions import cancelled_out, sure_of_the_third
from core.forward_pass.network import Network
from core.forward_pass.shown_code import sources

STEM = "forward_pass"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide = lesson.first_screen(wide=True)
    with place:
        network = picture(lesson)
    with guide:
        lesson.question(ask_the_slide, seen=has_counted(lesson), wide=True)
        missions(lesson, network)
    presets_row(lesson)
    by_hand(lesson)
    st.subheader(lesson.heading("text-plane"), anchor=False)
    lesson.words("text-plane")
    plane(lesson)
    st.subheader(lesson.heading("text-digit"), anchor=False)
    digit_network(lesson)
    st.subheader(lesson.heading("text-three-ways"), anchor=False)
    lesson.words("text-three-ways")
    compare(network)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(network, _)))
    lesson.check_yourself()


def missions(lesson: PageLesson, network: Network) -> None:
    """Tick what the student reached."""
    lesson.mission("cancel", cancelled_out(network), by=control_names())
    lesson.mission("sure", sure_of_the_third(network), by=control_names())
    lesson.mission("hand", in_a_row() >= IN_A_ROW)


main()
