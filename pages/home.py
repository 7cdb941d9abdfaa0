"""Home: what this is, and the map of the course."""

from __future__ import annotations

import streamlit as st

from components import language
from components.language import _
from core.course import concepts
from core.lessons import load

lesson = load("home", language.current())
st.title(lesson.title, anchor=False)
st.markdown(f"#### {lesson.objective}")
st.markdown(lesson.section("text-how").body)

found = concepts()
for row in range(0, len(found), 3):
    for column, concept in zip(st.columns(3), found[row : row + 3], strict=False):
        card = load(concept.stem, language.current())
        with column.container(border=True, height="stretch", key=f"card-{concept.stem}"):
            st.markdown(f"### {concept.icon} {card.title}")
            st.markdown(card.objective)
            st.caption(_("{minutes} minutes", minutes=card.minutes))
            first = concept is found[0]
            if st.button(_("Start here") if first else _("Open"), key=f"open-{concept.stem}",
                         type="primary" if first else "secondary"):  # fmt: skip
                st.switch_page(concept.page)
st.caption(lesson.section("text-offline").body)
