"""What the browser learns and draws equals Python's: merges, ids after each of them, counts, places to click."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.in_browser import COMPONENTS
from core.tokens.bpe import MOST_MERGES, Merge, alphabet, encode, learn, pieces, readable
from tests.node import ask
from tests.tokens.test_bpe import REPEATS, lesson

BPE = COMPONENTS / "tokens" / "bpe.js"
KNOWN = st.characters(exclude_categories=["Cn", "Co"], max_codepoint=0x1FFFF)
"""Signs that have a category in every version of Unicode that is at work here."""


def rows(merges: list[Merge]) -> list[list[int]]:
    return [[merge.left, merge.right, merge.times] for merge in merges]


LEARN = """given.map(([learned, other, most]) => {
    const { merges, cut } = learn(beginningOf(learned, 30000), most);
    const applied = apply(beginningOf(other, 30000), merges);
    const each = (one) => [...Array(merges.length + 1).keys()].map((at) => tokensAt(one, at));
    return { merges: merges.map(({ left, right, times }) => [left, right, times]), learned: each(cut),
        applied: each(applied), counts: [[...cut.tokens], [...applied.tokens]] };
})"""


def compared(cases: list[tuple[str, str, int]]) -> None:
    """Compare merges, ids after every merge, and counts with Python's."""
    answers: list[dict[str, Any]] = ask(BPE, LEARN, cases)
    for (learned, other, most), told in zip(cases, answers, strict=True):
        merges = learn(learned, most)
        assert told["merges"] == rows(merges)
        for text, found, counts in zip(
            (learned, other), (told["learned"], told["applied"]), told["counts"], strict=True
        ):
            expected = [encode(text, merges, limit) for limit in range(len(merges) + 1)]
            assert found == expected
            assert counts == [len(tokens) for tokens in expected]


CASE = st.tuples(REPEATS, REPEATS, st.integers(0, 40))


@settings(max_examples=12, deadline=None)
@given(st.lists(CASE, min_size=25, max_size=25))
def test_the_browser_learns_what_python_learns(cases: list[tuple[str, str, int]]) -> None:
    """On texts full of repeats and ties: the same merges, and for every number of them the same tokens."""
    compared(cases)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.text(KNOWN, max_size=40), st.text(KNOWN, max_size=40), st.just(15)), min_size=20))
def test_every_text_is_cut_alike(cases: list[tuple[str, str, int]]) -> None:
    """Any signs, white space of every kind among them, are cut and joined as in Python."""
    compared(cases)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_lesson_in_the_browser(language: str) -> None:
    """A thousand merges of a lesson are the same, and they cut the other language's lesson alike."""
    other = {"fr": "en", "en": "fr"}[language]
    told = ask(
        BPE,
        """(() => { const { merges } = learn(given[0], 1000), cut = apply(given[1], merges);
            return { merges: merges.map(({ left, right, times }) => [left, right, times]),
                cuts: [0, 1, 37, 500, 1000].map((at) => tokensAt(cut, at)) }; })()""",
        [lesson(language, "gpu"), lesson(other, "gpu")],
    )
    merges = learn(lesson(language, "gpu"), MOST_MERGES)
    assert told["merges"] == rows(merges)
    assert told["cuts"] == [encode(lesson(other, "gpu"), merges, at) for at in (0, 1, 37, 500, 1_000)]


def test_half_surrogates_and_the_alphabet() -> None:
    """Half a surrogate pair is replaced as in Python; the ids of the bytes are Python's."""
    texts = ["\ud83d", "a\udc4d b", "\ud83d\udc4d", "ok"]
    assert ask(BPE, "given.map((text) => beginningOf(text, 100))", texts) == [readable(text) for text in texts]
    assert tuple(ask(COMPONENTS / "tokens" / "bpe_row.js", "[...ALPHABET]")) == alphabet()


def test_a_long_text_is_cut_between_characters() -> None:
    """Of a text with emojis the first characters are taken, whole ones."""
    assert ask(BPE, "beginningOf(given, 5)", "👍👍ab👍👍") == "👍👍ab👍"
    assert ask(BPE, "beginningOf(given, 6)", "👍👍ab👍👍") == "👍👍ab👍👍"


def test_white_space_is_unicodes() -> None:
    """A no-break space, a line separator and a next-line sign are white space; a zero-width space is none."""
    texts = [f"a{sign}b {sign}{sign}c" for sign in "\u00a0\u2028\u0085\u200b\ufeff\u3000\x1c"]
    assert ask(BPE, "given.map(piecesOf)", texts) == [pieces(text) for text in texts]
