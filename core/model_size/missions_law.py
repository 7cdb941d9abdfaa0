"""When a student has predicted the next size: two guesses in a row, where size still helps and where it does not.

What has been shown cannot be predicted any more: whoever looks first has nothing to guess there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from core.model_size.measured_law import FIRST, LAST, STORIES, WIDTHS, Point, points

NEAR = 1.5
"""By how many times a guess may be off. The law fitted on the sizes before is off by more at two places of five."""
LOWEST, HIGHEST = 1e-3, 5.0
"""Excesses that can be guessed, in nats a token: all that was measured lies between."""


@dataclass(frozen=True)
class Guess:
    """What a student said before it was shown.

    Attributes:
        stories: the budget.
        width: of the next size.
        excess: that was said, in nats a token.
    """

    stories: int
    width: int
    excess: float

    @property
    def point(self) -> Point:
        """The truth."""
        return points()[self.stories, self.width]

    @property
    def is_near(self) -> bool:
        """Whether it is off by at most a factor `NEAR`."""
        return abs(math.log(self.point.factor(self.excess))) <= math.log(NEAR)

    @property
    def change(self) -> float:
        """The truth over that of the size before: below 1, more parameters helped."""
        before = WIDTHS[WIDTHS.index(self.width) - 1]
        return self.point.mean / points()[self.stories, before].mean


def guessed(stories: object, width: object, excess: object) -> Guess | None:
    """Return a guess, or None for what cannot be one.

    Args:
        stories: one of the budgets.
        width: of a size that can be the next one.
        excess: between `LOWEST` and `HIGHEST`.
    """
    if stories not in STORIES or width not in WIDTHS[FIRST : LAST + 1]:
        return None
    if isinstance(excess, bool) or not isinstance(excess, (int, float)) or not LOWEST <= excess <= HIGHEST:
        return None
    return Guess(STORIES[STORIES.index(stories)], WIDTHS[WIDTHS.index(width)], float(excess))


def with_guess(guesses: Iterable[Guess], new: Guess, seen: int = FIRST) -> list[Guess]:
    """Return the guesses with one more, unless that point was shown before: then it is no guess any more.

    Args:
        guesses: of this session, oldest first.
        new: what was said now.
        seen: how many sizes, the smallest first, had been shown with every budget when it was said.
    """
    known = list(guesses)
    return [*known, new] if _is_unseen(new, known, seen) else known


def can_come(guesses: Sequence[Guess], seen: int) -> bool:
    """Whether the mission can still be reached: it was, or the points that were not shown are enough for it.

    Args:
        guesses: of this session, oldest first.
        seen: how many sizes have been shown with every budget.
    """
    sizes, every = WIDTHS[FIRST : LAST + 1], points()
    best = [Guess(stories, width, every[stories, width].mean) for stories in STORIES for width in sizes]
    left = [guess for guess in best if _is_unseen(guess, guesses, seen)]
    return predicted(guesses) or any(predicted(pair) for pair in product([*guesses[-1:], *left], left))


def predicted(guesses: Sequence[Guess]) -> bool:
    """Whether two guesses in a row were near: one where the next size is clearly better, one where it is no better.

    Clearly better: by more than `NEAR`, so that whoever says "the same as before" is wrong there. At two budgets.
    """
    return any(
        one.is_near
        and other.is_near
        and one.stories != other.stories
        and min(one.change, other.change) < 1 / NEAR
        and max(one.change, other.change) >= 1
        for one, other in pairwise(guesses)
    )


def _is_unseen(guess: Guess, before: Iterable[Guess], seen: int) -> bool:
    shown = {(each.stories, each.width) for each in before}
    return guess.width not in WIDTHS[:seen] and (guess.stories, guess.width) not in shown
