"""What a teacher's link hides: `?hide=tvt_epochs,levels` leaves out these controls and parts of the page.

A hidden control keeps the value that the link gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

HIDE = "hide"
_OFFERED = "curseurs: what this page can hide"
_LONGEST = 2_000
"""Characters of a list in the address that are read."""


def begin_page() -> None:
    """Forget what the page before could hide. The router calls this before each page."""
    st.session_state[_OFFERED] = {}


def is_shown(name: str, label: str) -> bool:
    """Whether a control or a part of the page is shown; the panel of the teacher's link offers to hide it."""
    offered().setdefault(name, label)
    return name not in hidden()


def left_out(labels: Mapping[str, str]) -> list[str]:
    """Return which of these controls a teacher's link leaves out: those of a picture, which shows them by itself.

    Args:
        labels: their names in the address, and the words they are known by.
    """
    return [name for name, label in labels.items() if not is_shown(name, label)]


def hidden() -> frozenset[str]:
    """Return what the address hides."""
    return frozenset(st.query_params.get(HIDE, "")[:_LONGEST].split(",")) - {""}


def offered() -> dict[str, str]:
    """Return what this page can hide, with the words it is known by, in the order of the page."""
    found: dict[str, str] = st.session_state.setdefault(_OFFERED, {})
    return found
