"""Where the ladder stands: a task, the size of the training set, the rows that are shown; in the address, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from components import controls, shown
from components.in_browser import told
from components.language import _, number, percent
from components.notebook.keep import STEM, predicted
from components.project.words import name_of, task_names
from core.project.baselines import MODELS, TASKS
from core.project.presets import ASKED
from core.project.recorded import recorded

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
    """Take over what the hand left, checked like any other input; a row that was guessed is one for the notebook."""
    left, before = told.told(COMPONENT, "state"), state()
    told.take(left, names(), "pj_")
    bet, here = told.number(left.get("bet")), state()
    if here["rows"] > before["rows"] and bet is not None and 0 <= bet <= 1:
        guessed(here["task"], here["size"], MODELS[here["rows"] - 1], bet)


def guessed(task: str, size: int, model: str, bet: float) -> None:
    """Have the notebook keep what was guessed of a row before it was shown.

    Args:
        task: of the row.
        size: of its training set.
        model: of the row.
        bet: share of right answers.
    """
    low, high = recorded().rung(task, size, model).interval
    question = _(
        "How many right answers: {model}, {task}, {size} examples?",
        model=name_of(model, task), task=task_names()[task], size=number(size),
    )  # fmt: skip
    predicted(STEM, question, percent(bet, 0), right=low <= bet <= high)


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"pj_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    return shown.left_out({"pj_task": _("Task"), "pj_size": _("Examples to learn from")})
