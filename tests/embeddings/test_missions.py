"""The missions need a mind: what reaches them, what nearly does, and that no preset or single click is enough."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from itertools import permutations

import pytest

from core.embeddings.analogies import FAMILIES, questions
from core.embeddings.choices import OFFERED, end_of, neighbours, reached
from core.embeddings.function_words import is_function_word
from core.embeddings.missions import asked_freely, beats_counting, first_letter, may_beat_counting
from core.embeddings.ngrams import verdict
from core.embeddings.presets import PRESETS
from core.language_models.word_vectors import Words, french_words
from core.tasks.letters.corpus import load
from core.tasks.letters.settings import LettersSettings
from tests.embeddings.shipped import recorded

CAPITALS = (("Grèce", "Athènes"), ("Hongrie", "Budapest"), ("Chine", "Pékin"), ("Suède", "Stockholm"),
            ("Pologne", "Varsovie"), ("Irlande", "Dublin"), ("Syrie", "Damas"), ("Ukraine", "Kiev"))  # fmt: skip


def test_the_rules_of_the_first_mission_are_kept() -> None:
    """Below the best count in 2,000 updates with 3 characters counts; one update or character more does not."""
    run = recorded("best")  # its loss is low enough
    assert run.measured[-1].metrics["validation_loss"] < min(verdict(load("words")).losses.values())
    won = LettersSettings(updates=2_000, context=3)
    assert beats_counting(replace(run, settings=won))
    for nearly in (replace(won, updates=2_001), replace(won, context=4), replace(won, corpus="names")):
        assert not beats_counting(replace(run, settings=nearly))
    assert not beats_counting(replace(recorded("course_start"), settings=won))  # 5.1 nats


def test_no_preset_reaches_the_first_mission() -> None:
    """None of the recorded runs counts."""
    assert not any(beats_counting(recorded(preset)) for preset in PRESETS)


def test_no_single_move_from_a_preset_reaches_the_first_mission() -> None:
    """Every stop of every control, one at a time, from every preset, where the mission allows it; all are recorded."""
    best = min(verdict(load("words")).losses.values())
    told = reached()
    moved = list(neighbours())
    assert len(moved) > 100
    assert {settings.run_id for settings in moved} == set(told)
    assert not [settings for settings in moved if told[settings.run_id] < best]
    assert {*OFFERED, "words", "seed", "weight_decay"} == {field.name for field in fields(LettersSettings)}


@pytest.mark.slow
def test_the_recorded_ends_are_those_of_the_same_settings_today() -> None:
    """A few of them, trained again; and one that begins 5 nats too sure.

    Adam makes of a rounding of the first gradients a step as long as any other: beginning so far off, it ends 2 % apart
    on two processors, and 12 % apart with two seeds.
    """
    told = reached()
    course = PRESETS["course_start"]
    close = ((course, 0.01), (replace(course, optimizer="adam"), 0.05), (replace(course, start="scaled"), 0.01))
    for settings, near in close:
        assert end_of(settings) == pytest.approx(told[settings.run_id], rel=near)


@pytest.mark.slow
def test_the_first_mission_can_be_reached() -> None:
    """Adam, a rate of 0.01, batches of 256: trained here, it beats counting in 2,000 updates."""
    settings = replace(PRESETS["words"], optimizer="adam", learning_rate=0.01, batch_size=256, updates=2_000)
    assert may_beat_counting(settings)
    assert end_of(settings) < min(verdict(load("words")).losses.values())


def survives(words: Words, *asked: str) -> bool:
    return asked_freely(words, *asked).survives


def test_the_second_mission_is_reached_by_thinking() -> None:
    """Some analogies of meaning hold with own words allowed; of unlisted capitals about a third: it takes tries."""
    words = french_words()
    assert survives(words, "livre", "écrivain", "tableau", "peintre")
    asked = [(a, b, c, d) for (a, b), (c, d) in permutations(CAPITALS, 2)]
    right = sum(survives(words, *question) for question in asked)
    assert 0.15 < right / len(asked) < 0.6


@pytest.mark.parametrize(
    "nearly",
    [
        ("homme", "roi", "femme", "reine"),  # the page's own
        ("roi", "reine", "père", "mère"),  # listed, though it survives
        ("livre", "écrivain", "tableau", "sculpteur"),  # not the first answer
        ("fleur", "fleurs", "arbre", "arbres"),  # survives, but is grammar
        ("fleur", "arbre", "fleurs", "arbres"),  # the same, read the other way
        ("parler", "chanter", "parlait", "chantait"),
        ("mes", "tes", "mon", "ton"),  # nothing but function words
        ("un", "une", "il", "elle"),
        ("avons", "avez", "sommes", "êtes"),  # verbs whose forms have no letter in common
        ("servir", "servait", "être", "était"),
        ("servi", "servir", "été", "être"),
        ("devenir", "deviendra", "être", "sera"),
        ("homme", "homme", "tableau", "tableau"),  # a word twice
        ("homme", "roi", "qsdfgh", "peintre"),  # unknown
        ("", "", "", ""),
    ],
)
def test_near_misses_of_the_second_mission(nearly: tuple[str, str, str, str]) -> None:
    """What falls by accident, by the page's own examples or by grammar does not count."""
    assert not survives(french_words(), *nearly)


