"""The notebook of all experiments, kept in the student's own browser."""

from __future__ import annotations

from components.lesson import PageLesson


def notebook(lesson: PageLesson) -> None:
    """Show the part."""
    lesson.words("text-notebook")


def has_report() -> bool:
    """Whether this session has made a report of three experiments and a verdict."""
    return False
