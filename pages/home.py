"""Home: what this is, and the map of the course, chapter by chapter."""

from __future__ import annotations

import streamlit as st

from components import language
from components.language import _, _n
from core.course import Concept, chapters, concepts
from core.lessons import load

COLUMNS = 3


def main() -> None:
    """Run the page."""
    lesson = load("home", language.current())
    st.title(lesson.title, anchor=False)
    st.markdown(f"#### {lesson.objective}")
    st.markdown(lesson.section("text-how").body)
    first = concepts()[0]
    for chapter, there in chapters().items():
        st.subheader(lesson.section(f"chapter-{chapter.id}").heading, anchor=False)
        for row in range(0, len(there), COLUMNS):
            for column, concept in zip(st.columns(COLUMNS), there[row : row + COLUMNS], strict=False):
                with column.container(border=True, height="stretch", key=f"card-{concept.stem}"):
                    card(concept, first=concept is first)
    st.caption(lesson.section("text-offline").body)


def card(concept: Concept, *, first: bool) -> None:
    """Show what a page is about, how long it takes, and the way to it."""
    lesson = load(concept.stem, language.current())
    st.markdown(f"### {concept.icon} {lesson.title}")
    st.markdown(lesson.objective)
    st.caption(_n("{count} minute", "{count} minutes", lesson.minutes))
    label = _("Start here") if first else _("Open")
    if st.button(label, key=f"open-{concept.stem}", type="primary" if first else "secondary"):
        st.switch_page(concept.page)


main()
