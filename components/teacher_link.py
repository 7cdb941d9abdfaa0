"""A panel that builds the link a teacher gives to a class: what it hides, and which question it asks."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from components import controls, shown
from components.in_browser import component, surroundings
from components.language import _, current
from components.lesson.question import ASK, PREDICT
from core.lessons import load

KEY = "teacher-link"
_HIDDEN = f"{KEY}: hidden"
_ASKED = f"{KEY}: asked"


def teacher_link(stem: str) -> None:
    """Show the panel of a page; its contents are drawn when it is opened.

    Call it when the page is drawn: it offers what the page has.
    """
    panel = st.expander(_("Link for a class"), icon=":material/school:", key=KEY, on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.caption(_("The class opens exactly this experiment, without what you hide."))
        offered = shown.offered() | {name: name for name in shown.hidden()}
        # What this page was opened without stays hidden in the next link, unless the teacher takes it back.
        st.session_state.setdefault(_HIDDEN, sorted(shown.hidden()))
        st.session_state[_HIDDEN] = [name for name in st.session_state[_HIDDEN] if name in offered]
        hidden = st.pills(
            _("Hide"), list(offered), selection_mode="multi", format_func=offered.__getitem__, key=_HIDDEN
        )
        questions = _questions(stem)
        asked = st.selectbox(
            _("Question beside the picture"), list(questions), format_func=questions.__getitem__, key=_ASKED
        )
        labels = {"copy": _("Copy the link for the class"), "copied": _("Link copied.")}
        data = surroundings() | {"labels": labels, "query": link_query(hidden, asked), "fixed": [shown.HIDE, ASK]}
        component("in_browser/copy_link")(key=f"{KEY}-copy", data=data)


def link_query(hidden: list[str], asked: str) -> str:
    """Return the query string of the class's link: every control of the page as it was, what is hidden, what is asked.

    Args:
        hidden: names of controls and parts of the page.
        asked: id of the section whose question is asked.
    """
    query = dict(parse_qsl(controls.default_query(), keep_blank_values=True)) | {ASK: asked}
    query.pop(shown.HIDE, None)
    if hidden:
        query[shown.HIDE] = ",".join(hidden)
    return urlencode(query)


def _questions(stem: str) -> dict[str, str]:
    """Return what can be asked beside the picture: id of the section to the words it is known by."""
    lesson = load(stem, current())
    own = {PREDICT: _("The page’s own prediction")}
    return own | {section.id: section.heading for section in lesson.named("quiz-")}
