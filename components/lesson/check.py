"""Check yourself: questions with a reply to each option, and one sentence in the student's own words."""

from __future__ import annotations

import streamlit as st

from components import given, progress
from components.language import _
from components.lesson.replies import options, say_result
from core.lessons import Section

LONGEST = 1_000
"""Characters of a student's own sentence."""


def quiz(stem: str, section: Section, order: int) -> None:
    """Ask one question; the reply comes with the choice, and another choice gets another reply."""
    question = section.question
    if question is None:
        return
    st.markdown(f"**{section.heading}**" + (f"\n\n{question.text}" if question.text else ""))
    key, before = f"{stem}-{section.id}", progress.of(stem).quiz.get(section.id)
    is_known = before is not None and before < len(question.options)
    given.give_unless_set(key, before if is_known else None)  # answered on an earlier day
    chosen = options(section.heading, question, order, key=key)
    if chosen is None:
        return
    if chosen != before:
        progress.answered(stem, section.id, chosen)
    say_result(question, chosen)


def one_sentence(stem: str, section: Section) -> None:
    """Let the student explain in a sentence, then compare it with a model answer. Nobody marks it."""
    key = f"{stem}-explain"
    task = _("Explain in one sentence")
    st.markdown(f"**{task}** — {section.heading}")
    _remember(key, progress.of(stem).sentence)
    st.text_area(section.heading, key=key, max_chars=LONGEST, height="content", label_visibility="collapsed")
    compared = f"{key}: compared"
    # Never disabled: the click that leaves the box would be lost on a button that cannot be pressed yet.
    if st.button(_("Compare with an answer"), key=f"{key}-compare"):
        st.session_state[compared] = bool(st.session_state[key].strip())
        progress.wrote(stem, st.session_state[key])
        if not st.session_state[compared]:
            st.warning(_("Write your sentence first: comparing teaches more than reading."), icon=":material/edit:")
    if st.session_state.get(compared):
        st.info(section.answer, icon=":material/compare_arrows:")


def _remember(key: str, sentence: str) -> None:
    """Write into the box what was kept; the browser tells it a moment after the page was drawn, once."""
    told = f"{key}: told"
    if key not in st.session_state or (sentence and not st.session_state[key] and told not in st.session_state):
        given.give(key, sentence)
    given.give_again(key)
    if sentence:
        st.session_state[told] = True
