"""Memory: sentences that somebody wrote down, added to every question of this session, and forgotten by a press."""

from __future__ import annotations

import streamlit as st

from components.chat.state import memory as known
from components.chat.state import remember, set_from_outside
from components.language import _
from components.lesson import PageLesson
from core.chat.memory import MOST_FACT, Memory
from core.chat.requests import How
from core.chat.servers import Server

FIELD = "chat memory fact"
WINDOW = "window"


def memory(lesson: PageLesson, _asked: Server, settings: How, _refused: str) -> None:
    """Show what is remembered, as the text that is added to the system message.

    Args:
        lesson: holds the words.
        settings: the system message with what is added.
    """
    lesson.words("text-memory")
    st.button(
        _("Fill the window: a recorded long conversation"), key="chat-fill", on_click=set_from_outside, args=(WINDOW,)
    )
    wide, narrow = st.columns([4, 1], vertical_alignment="bottom")
    with wide:
        st.text_input(_("Something to remember"), key=FIELD, max_chars=MOST_FACT, on_change=_take)
    with narrow:
        st.button(_("Remember"), key="chat-remember", on_click=_take)
    for place, fact in enumerate(known().facts):
        _fact(place, fact)
    if known().facts:
        st.button(_("Forget everything"), key="chat-forget-all", on_click=remember, args=(Memory(),))
        st.caption(_("The system message, as it is sent with every question:"))
        st.code(settings.system, language=None, wrap_lines=True)
    else:
        st.caption(_("Nothing is remembered: nothing is added."))


def _take() -> None:
    remember(known().remember([str(st.session_state.get(FIELD, ""))[:MOST_FACT]]))
    st.session_state[FIELD] = ""


def _fact(place: int, fact: str) -> None:
    """Show a fact to be edited or forgotten. Its key holds its words: another fact at its place is another field."""
    wide, narrow = st.columns([4, 1], vertical_alignment="bottom")
    key = f"chat memory {place} {fact}"

    def edit() -> None:
        written = str(st.session_state[key])[:MOST_FACT]
        facts = list(known().facts)
        facts[place : place + 1] = [written] if written.strip() else []
        remember(Memory().remember(facts))

    with wide:
        st.text_input(_("Remembered: {number}", number=place + 1), fact, key=key, max_chars=MOST_FACT, on_change=edit)
    with narrow:
        st.button(_("Forget"), key=f"chat-forget-{place}", on_click=lambda: remember(known().without(place)))
