"""What the page's missions ask, decided from what the student really did. No model, no torch here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from core.language_models.graphemes import BROKEN
from core.language_models.writings import Written
from core.stories import language as stories
from core.stories.french import typeset
from core.stories.words import TIMES

LEAST = 0.01
"""The probability that a token chosen by hand must have had: one in a hundred."""
END = b"<|endoftext|>"
PLEAS = "Peux-tu m'aider", "Aide-moi", "Qui es-tu"
"""One of these is said in every story whose hero helps somebody, and in none whose hero loses the treasure."""
UNDECIDED = re.compile(rf"({'|'.join(TIMES)}),( il| elle)?( a)?$")
"""The end of a text after which either may come."""
PERPLEXITY = 1.7
"""Under this the example's perplexity, 1.65, is to stay when one of its words is changed."""


def first_difference(one: Sequence[int], other: Sequence[int]) -> int:
    """Return the first place at which two texts differ, -1 if they are the same."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return -1 if len(one) == len(other) else min(len(one), len(other))


def made_lose(prompt: str, steps: Sequence[Written], by_hand: AbstractSet[int]) -> bool:
    """Whether one token chosen by hand, where the plot is decided, made the hero lose the treasure; a correct story.

    Args:
        prompt: the beginning of the text.
        steps: its tokens, to the end of the story.
        by_hand: the places whose token the student chose.
    """
    if len(by_hand) != 1 or not steps or _bytes(steps[-1]) != END:
        return False
    at = next(iter(by_hand))
    if steps[at]["probability"] < LEAST or not is_story(prompt, steps):
        return False
    whole = _text(prompt, steps)
    return UNDECIDED.search(_text(prompt, steps[:at])) is not None and not any(plea in whole for plea in PLEAS)


def is_story(prompt: str, steps: Sequence[Written]) -> bool:
    """Whether the prompt with its tokens is a story that the grammar could have written, word for word."""
    return stories.recognise(_text(prompt, steps))


def one_word_changed(text: str, example: str) -> bool:
    """Whether exactly one word of the example was replaced by another word; punctuation stays.

    A word in other letters, such as capitals, is the same word.
    """
    ours, theirs = _words(text.lower()), _words(example.lower())
    if len(ours) != len(theirs):
        return False
    differing = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    return len(differing) == 1 and all(word[0].isalpha() for word in differing[0])


def unsurprised(text: str, example: str, perplexity: float) -> bool:
    """Whether another word took the place of one of the example's, and the model expected it as much."""
    return one_word_changed(text, example) and perplexity < PERPLEXITY


def _text(prompt: str, steps: Sequence[Written]) -> str:
    return typeset(prompt) + b"".join(map(_bytes, steps)).removesuffix(END).decode("utf-8", BROKEN)


def _bytes(step: Written) -> bytes:
    return bytes.fromhex(step["bytes"])


def _words(text: str) -> list[str]:
    """Return words and marks of a text, each apostrophe the same."""
    return re.findall(r"[^\W\d_]+|[^\w\s]|\d+", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
