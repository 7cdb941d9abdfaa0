"""Where the picture of the page on ways to train stands: its values in the address, checked; presets move them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.ways_to_train.recorded import SHOWN
from core.ways_to_train.ways import COUNTS, WAYS

COMPONENT = "ways-picture"
ASKED: dict[str, Any] = {"examples": COUNTS[-1], "way": "scratch"}
"""Where the page's question leads."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    return {
        "examples": (5, lambda text: int(text) if int(text) in COUNTS else None),
        "way": ("few_shot", controls.one_of(*WAYS)),
        "draw": (0, lambda text: int(text) if 0 <= int(text) < SHOWN else None),
        "calibrated": (True, controls.boolean),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"ways_{name}", *limits) for name, limits in names().items()}


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    told.take(st.session_state[COMPONENT].get("state"), names(), "ways_")


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"ways_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {
        "ways_examples": _("Labelled words"),
        "ways_draw": _("Another draw"),
        "ways_calibrated": _("Calibrated"),
    }
    return shown.left_out(labels)
