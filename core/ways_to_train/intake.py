"""Whatever a student hands in as words, labels and examples: cleaned, or a reason that can be said. No torch here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from core.language_models.prompts import Example
from core.tasks.categories.settings import LABELS, MOST_LABEL, MOST_WORD
from core.tasks.categories.words import POOL

MOST_EXAMPLES, MOST_WORDS, MOST_INSTRUCTION, MOST_QUESTION = POOL, 200, 400, 400
"""Examples of a prompt or a training; words asked about at once; characters of an instruction and of a question."""
REASONS = (
    "not_text", "word_empty", "word_too_long", "label_empty", "label_too_long", "label_twice", "label_unknown",
    "too_few_labels", "too_many_labels", "too_many_examples", "too_many_words", "no_words", "instruction_too_long",
    "question_empty", "question_too_long", "way_unknown", "count_unknown", "seed_unknown", "not_a_pair",
)  # fmt: skip
"""Why something is refused, by its stable name; the page has the words."""
ENDS = ("Cc", "Zl", "Zp")
"""Kinds of signs that would control a line or end it; those that join emoji or letters stay."""


class IntakeError(ValueError):
    """Something that cannot be asked or learned.

    Attributes:
        reason: one of `REASONS`.
        found: what is at fault: the text, or how many there are.
        most: how much would be allowed; 0 where that says nothing.
    """

    def __init__(self, reason: str, found: object = "", most: int = 0) -> None:
        super().__init__(f"{reason}: {found!r}, allowed: {most}")
        self.reason, self.found, self.most = reason, found, most

    def __reduce__(self) -> tuple[type[IntakeError], tuple[str, object, int]]:
        """Travel from a worker as it is."""
        return IntakeError, (self.reason, self.found, self.most)


def clean(text: Any) -> str:
    """Return a text on one line, without spaces around it and without signs that cannot be written.

    Raises:
        IntakeError: it is no text.
    """
    if not isinstance(text, str):
        raise IntakeError("not_text", text)
    whole = text.encode("utf-8", "replace").decode()  # half of a pair of code units is no sign
    return " ".join("".join(" " if unicodedata.category(sign) in ENDS else sign for sign in whole).split())


def word_of(text: Any) -> str:
    """Return a word as it is asked about.

    Raises:
        IntakeError: empty, too long, or no text.
    """
    return _short(text, "word", MOST_WORD)


def label_of(text: Any) -> str:
    """Return a label as it is used.

    Raises:
        IntakeError: empty, too long, or no text.
    """
    return _short(text, "label", MOST_LABEL)


def _short(text: Any, what: str, most: int) -> str:
    cleaned = clean(text)
    if not cleaned:
        raise IntakeError(f"{what}_empty", cleaned, most)
    if len(cleaned) > most:
        raise IntakeError(f"{what}_too_long", cleaned, most)
    return cleaned


def words_of(texts: Sequence[Any]) -> tuple[str, ...]:
    """Return the words that are asked about, at least one.

    Raises:
        IntakeError: one is refused, or there are none, or too many.
    """
    if not texts:
        raise IntakeError("no_words", 0, MOST_WORDS)
    if len(texts) > MOST_WORDS:
        raise IntakeError("too_many_words", len(texts), MOST_WORDS)
    return tuple(word_of(text) for text in texts)


def labels_of(texts: Sequence[Any]) -> tuple[str, ...]:
    """Return the labels that are chosen among.

    Raises:
        IntakeError: one is refused or there twice, or there are too few or too many.
    """
    labels = tuple(label_of(text) for text in texts)
    twice = [label for place, label in enumerate(labels) if label in labels[:place]]
    if twice:
        raise IntakeError("label_twice", twice[0])
    if len(labels) < LABELS[0]:
        raise IntakeError("too_few_labels", len(labels), LABELS[0])
    if len(labels) > LABELS[1]:
        raise IntakeError("too_many_labels", len(labels), LABELS[1])
    return labels


def examples_of(pairs: Sequence[Any], labels: Sequence[str] = ()) -> tuple[Example, ...]:
    """Return examples, the oldest first; there may be none.

    Args:
        pairs: a word and its label each.
        labels: that they may have; without them, any.

    Raises:
        IntakeError: one is refused, has a label of its own, or there are too many.
    """
    if len(pairs) > MOST_EXAMPLES:
        raise IntakeError("too_many_examples", len(pairs), MOST_EXAMPLES)
    found = []
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise IntakeError("not_a_pair", pair)
        word, label = word_of(pair[0]), label_of(pair[1])
        if labels and label not in labels:
            raise IntakeError("label_unknown", label)
        found.append((word, label))
    return tuple(found)


def to_learn_from(pairs: Sequence[Any]) -> tuple[Example, ...]:
    """Return examples that a network can learn from: of at least two labels.

    Raises:
        IntakeError: one is refused, or they have too few labels, or too many.
    """
    found = examples_of(pairs)
    labels_of(list(dict.fromkeys(label for _word, label in found)))
    return found


def instruction_of(text: Any) -> str:
    """Return the sentence before the examples; there may be none.

    Raises:
        IntakeError: too long, or no text.
    """
    cleaned = clean(text)
    if len(cleaned) > MOST_INSTRUCTION:
        raise IntakeError("instruction_too_long", len(cleaned), MOST_INSTRUCTION)
    return cleaned


def question_of(text: Any) -> str:
    """Return a question to the model.

    Raises:
        IntakeError: empty, too long, or no text.
    """
    cleaned = clean(text)
    if not cleaned:
        raise IntakeError("question_empty", cleaned, MOST_QUESTION)
    if len(cleaned) > MOST_QUESTION:
        raise IntakeError("question_too_long", len(cleaned), MOST_QUESTION)
    return cleaned


def seed_of(number: Any) -> int:
    """Return a seed.

    Raises:
        IntakeError: no whole number from 0 on that settings allow.
    """
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**31:
        raise IntakeError("seed_unknown", number, 2**31 - 1)
    return number
