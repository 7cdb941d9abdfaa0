"""Where the picture of the page stands: its values in the address, checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.dqn.kept import AGES
from core.dqn.rules import SMALL, situations

COMPONENT = "dqn-picture"
PACES = ("slow", "usual", "fast")
LAST = -1
"""The age at the end of a training."""
START = 4_200
"""The situation that a flight begins with where nothing else is chosen."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    return {
        "age": (LAST, lambda text: int(text) if LAST <= int(text) <= AGES else None),
        "start": (START, lambda text: int(text) if 0 <= int(text) < situations(SMALL) else None),
        "pace": ("usual", lambda text: text if text in PACES else None),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"dqn_{name}", *limits) for name, limits in names().items()}


def moved() -> None:
    """Take over what the hand left, checked like any other input; what cannot be is left as it was."""
    told.take(st.session_state[COMPONENT].get("state"), names(), "dqn_")


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {"dqn_age": _("Age of the agent"), "dqn_start": _("Another start"), "dqn_pace": _("Speed")}
    return shown.left_out(labels)
