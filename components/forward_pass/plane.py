"""What a neuron does in space: two inputs, the line where its sum is zero, the sheet that its activation folds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from components import controls
from components.in_browser import component, nothing, surroundings
from components.language import _, current
from components.lesson import PageLesson
from core.forward_pass.network import LIMIT
from core.lessons import Lesson, load

COMPONENT = "fp-plane"
ACTIVATIONS = ("identity", "relu", "tanh", "sigmoid")
DEFAULTS: dict[str, Any] = {"w1": 1.0, "w2": 0.5, "b": -0.5, "f": "relu"}


def plane(lesson: PageLesson) -> None:
    """Show the neuron; the student's hand moves it in the browser, its numbers are in the address."""
    lesson.words("text-plane")
    neuron = {
        name: controls.in_url(f"fp_plane_{name}", value, partial(_read, name)) for name, value in DEFAULTS.items()
    }
    _mount(COMPONENT, neuron, lesson.lesson, _moved)


def first_touch() -> None:
    """Show a neuron to move before anything was read: no names, no numbers, nothing kept."""
    _mount("first-touch", DEFAULTS, load("forward_pass", current()), nothing, bare=True)


def _mount(
    key: str, neuron: Mapping[str, Any], lesson: Lesson, moved: Callable[[], None], *, bare: bool = False
) -> None:
    data = surroundings() | {
        "version": ",".join(map(str, neuron.values())),
        "neuron": dict(neuron),
        "activations": list(ACTIVATIONS),
        "bare": bare,
        "labels": _labels(lesson),
    }
    component("forward_pass/plane")(key=key, data=data, on_neuron_change=moved)


def _moved() -> None:
    """Take over what the finger left, checked like any other input."""
    given = st.session_state[COMPONENT].get("neuron")
    for name in DEFAULTS:
        told = given.get(name) if isinstance(given, Mapping) else None
        try:
            value = None if told is None else _read(name, str(told))
        except ValueError:
            value = None
        if value is not None:
            st.session_state[f"fp_plane_{name}"] = value


def _read(name: str, told: str) -> float | str | None:
    """Return a value of the neuron, or None if it cannot be."""
    if name == "f":
        return told if told in ACTIVATIONS else None
    value = round(float(told), 1) + 0.0
    return value if abs(value) <= LIMIT else None


def _labels(lesson: Lesson) -> dict[str, object]:
    return {
        "activation": _("Activation"),
        "activations": {"identity": _("identity"), "relu": "ReLU", "tanh": "tanh", "sigmoid": _("sigmoid")},
        "plane": _("The plane of the two inputs"),
        "sheet": _("The neuron’s output above it (drag to turn)"),
        "planeAlt": _("Plane of the inputs: blue where the sum is positive; the dashed line is where it is zero"),
        "sheetAlt": _("The output as a sheet over the plane"),
        "sides": lesson.section("text-plane-sides").body,
        "flat": lesson.section("text-plane-flat").body,
    }
