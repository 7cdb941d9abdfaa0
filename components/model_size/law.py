"""To come."""

from __future__ import annotations

from components.lesson import PageLesson


def law(lesson: PageLesson) -> None:
    """Show it."""
    lesson.words("text-law")
