"""The missions of the page on ways to train, ticked from what was really tried."""

from __future__ import annotations

from components.lesson import PageLesson
from components.ways_to_train.own import result
from components.ways_to_train.prompt import scores
from core.tasks.categories.settings import WAYS
from core.ways_to_train.curves import curve
from core.ways_to_train.missions import AGAINST, beats_ten, scratch_wins, worse_than_chance


def missions(lesson: PageLesson) -> None:
    """Show the missions, and tick those that were reached."""
    best = max(point.most for way in WAYS for point in curve(way) if point.examples == AGAINST)
    tried = scores()
    lesson.mission("three", any(beats_ten(cards, score, best) for cards, score in tried))
    lesson.mission("worse", any(worse_than_chance(cards, score) for cards, score in tried))
    lesson.mission("scratch", scratch_wins(*result()), by=("ways_learn", "ways_try"))