def test_no_analogy_of_the_page_reaches_the_second_mission() -> None:
    """None of the families' analogies, whatever the order of the pairs; nor one word away from the page's example."""
    words = french_words()
    assert not any(survives(words, *asked) for family in FAMILIES for asked in questions(family))
    for other in ("Paris", "pomme", "médecin", "ville", "mère"):
        for place in range(4):
            a, b, c, d = (other if k == place else word for k, word in enumerate(("homme", "roi", "femme", "reine")))
            assert not survives(words, a, b, c, d)


VERBS = (("er", "ait"), ("er", "é"), ("er", "ent"), ("er", "era"), ("ons", "ez"), ("é", "ée"))
"""Endings of two forms of one verb."""


def grammar(words: Words) -> list[list[tuple[str, str]]]:
    """Return pairs of forms of one word, by ending: verbs in -er, feminines of participles, plurals of nouns."""
    known = set(words.words)
    stems = [word[:-2] for word in words.words if word.islower() and word.endswith("er") and f"{word[:-2]}é" in known]
    found = [[(stem + one, stem + other) for stem in stems] for one, other in VERBS]
    found.append([(word, f"{word}s") for word in words.words[1_000:6_000] if word.islower() and len(word) > 4])
    return [[pair for pair in pairs if known.issuperset(pair)] for pairs in found]


def test_no_grammar_reaches_the_second_mission() -> None:
    """Hundreds of verbs' forms, feminines and plurals hold with own words allowed, read either way; none counts."""
    words = french_words()
    chosen = random.Random(0)
    asked = []
    for pairs in grammar(words):
        for _ in range(30):
            (a, b), (c, d) = chosen.sample(pairs, 2)
            asked += [(a, b, c, d), (a, c, b, d)]
    tried = [asked_freely(words, *question) for question in asked]
    assert sum(analogy.holds for analogy in tried) > 200
    assert not [question for question, analogy in zip(asked, tried, strict=True) if analogy.survives]


def test_what_does_not_count_is_told_with_its_word() -> None:
    """What is refused although it holds: twice the same, a pair of the page, a function word, a letter in common."""
    words = french_words()
    told = {
        ("roi", "reine", "père", "mère"): ("listed", ""),
        ("mes", "tes", "mon", "ton"): ("function", "mes"),
        ("fleur", "fleurs", "arbre", "arbres"): ("letter", "arbre"),
        ("fleur", "arbre", "fleurs", "arbres"): ("letter", "arbre"),
        ("livre", "livre", "tableau", "tableau"): ("twice", "livre"),
    }
    for question, objection in told.items():
        analogy = asked_freely(words, *question)
        assert analogy.holds
        assert (analogy.objection, analogy.word) == objection


def test_first_letters_are_compared_without_accents_and_ligatures() -> None:
    """What French writes with another sign is the same letter."""
    assert [first_letter(word) for word in ("Été", "œil", "ça", "âge", "Paris")] == list("eocap")


def test_function_words_are_whole_classes_and_words_of_meaning_are_not_among_them() -> None:
    """In any case, elided, behind a verb; every form of the three verbs; not a noun, verb or adjective with a stem."""
    for word in ("mon", "Ton", "l'", "l’", "qu'", "-il", "lui-même", "avec", "mais", "lequel", "trois", "jamais"):
        assert is_function_word(word)
    for word in ("suis", "fut", "seraient", "eût", "avions", "auront", "vais", "ira", "allé", "meilleure", "pire"):
        assert is_function_word(word)
    for word in ("livre", "écrivain", "tableau", "peintre", "faire", "grand", "bon", "Paris", "servir", "œil"):
        assert not is_function_word(word)
