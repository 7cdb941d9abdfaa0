"""The missions of the page: much in little memory, what grows with the square, the next size, a better split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.lesson import PageLesson
from components.model_size.budget_state import bets
from components.model_size.law_state import guesses
from components.model_size.state import OWN, model, pinned
from core.model_size.missions import fits, grows_with_the_square
from core.model_size.missions_budget import bets_won
from core.model_size.missions_law import predicted

DECIDING = tuple(f"ms_{name}" for name in OWN)
"""What decides both; the pin decides the second one too."""


def missions(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Tick what was reached: by the model on show, by the guesses of the next size, by the bets on a split.

    Args:
        lesson: holds their words.
        here: where the picture stands.
    """
    chosen, _repairs = model(here)
    lesson.mission("fits", fits(chosen, here["precision"]), by=DECIDING)
    before = pinned(here["pin"])
    squared = before is not None and grows_with_the_square(before[0], chosen)
    lesson.mission("square", squared, by=(*DECIDING, "ms_pin"))
    lesson.mission("next", predicted(guesses()))
    lesson.mission("split", bets_won(bets()))
