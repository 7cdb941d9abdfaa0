"""A prompt as cards that a link holds: "wolf=animal;bread=food", and the prompts that the page begins with."""

from __future__ import annotations

from collections.abc import Sequence

from core.language_models.prompts import Example
from core.tasks.categories.words import CATEGORIES

MOST, WORD = 28, 24
"""Cards of a prompt, and characters of a word on one: so many fit into a link."""
_BETWEEN, _IS = ";", "="

ONE_OF_EACH: tuple[Example, ...] = (
    ("pig", "animal"), ("bread", "food"), ("car", "vehicle"), ("bed", "furniture"), ("coat", "clothing"),
)  # fmt: skip
"""None of the words that prompts are tried on."""


def text_of(cards: Sequence[Example]) -> str:
    """Return cards as a link holds them."""
    return _BETWEEN.join(f"{word}{_IS}{label}" for word, label in cards)


def read(text: str) -> tuple[Example, ...] | None:
    """Return the cards of a link; None if a label is none, or there are too many."""
    cards = []
    for card in text.split(_BETWEEN) if text else ():
        word, found, label = card.rpartition(_IS)
        if not found or label not in CATEGORIES or len(word) > WORD:
            return None
        cards.append((clean(word), label))
    return tuple(cards) if len(cards) <= MOST else None


def clean(word: str) -> str:
    """Return a word as it may stand on a card: without the signs between cards, and on one line."""
    plain = "".join(sign if sign.isprintable() and sign not in f"{_BETWEEN}{_IS}" else " " for sign in word)
    return " ".join(plain.split())[:WORD].rstrip()


def asked(cards: Sequence[Example]) -> tuple[Example, ...]:
    """Return the cards that are shown to the model: those with a word."""
    return tuple((word, label) for word, label in cards if word)
