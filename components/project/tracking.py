"""Runs told to a tracker: Weights & Biases, MLflow."""

from __future__ import annotations

from components.lesson import PageLesson


def tracking(lesson: PageLesson) -> None:
    """Show the part."""
    lesson.words("text-tracking")
