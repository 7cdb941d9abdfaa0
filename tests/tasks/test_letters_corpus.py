"""Words cut into training, validation and test; and the student's own list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.runs.record import record
from core.tasks.letters import corpus as letters_corpus
from core.tasks.letters.corpus import clean, corpus, load
from core.tasks.letters.settings import LettersSettings
from core.training.settings import SettingsError
from tests.small_runs import SMALL_LETTERS


def test_families_of_words_stay_on_one_side() -> None:
    """No more than one family of four letters at each cut has words on both sides."""
    for name in ("names", "words"):
        cut = corpus(load(name))
        beginnings = {split: {word[:4] for word in words_of} for split, words_of in cut.words.items()}
        assert len(beginnings["train"] & beginnings["validation"]) <= 1
        assert len(beginnings["validation"] & beginnings["test"]) <= 1
        assert sorted(word for words_of in cut.words.values() for word in words_of) == sorted(load(name))


def test_families_of_words_stay_on_one_side_of_the_cut() -> None:
    """No first four letters are in two splits, but for the two families the cut goes through."""
    for name in letters_corpus.FILES:
        cut = corpus(load(name))
        beginnings = {split: {word[:4] for word in cut.words[split]} for split in letters_corpus.SPLITS}
        assert len(beginnings["train"] & beginnings["validation"]) <= 1
        assert len(beginnings["validation"] & beginnings["test"]) <= 1
        assert not beginnings["train"] & beginnings["test"]
        assert sum(map(len, cut.words.values())) == len(load(name))


@pytest.mark.parametrize("given_text", ["", "   ", "seul", "🎉" * 200, "12 34 !!", "<b></b>"])
def test_a_list_that_is_empty_or_too_short_is_refused_by_name(given_text: str) -> None:
    """Empty, one word, emoji, digits, tags: a refusal that says how many words are needed."""
    with pytest.raises(SettingsError) as refusal:
        LettersSettings(corpus="own", words=clean(given_text))
    assert refusal.value.name == "words"


def test_ten_megabytes_are_cut_at_once() -> None:
    """No more than 5,000 words of 30 letters and 60 different characters, whatever is pasted."""
    found = clean("abcdefghij " * 900_000 + "z")
    assert found[0] == "abcdefghij"
    assert len(found) <= 2  # the cut goes through a word
    many = clean(
        "\n".join(f"{chr(97 + k % 26)}{chr(97 + k // 26 % 26)}{chr(97 + k // 676 % 26)}x" for k in range(9_000))
    )
    assert len(many) == letters_corpus.OWN_WORDS
    exotic = clean(" ".join(chr(0x4E00 + k) for k in range(500)))
    assert len(exotic) == letters_corpus.OWN_CHARACTERS
    assert max(map(len, clean("a" * 10_000))) == letters_corpus.OWN_LENGTH


def test_right_to_left_markup_and_duplicates_become_plain_words() -> None:
    """Arabic and Hebrew letters stay, marks of direction and tags go, each word counts once."""
    assert clean("سلام \u202eשלום\u202c") == ("سلام", "שלום")
    assert clean("<script>alert('x')</script> Été été ÉTÉ") == ("script", "alert", "x", "été")
    words_typed = " ".join(f"كلمة{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
    run = record(replace(SMALL_LETTERS, corpus="own", words=clean(words_typed), updates=10))
    assert run.status == "finished"


@given(st.text(max_size=300))
@example_settings(max_examples=200, deadline=None)
def test_cleaning_is_stable_and_never_fails(text: str) -> None:
    """Any text; cleaning twice is cleaning once; no full stop, the end's own character, gets in."""
    found = clean(text)
    assert clean(found) == found
    assert "." not in "".join(found)
