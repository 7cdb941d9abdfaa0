"""Where the picture of the page on the three phases stands: its instruction, its draw, the token that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.stories.instructions import OPTIONS, Instruction
from core.three_phases.opening import OPENING, WISHES

COMPONENT = "tp-picture"
MOST_TOKENS, MOST_SEED = 192, 999


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    opening = OPENING.to_json()
    wishes = {name: (opening.get(name, ""), controls.one_of("", *OPTIONS[name])) for name in WISHES}
    return {
        **wishes,
        "seed": (1, lambda text: int(text) if 1 <= int(text) <= MOST_SEED else None),
        "phase": (1, lambda text: int(text) if 0 <= int(text) < 3 else None),
        "at": (0, lambda text: int(text) if 0 <= int(text) < MOST_TOKENS else None),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"tp_{name}", *limits) for name, limits in names().items()}


def instruction_of(here: Mapping[str, Any]) -> Instruction:
    """Return the instruction of the wishes."""
    return Instruction(**{name: here[name] for name in WISHES})


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    given = st.session_state[COMPONENT].get("state")
    if isinstance(given, Mapping):
        wishes = given.get("wishes")
        told.take({**given, **(wishes if isinstance(wishes, Mapping) else {})}, names(), "tp_")


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"tp_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    return shown.left_out({"tp_hero": _("The instruction"), "tp_seed": _("Another answer")})
