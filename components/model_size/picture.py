"""To come."""

from __future__ import annotations

import streamlit as st

from components.lesson import PageLesson


def show_picture(lesson: PageLesson) -> None:
    """Show it."""
    st.write("…")


def has_played(lesson: PageLesson) -> bool:
    """Whether the answer was seen."""
    return True
