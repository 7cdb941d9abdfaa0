"""What the browser learns and draws equals Python's: merges, ids after each of them, counts, places to click."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.in_browser import COMPONENTS
from components.tokens.learn import is_right
from core.language_models.graphemes import visible
from core.tokens.bpe import MOST_MERGES, Merge, alphabet, encode, learn, pieces, readable
from core.tokens.missions import became_one_token
from tests.node import ask
from tests.tokens.test_bpe import REPEATS, lesson

BPE, WORDS, BYTES, CHUNKS = (
    COMPONENTS / "tokens" / f"{name}.js" for name in ("bpe", "learn_words", "learn_bytes", "learn_chunks")
)
NEVER = 65_535
KNOWN = st.characters(exclude_categories=["Cn", "Co"], max_codepoint=0x1FFFF)
"""Signs that have a category in every version of Unicode that is at work here."""


def rows(merges: list[Merge]) -> list[list[int]]:
    return [[merge.left, merge.right, merge.times] for merge in merges]


TOKENS = """((cut, at) => { const { ids, begins } = cutAt(cut, at);
    return [...ids.filter((_id, byte) => begins[byte] === byte)]; })"""
"""The ids of a text's tokens after so many merges."""
LEARN = """given.map(([learned, other, most]) => {
    const { merges, cut } = learn(beginningOf(learned, 30000), most);
    const applied = apply(beginningOf(other, 30000), merges);
    const each = (one) => [...Array(merges.length + 1).keys()].map((at) => TOKENS(one, at));
    return { merges: merges.map(({ left, right, times }) => [left, right, times]), learned: each(cut),
        applied: each(applied), counts: [[...cut.tokens], [...applied.tokens]] };
})"""


def compared(cases: list[tuple[str, str, int]]) -> None:
    """Compare merges, ids after every merge, and counts with Python's."""
    answers: list[dict[str, Any]] = ask(BPE, LEARN.replace("TOKENS", TOKENS), cases)
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
                cuts: [0, 1, 37, 500, 1000].map((at) => TOKENS(cut, at)) }; })()""".replace("TOKENS", TOKENS),
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


@settings(max_examples=10, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=12), st.text(max_size=6).map(str.encode)), min_size=60, max_size=60))
def test_bytes_that_are_no_character_are_hexadecimal(strings: list[bytes]) -> None:
    """Any bytes are written as in Python: text as text, what is none as ⟨C3⟩, and never as a broken character."""
    expected = [visible(string.decode("utf-8", "surrogateescape")) for string in strings]
    expression = """given.map((bytes) => partsOf(Uint8Array.from(bytes)).map(({ text }) => text).join(""))"""
    found = ask(BYTES, expression, [list(string) for string in strings])
    assert found == expected
    replaced = [text for text, string in zip(found, strings, strict=True) if "\ufffd".encode() not in string]
    assert not any("\ufffd" in text for text in replaced)


def test_a_line_of_words_is_short() -> None:
    """A token of 20,000 letters is written with 24 of them and an ellipsis; spaces and line ends are seen."""
    assert ask(WORDS, "wordsOf(new Uint8Array(20000).fill(97))") == "a" * 24 + "…"
    assert ask(WORDS, "wordsOf(Uint8Array.from(given))", [10, 32, 97]) == "⏎·a"


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(KNOWN, max_size=300).map(readable), min_size=10, max_size=10))
def test_chunks_hold_the_whole_text(texts: list[str]) -> None:
    """The characters of a text's chunks begin where they say, in bytes, and end with it."""
    expression = "given.map((text) => { const { starts, chunks } = chunksOf(text); return [[...starts], chunks]; })"
    for text, (starts, chunks) in zip(texts, ask(CHUNKS, expression, texts), strict=True):
        data = text.encode()
        assert starts[0] == 0
        assert starts[-1] == len(data)
        assert "".join(data[start:end].decode() for start, end in pairwise(starts)) == text
        assert [chunk["first"] for chunk in chunks] == list(range(0, len(starts) - 1, 120))
        assert sum(len(chunk["characters"]) for chunk in chunks) == len(starts) - 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mission_is_judged_alike(language: str) -> None:
    """For every word that the picture offers, the merge that it seeks is the one that the server accepts."""
    text = lesson(language, "gpu")
    merges = learn(text, MOST_MERGES)
    found = ask(
        COMPONENTS / "tokens" / "learn_seek.js",
        """(() => { const cut = given; cut.vanish = Uint16Array.from(cut.vanish);
            return offered(cut).map((word) => seek(cut, word)); })()""",
        {"text": text, "vanish": vanishing(text, merges)},
    )
    assert len(found) >= 20
    for sought in found[:8]:
        answers = [became_one_token(text, sought["word"], sought["merge"] + by) for by in (-1, 0, 1)]
        assert answers == [False, True, False]
        assert text.encode()[sought["from"] : sought["to"]].decode().strip() == sought["word"]


def vanishing(text: str, merges: list[Merge]) -> list[int]:
    """Return, for each byte of a text, the merge that joins it to the byte before it, lowest first."""
    numbers = {(merge.left, merge.right): number for number, merge in enumerate(merges, start=1)}
    found: list[int] = []
    for piece in pieces(text):
        row = [(alphabet().index(byte), len(found) + at) for at, byte in enumerate(piece.encode())]
        found += [NEVER] * len(row)
        while True:
            known = [(numbers.get((one[0], other[0]), NEVER), at) for at, (one, other) in enumerate(pairwise(row))]
            number, at = min(known, default=(NEVER, 0))
            if number == NEVER:
                break
            found[row[at + 1][1]] = number
            row[at : at + 2] = [(255 + number, row[at][1])]
    return found


def test_a_word_must_be_long_and_stand_alone() -> None:
    """No short word, no sign, no part of a word, no word that is not there is accepted at any merge."""
    text = "déraciner déraciner, déracinerait l'enfant enfant " * 20
    merges = learn(text, MOST_MERGES)
    for word in ("l", "enfan", "absent", "l'enfant", "déra ciner", ""):
        assert not any(became_one_token(text, word, at) for at in range(len(merges) + 2))
    assert sum(became_one_token(text, "enfant", at) for at in range(len(merges) + 2)) == 1
    assert not became_one_token(text, "enfant", MOST_MERGES)


def test_the_server_checks_an_answer_again() -> None:
    """A right answer of the browser is accepted; a wrong one, nonsense and numbers that are none are not."""
    text = "le chanteur chante, la chanteuse chante aussi " * 9
    merges = learn(text, MOST_MERGES)
    there = next(at for at in range(MOST_MERGES) if len(encode(" chante", merges, at)) == 1)
    right = {"word": "chante", "merges": there, "learn": "own", "number": 1}
    assert is_right(right, {"own": text})
    wrong = [("merges", there + 1), ("merges", -1), ("merges", float("nan")), ("merges", 1e300), ("merges", "many"),
             ("word", None), ("word", "chante " * 9_000), ("learn", "en"), ("learn", None)]  # fmt: skip
    assert not any(is_right({**right, name: value}, {"own": text}) for name, value in wrong)
    assert not any(is_right(told, {"own": text}) for told in (None, "chante", [right], 3))
