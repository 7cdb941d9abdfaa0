"""The missions about a model's size: a large one in little memory, and what grows with the square."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.lesson import PageLesson
from components.model_size.state import OWN, model, pinned
from core.model_size.missions import fits, grows_with_the_square

DECIDING = tuple(f"ms_{name}" for name in OWN)
"""What decides both; the pin decides the second one too."""


def missions(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Tick what the model on show reaches.

    Args:
        lesson: holds their words.
        here: where the picture stands.
    """
    chosen, _repairs = model(here)
    lesson.mission("fits", fits(chosen, here["precision"]), by=DECIDING)
    before = pinned(here["pin"])
    squared = before is not None and grows_with_the_square(before[0], chosen)
    lesson.mission("square", squared, by=(*DECIDING, "ms_pin"))
