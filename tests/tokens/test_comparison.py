"""Two texts, two missions: what reaches them and what does not; what a lesson costs."""

from __future__ import annotations

import pytest

from core.lessons import load
from core.tokens.comparison import as_cheap, counts, three_times
from core.tokens.cost import fits, lesson_counts, lesson_text, price
from core.tokens.texts import COMPARED, PRESETS
from core.tokens.tokenizers import encode

ENGLISH = "We will have to wait until the end of the month for the results."
FRENCH = "On attend la fin du mois pour les résultats."


def test_three_times_the_tokens_at_equal_length() -> None:
    """Equal lengths of letters and spaces, twenty at least, three times the tokens of GPT-4, in either order."""
    long = "information " * 3
    odd = "żółwźćńąęśłóżźćńęąśżółwźćńąęśłóżźćńęąś"[: len(long)]
    assert len(long) == len(odd) >= 20
    assert len(encode("cl100k", odd).ids) >= 3 * len(encode("cl100k", long).ids)
    assert three_times(long, odd)
    assert three_times(odd, long)
    assert not three_times(long, odd[:-1])
    assert not three_times(long, long)
    assert not three_times(long[:19], odd[:19])
    assert not three_times("👍" * 20, "a" * 20)
    assert not three_times("", "")


def test_a_french_sentence_at_the_price_of_the_english_one() -> None:
    """Both languages, long enough to be a translation, not one token more; the boxes may be exchanged."""
    assert len(encode("cl100k", FRENCH).ids) <= len(encode("cl100k", ENGLISH).ids)
    assert as_cheap(ENGLISH, FRENCH)
    assert as_cheap(FRENCH, ENGLISH)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        COMPARED,
        (ENGLISH, ENGLISH),
        (FRENCH, FRENCH),
        (ENGLISH, "Le vent."),
        ("The cat is here.", "Le chat est ici."),
        (ENGLISH, FRENCH + " Nous aurons donc encore à patienter jusque-là, hélas."),
        ("", ""),
    ],
)
def test_what_is_no_such_pair(one: str, other: str) -> None:
    """What the page opens with; twice one language; too short to be a translation, or to count; dearer; nothing."""
    assert not as_cheap(one, other)


def test_no_preset_text_reaches_a_mission() -> None:
    """No two texts that the page offers are equally long with three times the tokens, or such a pair of sentences."""
    texts = [there["text"] for preset in PRESETS.values() for there in preset.values()]
    assert not any(three_times(one, other) or as_cheap(one, other) for one in texts for other in texts)


def test_what_a_lesson_takes() -> None:
    """The counts of a lesson are those of its prose in each language: no remark, and no marked answer of a question."""
    found = lesson_counts("tokens")
    for language in ("fr", "en"):
        text = lesson_text("tokens", language)
        assert "<!--" not in text
        assert "[x]" not in text
        assert load("tokens", language).section("level-intuition").body in text
        assert found[language]["cl100k"] == len(encode("cl100k", text).ids)
        assert found[language]["characters"] == len(text)


def test_price_and_window() -> None:
    """A price is per million tokens; a window holds so many times the tokens."""
    assert price(2_000_000, 2.5) == 5.0
    assert price(0, 2.5) == 0
    assert fits(2_048, 1_024) == 0.5
    assert fits(512, 1_024) == 2


def test_counts_are_those_of_every_tokenizer() -> None:
    """One number each, the browser's two included."""
    found = counts("été")
    assert (found["characters"], found["bytes"], found["words"]) == (3, 5, 1)
    assert all(found.values())
