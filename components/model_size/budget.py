"""To come."""

from __future__ import annotations

from components.lesson import PageLesson


def budget(lesson: PageLesson) -> None:
    """Show it."""
    lesson.words("text-budget")
