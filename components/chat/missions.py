"""The missions of the page on talking with a model, ticked from what really happened."""

from __future__ import annotations

import streamlit as st

from components.chat.classify import has_classified
from components.chat.documents import has_been_put_right
from components.chat.state import conversation
from components.chat.tools import own_is_calculated
from components.lesson import PageLesson
from core.chat.missions import forgotten


def missions(lesson: PageLesson) -> None:
    """Show the missions, two in a line where there is room, and tick those that were reached."""
    reached = {
        "forget": forgotten(conversation().turns),
        "tool": own_is_calculated(),
        "classify": has_classified(),
        "right": has_been_put_right(),
    }
    for place, (name, done) in enumerate(reached.items()):
        if place % 2 == 0:
            columns = st.columns(2)
        with columns[place % 2]:
            lesson.mission(name, done)
