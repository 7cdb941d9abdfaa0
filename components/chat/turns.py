"""What came of a question, as documents and uses show it: as plain text, never as Markdown or HTML."""

from __future__ import annotations

import streamlit as st

from components.chat.faults import sentence
from components.language import _, number
from core.chat.answering import State
from core.chat.conversation import Turn


def plain(text: str) -> None:
    """Show a stranger's text as it is."""
    st.code(text or " ", language=None, wrap_lines=True)


def show(turn: Turn) -> bool:
    """Show an answer, what went wrong, and how much was received for it; return whether it was written to its end."""
    state, place, answer = turn.snapshot()
    plain(answer.text)
    if answer.error is not None:
        st.warning(sentence(answer.error))
    elif state == State.WAITING and place:
        st.caption(_("{place} in the queue", place=place))
    elif state == State.STOPPED:
        st.caption(_("Stopped here."))
    elif answer.reason == "length":
        st.caption(_("Cut off: the longest answer is reached."))
    if turn.received is not None and turn.received.is_known:
        st.caption(_("The model received {tokens} tokens.", tokens=number(len(turn.received.tokens))))
    elif answer.usage is not None:
        st.caption(_("The model received {tokens} tokens.", tokens=number(answer.usage.prompt)))
    return state == State.FINISHED
