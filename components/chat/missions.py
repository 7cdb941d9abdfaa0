"""The missions of the page on talking with a model, ticked from what really happened."""

from __future__ import annotations

from components.chat.classify import has_classified
from components.chat.documents import has_been_put_right
from components.chat.state import conversation
from components.chat.tools import own_is_calculated
from components.lesson import PageLesson
from core.chat.missions import forgotten


def missions(lesson: PageLesson) -> None:
    """Show the missions, and tick those that were reached."""
    lesson.mission("forget", forgotten(conversation().turns))
    lesson.mission("tool", own_is_calculated())
    lesson.mission("classify", has_classified())
    lesson.mission("right", has_been_put_right())
