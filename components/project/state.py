"""Where the ladder stands: a task, the size of the training set, the rows that are shown; in the address, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.project.baselines import MODELS, TASKS
from core.project.presets import ASKED

COMPONENT = "pj-picture"


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    sizes = {size for task in TASKS.values() for size in task.sizes}
    return {
        "task": (ASKED["task"], controls.one_of(*TASKS)),
        "size": (ASKED["size"], controls.one_of(*sorted(sizes))),
        "rows": (1, controls.one_of(*range(1, len(MODELS) + 1))),
        "test": (False, controls.boolean),
        "close": (False, controls.boolean),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say; a size that the task has not gives way to a smaller."""
    here = {name: controls.in_url(f"pj_{name}", *limits) for name, limits in names().items()}
    task = TASKS[here["task"]]
    return here | {"size": max((size for size in task.sizes if size <= here["size"]), default=task.sizes[0])}


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    told.take(st.session_state[COMPONENT].get("state"), names(), "pj_")


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"pj_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    return shown.left_out({"pj_task": _("Task"), "pj_size": _("Examples to learn from")})
