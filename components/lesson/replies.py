"""The options of a question, and what is said to whoever chose one."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _
from core.lessons import Question


def options(label: str, question: Question, order: int, *, key: str) -> int | None:
    """Show the options shuffled, none chosen at first; return the index of the chosen one in the file's order.

    Args:
        label: the question, for whoever does not see it.
        question: holds the options.
        order: seed of their order.
        key: of the widget.
    """
    controls.relabel(key)
    chosen: int | None = st.radio(
        label,
        question.order(order),
        index=None,
        key=key,
        format_func=lambda option: question.options[option],
        label_visibility="collapsed",
    )
    return chosen


def say_result(question: Question, chosen: int) -> None:
    """Say whether the chosen option is right, reply to it, then explain."""
    reply = question.replies[chosen]
    if chosen in question.right:
        praise = _("Right.")
        st.success(sentence(f"{praise} {reply} {question.explanation}"), icon=":material/check_circle:")
        return
    right = " / ".join(question.options[index].rstrip(".") for index in sorted(question.right))
    said = _("You said: {said}.", said=question.options[chosen].rstrip("."))
    answer = _("Right answer: {right}.", right=right)
    st.warning(sentence(f"{said} {reply}"), icon=":material/lightbulb:")
    st.markdown(sentence(f"**{answer}** {question.explanation}"))


def sentence(text: str) -> str:
    """Return text with single spaces, where a part of it is empty."""
    return " ".join(part for part in text.split(" ") if part)
