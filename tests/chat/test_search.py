"""Searching documents: the words, the meaning and both; BM25 and the fusion against their formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.chat.cutting import Passage
from core.chat.search import Index, WordVectors, french
from core.chat.terms import stem, terms, words

TEXTS = (
    "Le chat dort sur le canapé du salon.",
    "Le médecin soigne les malades de l’hôpital.",
    "L’avocat plaide devant le tribunal de Lyon.",
    "Les chevaux galopent dans la prairie, et les chevaux boivent.",
    "Ce vin rouge accompagne le fromage.",
)


def passages(texts: tuple[str, ...]) -> list[Passage]:
    return [Passage("d", number, text, None, None, 0, len(text)) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def vectors() -> WordVectors:
    return french()


@pytest.fixture(scope="module")
def index(vectors: WordVectors) -> Index:
    return Index(passages(TEXTS), vectors)


def test_words_are_told_apart_as_french_writes_them() -> None:
    """Elisions go, whatever the apostrophe; what only looks like one stays."""
    assert words("L’été qu'il a, jusqu’à Œuvre_2 aujourd'hui !") == ["été", "il", "a", "à", "œuvre", "2", "aujourd'hui"]
    assert terms("L’ÉTÉ de la Mère, c’est l’œuvre.") == ["mere", stem("oeuvre")]
    assert stem("chevaux") == stem("cheval") == stem("Chevaux".lower())
    assert stem("écoles") == stem("ecole")
    assert [stem(word) for word in ("mères", "mère", "taux", "été")] == ["mere", "mere", "tau", "ete"]


def test_a_word_finds_its_passage_without_accents_and_in_the_plural(index: Index) -> None:
    """`hopitaux` finds the hospital, `cheval` the horses; BM25 alone would have missed the exact words."""
    assert index.search("un cheval")[0].passage.text == TEXTS[3]
    found = {one.passage.text: one for one in index.search("HOPITAL", 5)}
    assert found[TEXTS[1]].words_rank == 1
    assert found[TEXTS[1]].by_words > 0


def test_a_meaning_finds_what_shares_no_word(index: Index) -> None:
    """A doctor for "docteur", a lawyer for "juge", wine for "boisson": no word in common, and each first by meaning."""
    for question, text in (("docteur", TEXTS[1]), ("juge", TEXTS[2]), ("alcool", TEXTS[4])):
        best = index.search(question)[0]
        assert best.passage.text == text, question
        assert (best.by_words, best.words_rank, best.meaning_rank) == (0, None, 1)


def test_scores_by_words_are_those_of_the_formula(vectors: WordVectors) -> None:
    """BM25 by hand: idf = ln(1 + (N − n + ½) ÷ (n + ½)), tf ÷ (tf + k₁(1 − b + b · length ÷ mean length)), Lucene's."""
    index = Index(passages(("loup loup renard", "renard", "ours ours ours ours")), vectors)
    found = {one.passage.number: one.by_words for one in index.search("loup renard", 3)}
    idf = {word: math.log(1 + (3 - n + 0.5) / (n + 0.5)) for word, n in (("loup", 1), ("renard", 2))}
    mean = (3 + 1 + 4) / 3

    def part(word: str, tf: int, length: int) -> float:
        return idf[word] * tf / (tf + 1.2 * (1 - 0.75 + 0.75 * length / mean))

    assert found[0] == pytest.approx(part("loup", 2, 3) + part("renard", 1, 3), rel=1e-5)
    assert found[1] == pytest.approx(part("renard", 1, 1), rel=1e-5)


def test_both_orders_are_fused_by_their_ranks(index: Index) -> None:
    """Cormack's sum of 1 ÷ (60 + rank), over the orders in which a passage has a place; the best come first."""
    found = index.search("Le cheval du médecin", 5)
    assert [one.fused for one in found] == sorted((one.fused for one in found), reverse=True)
    for one in found:
        assert one.fused == pytest.approx(sum(1 / (60 + rank) for rank in (one.words_rank, one.meaning_rank) if rank))
    assert {one.words_rank for one in found} >= {1, 2, None}


def test_the_mean_of_a_passage_weighs_rare_words_more() -> None:
    """Two words at right angles: each pulls by a ÷ (a + p), the rarer one more; p by Zipf's law."""
    small = WordVectors({"le": 0, "chat": 2}, np.array([[2, 0], [1, 1], [0, 5]], np.float32))
    zipf = 1 + 1 / 2 + 1 / 3
    expected = [0.001 / (0.001 + 1 / zipf) / 2, 0.001 / (0.001 + 1 / (3 * zipf)) / 2]
    assert small.mean("Le chat inconnu") == pytest.approx(expected, rel=1e-5)
    assert not small.mean("inconnu").any()


@pytest.mark.parametrize("question", ["", "!?", "de la", "xyzzyq", "🙂", "x" * 1_000_000])
def test_a_question_that_says_nothing_finds_nothing_by_words(index: Index, question: str) -> None:
    """Signs, stop words, unknown words, a million letters: no error, and no score by words."""
    assert all(one.words_rank is None for one in index.search(question))


@pytest.mark.parametrize("kept", [(), ("",), ("!!",), ("xyzzyq",), ("le de la",)])
def test_documents_without_words_can_be_asked(vectors: WordVectors, kept: tuple[str, ...]) -> None:
    """No passage, or none with a word that anybody knows."""
    found = Index(passages(kept), vectors).search("le chat")
    assert all(one.words_rank is None for one in found)
    assert len(found) == ("le" in "".join(kept).split())  # grammar has a vector too


def test_many_passages_lose_what_all_have_in_common() -> None:
    """Twenty passages that share a word and differ in another: told apart by that one; of two, the subject stays."""
    small = WordVectors({"livre": 0, "loup": 1, "ours": 2}, np.eye(3, dtype=np.float32))
    kinds = ("livre loup", "livre ours")
    many, two = (Index(passages(kinds * times), small).search("livre loup", 40) for times in (10, 1))
    assert {round(one.by_meaning or 0) for one in many if "ours" in one.passage.text} == {-1}
    assert all((one.by_meaning or 0) > 0 for one in two)
