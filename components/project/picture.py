"""The picture of the page on the project: one task, and what each model makes of it, from the simplest on."""

from __future__ import annotations

from components.lesson import PageLesson


def show_picture(lesson: PageLesson) -> None:
    """Show the rows."""
    lesson.words("text-rows")
