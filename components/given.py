"""Values that the program gives to widgets, given again as long as the browser may not have heard of them.

Streamlit tells the browser a value of ours in the run that sets it, and only then. A run that is cut short by the next
one, because a component speaks up while the page is still drawn, may take that with it: what was not sent yet is
dropped. The widget then appears on nothing, and the next run takes nothing for the student's choice.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

_GIVEN = "curseurs: values given to widgets since a page was last drawn to its end"
_DRAWN = "curseurs: whether a page is being drawn, and not one of its fragments"


def begin_page() -> None:
    """Note that a page is drawn from its beginning: this run is the next one, should the last have been cut short."""
    st.session_state[_DRAWN] = True


def end_page() -> None:
    """Note that the page was drawn to its end: the browser hears of all that was given."""
    st.session_state[_DRAWN] = False
    _given().clear()


def give(key: str, value: Any) -> None:
    """Give a widget a value, before it is drawn."""
    st.session_state[key] = _given()[key] = value


def give_again(key: str) -> None:
    """Before a widget is drawn: give it its value once more, if a run that was cut short did, and it still has it.

    Not in a fragment, which no page cuts short: a field that is given its text loses what is being typed.
    """
    given = _given()
    if key in given and st.session_state.get(_DRAWN) and st.session_state.get(key) == given[key]:
        st.session_state[key] = given[key]
    else:
        given.pop(key, None)


def _given() -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.setdefault(_GIVEN, {})
    return found
