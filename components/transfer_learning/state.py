"""Where the picture of the transfer learning page stands: its values in the address, checked; presets move them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.tasks.signs.settings import WAYS
from core.transfer_learning.stops import PHOTOS, SPLITS

COMPONENT = "tl-picture"
PARTS = ("mistakes", "signs", "map")
"""What is shown beside the curves."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""

    def one_of(*options: str) -> Callable[[str], str | None]:
        return lambda text: text if text in options else None

    return {
        "way": ("imagenet", one_of(*WAYS)),
        "photos": (2, lambda text: int(text) if int(text) in PHOTOS else None),
        "split": ("people", one_of(*SPLITS)),
        "part": ("mistakes", one_of(*PARTS)),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"tl_{name}", *limits) for name, limits in names().items()}


def moved() -> None:
    """Take over what the hand left, checked like any other input; what cannot be is left as it was."""
    told.take(st.session_state[COMPONENT].get("state"), names(), "tl_")


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {
        "tl_way": _("Way to learn"),
        "tl_photos": _("Photos of each sign"),
        "tl_split": _("Measured on"),
        "tl_part": _("Beside the curves"),
    }
    return shown.left_out(labels)
