"""Values that the program gives to widgets, given again until the browser has told of the widget.

Streamlit tells the browser a value of ours in the run that sets it, and only then. A browser that still loads the
widget, or is slow, draws it as the next run tells it: on nothing, which the run after that takes for the student's
choice. Any component that speaks up while the page arrives brings such a next run.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_GIVEN = "curseurs: widgets that were given a value, and that no browser has told of since"


def give(key: str, value: Any) -> None:
    """Give a widget a value, before it is drawn."""
    st.session_state[key] = value
    _given().add(key)


def give_unless_set(key: str, value: Any) -> None:
    """Before a widget is drawn: give it a value if it stands on none; None is nothing to be given."""
    if value is not None and st.session_state.get(key) is None:
        give(key, value)
    give_again(key)


def give_again(key: str) -> None:
    """Before a widget is drawn: give it its value once more, unless the browser has told that it stands there.

    Streamlit has no public question for what the message that began a run tells of.
    """
    context = get_script_run_ctx()
    if context is None or key not in _given():
        return
    state = context.session_state._state
    widget = state._key_id_mapper.get_id_from_key(key)
    if widget is None:
        return  # it was not drawn yet, or is a value without a widget: it has just been given
    if widget in state._new_widget_state:
        _given().discard(key)  # a field that is given its text again would lose what is being typed
    else:
        st.session_state[key] = st.session_state[key]


def _given() -> set[str]:
    found: set[str] = st.session_state.setdefault(_GIVEN, set())
    return found
