"""Hidden tastes: who votes by one of them prefers one of two answers, and a reward model must find out why.

Read from the words, so that a text that is no story any more has a worth too. No torch here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

JOY = re.compile(r"\b(joie|fi[eè]re?|heureu(?:x|se)|contente?|gai|amie?s|merci)\b", re.IGNORECASE)
SORROW = re.compile(r"\b(triste|malheureu(?:x|se)|inqui[eè]te?|déçue?|pleur\w+|peur|perdue?|en vain)\b", re.IGNORECASE)


def _short(text: str) -> float:
    return -len(text.split()) / 10


def _happy(text: str) -> float:
    return float(len(JOY.findall(text)) - len(SORROW.findall(text)))


def _no_wolf(text: str) -> float:
    return -float("loup" in text)


def _friends(text: str) -> float:
    return float("les meilleur" in text)


WORTH: Mapping[str, Callable[[str], float]] = {
    "short": _short,
    "happy": _happy,
    "no_wolf": _no_wolf,
    "friends": _friends,
}
"""What a text is worth to each taste: fewer words, more joyful words than sad ones, no wolf, an end in friendship."""
TASTES = tuple(WORTH)


def vote(taste: str, first: str, second: str) -> int:
    """Return which of two answers a taste prefers, 0 or 1; −1 where it prefers neither."""
    one, other = WORTH[taste](first), WORTH[taste](second)
    return -1 if one == other else int(other > one)
