"""Two texts by the same tokenizers: what each costs, and the missions that are reached with a pair of them."""

from __future__ import annotations

import regex

from core.tokens.recorded import encoding
from core.tokens.texts import OPENING
from core.tokens.tokenizers import TOKENIZERS

SHORTEST, TIMES = 20, 3
"""Characters of two texts of equal length, at least; how many times as many tokens one of them takes."""
WORDS = 6
"""Words of an English sentence, at least."""
SHARE = 0.6
"""A translation has this share of the characters of what it translates, at least."""
_FRENCH = (
    "le la les un une des de du et est à au aux que qui dans pour ne pas je tu il elle nous vous ils elles on ce se "
    "sur en mon ma mes son sa ses leur avec par plus sont était"
)
_ENGLISH = (
    "the a an of and is are to in that it i you he she we they for on with not my his her their was be at by this "
    "have has from as"
)
FRENCH, ENGLISH = frozenset(_FRENCH.split()), frozenset(_ENGLISH.split())
"""Words that are in nearly every sentence of a language."""
FEW = 2
"""So many of them make a sentence one of that language."""


def counts(text: str) -> dict[str, int | None]:
    """Return how many tokens each tokenizer makes of a text; None for one that is missing here."""
    found = {name: encoding(name, text) for name in TOKENIZERS}
    return {name: None if cut is None else len(cut.ids) for name, cut in found.items()}


def three_times(one: str, other: str) -> bool:
    """Whether two texts of letters and spaces are equally long, and one takes three times as many tokens of GPT-4."""
    if len(one) != len(other) or len(one) < SHORTEST:
        return False
    if not all(regex.fullmatch(r"[\p{L}\p{M} ]+", text) for text in (one, other)):
        return False
    few, many = sorted(_tokens(text) for text in (one, other))
    return 0 < TIMES * few <= many


def as_cheap(one: str, other: str) -> bool:
    """Whether one text is an English sentence, the other a French one that takes no more tokens of GPT-4.

    Whether it is a translation, no rule here can tell: it is long enough to be one.
    """
    return any(_is_pair(english, french) for english, french in ((one, other), (other, one)))


def _is_pair(english: str, french: str) -> bool:
    words = [regex.findall(r"\p{L}+", text.lower()) for text in (english, french)]
    is_each = len(set(words[0]) & ENGLISH) >= FEW and len(set(words[1]) & FRENCH) >= FEW
    is_mixed = len(set(words[0]) & FRENCH) >= FEW or len(set(words[1]) & ENGLISH - FRENCH) >= FEW
    is_long = len(words[0]) >= WORDS and len(french) >= SHARE * len(english)
    return is_each and not is_mixed and is_long and 0 < _tokens(french) <= _tokens(english)


def _tokens(text: str) -> int:
    found = encoding(OPENING, text)
    return 0 if found is None else len(found.ids)
