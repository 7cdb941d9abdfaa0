"""Where the arena's picture stands: two models, so many votes between them; in the address, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.arena.duel import RUNGS
from core.arena.presets import ASKED
from core.arena.table import entrants

COMPONENT = "ar-picture"
MOST_DRAWS = 9_999
"""How often other votes can be asked for."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    last = len(entrants()) - 1
    return {
        "first": (ASKED["first"], lambda text: int(text) if 0 <= int(text) <= last else None),
        "second": (ASKED["second"], lambda text: int(text) if 0 <= int(text) <= last else None),
        "votes": (ASKED["votes"], controls.one_of(*RUNGS)),
        "draw": (ASKED["draw"], lambda text: int(text) if 0 <= int(text) <= MOST_DRAWS else None),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say; a model is no rival of its own."""
    here = {name: controls.in_url(f"ar_{name}", *limits) for name, limits in names().items()}
    if here["first"] == here["second"]:
        controls.set_values(values({}))
        return {name: default for name, (default, _parse) in names().items()}
    return here


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    told.take(st.session_state[COMPONENT].get("state"), names(), "ar_")


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"ar_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    return shown.left_out({"ar_votes": _("Votes between the two"), "ar_draw": _("Other votes")})
