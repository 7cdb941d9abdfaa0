"""Faults in the data, to be found before anything is trained."""

from __future__ import annotations

from components.lesson import PageLesson


def faults(lesson: PageLesson) -> None:
    """Show the part."""
    lesson.words("text-faults")


def are_found() -> bool:
    """Whether this session has found the planted faults."""
    return False
