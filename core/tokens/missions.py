"""When the mission on learned merges is reached: a word of the text, and the merge at which it becomes one token."""

from __future__ import annotations

from core.tokens.bpe import encode, learn, pieces

LETTERS = 5
"""A word has so many letters at least: short ones are one token nearly at once."""


def became_one_token(text: str, word: str, merges: int) -> bool:
    """Whether a word of a text is one token after so many merges learned from it, and was not with one less.

    The word is taken where it first stands alone in the text, with the space before it.

    Args:
        text: that the merges are learned from.
        word: letters only.
        merges: how many are learned.
    """
    if len(word) < LETTERS or not word.isalpha():
        return False
    found = next((piece for piece in pieces(text) if piece in (word, f" {word}")), None)
    if found is None or merges < 1:
        return False
    learned = learn(text, merges)
    return len(learned) == merges and len(encode(found, learned)) == 1 < len(encode(found, learned, merges - 1))
