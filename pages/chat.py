"""Talking with a model: what it really receives, what it can do, and what helps it where it fails."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components import controls
from components.chat.classify import classify
from components.chat.code import code
from components.chat.documents import documents
from components.chat.kept import keep_answer
from components.chat.levels import numbers
from components.chat.limits import limits
from components.chat.memory import memory
from components.chat.missions import missions
from components.chat.picture import show_picture
from components.chat.servers import capability_row, server
from components.chat.state import COMPONENT, FIRST, conversation, how, lit, set_from_outside
from components.chat.tools import tools
from components.chat.uses import uses
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import presets
from core.chat.presets import PRESETS
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.shown_code import sources

STEM = "chat"
PARTS: dict[str, Callable[[PageLesson, Server, How, str], object]] = {
    "uses": uses,
    "limits": limits,
    "classify": classify,
    "documents": documents,
    "memory": memory,
    "tools": tools,
    "code": code,
}
"""The further experiments, by the name of their words in the lesson; each is given who is asked, how, and why nobody
can be."""


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
        row = st.container()
        asked, refused = server()
        settings, window = how()
        capability_row(asked)
    with row:  # drawn last: what is lit depends on the settings
        presets(lesson, PRESETS, lit=lit(), apply=set_from_outside, key="chat-presets")
    with place:
        show_picture(lesson, asked, settings, window, refused)
    keep_answer(STEM)
    with guide:
        lesson.question(lambda: set_from_outside(FIRST), seen=lesson.has_played(COMPONENT), wide=True)
        missions(lesson)
    parts(lesson, asked, settings, refused)
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(conversation().asked(), settings, asked, _)),
        pictures={"numbers": numbers},
    )


def parts(lesson: PageLesson, asked: Server, settings: How, refused: str) -> None:
    """Show one of the further experiments, as soon as the lesson has words for it."""
    names = {name: lesson.heading(f"text-{name}") for name in PARTS if f"text-{name}" in lesson.lesson.sections}
    if not names:
        return
    chosen = controls.choice(_("To go further"), list(names), next(iter(names)), key="chat_part",
                             format_func=names.__getitem__)  # fmt: skip
    PARTS[chosen](lesson, asked, settings, refused)


main()
