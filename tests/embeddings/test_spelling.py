"""Words mistyped: what is found in a millisecond is what the standard library finds."""

from __future__ import annotations

import random
from difflib import get_close_matches

from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.language_models.spelling import Spellings
from core.language_models.word_vectors import french_words


def test_near_spellings_are_those_of_difflib() -> None:
    """For 60 mistyped words among the 20,000, emptiness and an emoji: the very list of `get_close_matches`."""
    lower = french_words().lower
    generator = random.Random(1)
    typed = ["", "🙂", "a", "xqzt", "roi", "anticonstitutionellement"]
    for word in generator.sample(sorted(lower), 60):
        place = generator.randrange(len(word))
        typed.append(word[:place] + generator.choice("abcdeéz") + word[place + 1 :])
    for word in typed:
        assert french_words().spellings.nearest(word) == get_close_matches(word, lower, n=3, cutoff=0.6), word


@given(st.sets(st.text("abcdé", min_size=1, max_size=6), min_size=1, max_size=30), st.text("abcdéf", max_size=8))
@example_settings(max_examples=200, deadline=None)
def test_near_spellings_of_any_words_are_those_of_difflib(known: set[str], typed: str) -> None:
    """Words of the same likeness come in the same order too."""
    assert Spellings(known).nearest(typed) == get_close_matches(typed, known, n=3, cutoff=0.6)
