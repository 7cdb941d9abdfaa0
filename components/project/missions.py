"""The missions of the page on the project."""

from __future__ import annotations

from components.lesson import PageLesson
from components.project import faults, notebook


def missions(lesson: PageLesson) -> None:
    """Tick what the student reached."""
    lesson.mission("baseline", False)
    lesson.mission("faults", faults.are_found())
    lesson.mission("report", notebook.has_report())
