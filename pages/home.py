"""Home: what this is, the map of the course, chapter by chapter, and where the student stands on it."""

from __future__ import annotations

import streamlit as st

from components import language, progress
from components.forward_pass.plane import first_touch
from components.language import _, _n
from components.lesson import answers
from components.progress.panel import panel
from components.project import canvas_state
from components.projection import is_projected
from core.course import Concept, chapters, concepts
from core.lessons import Lesson, load
from core.limits import in_class
from core.progress import PageProgress, tally

COLUMNS = 3


def main() -> None:
    """Run the page."""
    lesson = load("home", language.current())
    words, picture = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words:
        st.title(lesson.title, anchor=False)
        st.markdown(f"#### {lesson.objective}")
        st.markdown(lesson.section("text-how").body)
        resumed = resume()
    with picture:
        first_touch()
        st.caption(lesson.section("text-touch").body)
    first = concepts()[0]
    for chapter, there in chapters().items():
        st.subheader(lesson.section(f"chapter-{chapter.id}").heading, anchor=False)
        for row in range(0, len(there), COLUMNS):
            for column, concept in zip(st.columns(COLUMNS), there[row : row + COLUMNS], strict=False):
                with column.container(border=True, height="stretch", key=f"card-{concept.stem}"):
                    card(concept, first=concept is first and not resumed)
    st.caption(lesson.section("text-offline-class" if in_class() else "text-offline").body)
    if not is_projected():
        panel(forget)


def forget() -> None:
    """Forget all that this session knows of the student. Call it in a callback."""
    answers.forget()
    canvas_state.forget()


def resume() -> bool:
    """Show the way back to where the student was, if they were somewhere; return whether they were."""
    found = progress.known().resume()
    if found is None:
        return False
    concept, query = found
    label = _("Resume: {title}", title=load(concept.stem, language.current()).title)
    if st.button(label, icon=":material/resume:", key="resume", type="primary"):
        st.switch_page(concept.page, query_params=query)
    return True


def card(concept: Concept, *, first: bool) -> None:
    """Show what a page is about, how long it takes, what was done on it, and the way to it."""
    lesson = load(concept.stem, language.current())
    st.markdown(f"### {concept.icon} {lesson.title}")
    st.markdown(lesson.objective)
    st.caption(
        _n(
            "{count} minute; all of it, {whole}",
            "{count} minutes; all of it, {whole}",
            lesson.minutes,
            whole=lesson.whole,
        )
    )
    if done := state(progress.of(concept.stem), lesson):
        st.caption(done)
    label = _("Start here") if first else _("Open")
    if st.button(label, key=f"open-{concept.stem}", type="primary" if first else "secondary"):
        st.switch_page(concept.page)


def state(page: PageProgress, lesson: Lesson) -> str:
    """Say in one line what was done on a page; nothing if it is untouched."""
    if page == PageProgress():
        return ""
    found = tally(page, lesson)
    parts = []
    if found.predicted:
        parts.append(_("predicted"))
    if found.of_missions:
        parts.append(
            _n("{count} mission of {total}", "{count} missions of {total}", found.missions, total=found.of_missions)
        )
    if found.of_quizzes:
        parts.append(_("quiz {right}/{total}", right=found.right, total=found.of_quizzes))
    return (":material/task_alt: " if found.complete else "") + ", ".join(parts)


main()
