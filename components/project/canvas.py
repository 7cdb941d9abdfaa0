"""The plan of a project on one page, and a repository to begin with."""

from __future__ import annotations

from components.lesson import PageLesson


def canvas(lesson: PageLesson) -> None:
    """Show the part."""
    lesson.words("text-canvas")
