"""Where the picture of the GPU page stands: its values in the address, checked; presets move them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.gpu.recorded import CARDS
from core.gpu.work import COURSE, PRECISIONS, STOPS, WIDTHS

COMPONENT = "gpu-picture"
ASKED: dict[str, Any] = {"batch": 16}
"""What differs from the defaults in the page's question: nothing but what it names."""
MEASURED_CARDS = ("cuda", "mps")
"""Cards of this machine, which are there once it was measured."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""

    def one_of(*options: str) -> Callable[[str], str | None]:
        return lambda text: text if text in options else None

    def width(text: str) -> int | None:
        found = COURSE if text == "course" else int(text)
        return found if found in WIDTHS else None

    return {
        "width": (COURSE, width),
        "batch": (16, lambda text: int(text) if int(text) in STOPS else None),
        "precision": ("fp32", one_of(*PRECISIONS)),
        "transfer": (False, controls.boolean),
        "card": (CARDS[0], one_of(*CARDS, *MEASURED_CARDS)),
        "axis": ("batch", one_of("batch", "width")),
        "line": ("card", one_of("card", "one", "all", "sheet")),
    }


def state(cards: Sequence[str]) -> dict[str, Any]:
    """Return every value, as the address and the session say; a card that is not there gives way to the first one.

    Args:
        cards: that there are.
    """
    found = {name: controls.in_url(f"gpu_{name}", *limits) for name, limits in names().items()}
    return found | {"card": found["card"] if found["card"] in cards else cards[0]}


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    take(st.session_state[COMPONENT].get("state"))


def take(given: object) -> None:
    """Take over values that a browser sent; what cannot be is left as it was."""
    told.take(given, names(), "gpu_")


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"gpu_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {
        "gpu_width": _("Width of the hidden layers"),
        "gpu_batch": _("Batch size"),
        "gpu_precision": _("Precision"),
        "gpu_transfer": _("Send the batch to the card at every update"),
        "gpu_card": _("Card"),
        "gpu_axis": _("Along the axis"),
        "gpu_bet": _("The bet"),
    }
    return shown.left_out(labels)
