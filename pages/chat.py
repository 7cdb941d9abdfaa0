"""Talking with a model: what it really receives, what it can do, and what helps it where it fails."""

from __future__ import annotations

import streamlit as st

from components.chat.picture import show_picture
from components.chat.servers import capability_row, server
from components.chat.state import COMPONENT, FIRST, conversation, how, lit, set_from_outside
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import presets
from core.chat.presets import PRESETS
from core.chat.shown_code import sources

STEM = "chat"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the picture's hands change; moving one reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    with below:
        presets(lesson, PRESETS, lit=lit(), apply=set_from_outside, key="chat-presets")
        asked, refused = server()
        settings, window = how()
        capability_row(asked)
    with place:
        show_picture(lesson, asked, settings, window, refused)
    with guide:
        lesson.question(lambda: set_from_outside(FIRST), seen=lesson.has_played(COMPONENT), wide=True)
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(conversation().messages(), settings, asked, _))
    )


main()
