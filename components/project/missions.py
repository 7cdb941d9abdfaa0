"""The missions of the page on the project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.lesson import PageLesson
from components.project import faults, notebook
from core.project.missions import a_baseline_wins


def missions(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Tick what the student reached.

    Args:
        lesson: holds their words.
        here: where the ladder stands.
    """
    is_won = a_baseline_wins(here["task"], here["size"], here["rows"])
    lesson.mission("baseline", is_won, by=("pj_task", "pj_size", "pj_rows"))
    lesson.mission("faults", faults.are_found())
    lesson.mission("report", notebook.has_report())
