"""French words as vectors: analogies, one by one and all at once, and unknown words."""

from __future__ import annotations

import pytest

from core.embeddings import analogies
from core.language_models import word_vectors as words
from core.language_models.word_vectors import french_words
from tests.embeddings.few_words import few_words


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
    from components.embeddings.word_pictures import parse, rows_of

    pairs, single = parse("roi-reine, roi-reine pomme pomme;poire → - -- ")
    assert pairs == [("roi", "reine")]
    assert single[:2] == ["pomme", "poire"]
    rows, unknown = rows_of(few_words(), ["pomme", "pomme", "xyz"])
    assert list(rows) == ["pomme"]
    assert [item.word for item in unknown] == ["xyz"]


def test_an_unknown_word_offers_words_as_they_are_written() -> None:
    """`pariis` offers Paris with its capital."""
    with pytest.raises(words.UnknownWord) as unknown:
        french_words().row("pariis")
    assert "Paris" in unknown.value.nearest


def test_the_lesson_is_told_by_the_real_vectors() -> None:
    """Roi − homme + femme is reine, roi itself when allowed; most analogies are right, far fewer with own words."""
    shipped = french_words()
    assert shipped.analogy("homme", "roi", "femme")[0][0] == "reine"
    assert shipped.analogy("homme", "roi", "femme", own=True)[0][0] == "roi"
    found = [answer for answers in analogies.measured(shipped).values() for answer in answers]
    assert 0.5 < analogies.rate(found) < 1
    assert analogies.rate(found, own=True) < analogies.rate(found)


def test_all_analogies_at_once_answer_as_one_by_one() -> None:
    """Summed cosines give the word that b − a + c points at, own words allowed or not."""
    shipped = french_words()
    for answers in analogies.measured(shipped).values():
        for answer in answers[::7]:
            assert answer.said == shipped.analogy(answer.a, answer.b, answer.c)[0][0]
            assert answer.said_with_own == shipped.analogy(answer.a, answer.b, answer.c, own=True)[0][0]


def test_a_family_without_vectors_has_no_right_answer() -> None:
    """With seven words known, questions about others count as failures; the one that can be asked is right."""
    found = analogies.measured(few_words())
    assert analogies.rate(found["tense"]) == 0
    assert [answer.said for answer in found["gender"] if (answer.a, answer.c) == ("homme", "roi")] == ["reine"]
