"""Every term stands in both languages, is short, leads to pages that exist, and is found by each of its forms."""

from __future__ import annotations

import re

import pytest

from core.glossary import linked, parse, plain, terms
from core.lessons import LessonError, load
from core.lessons import parse as parse_lesson
from tests.helpers import STEMS

LANGUAGES = ["fr", "en"]
HEAD = "---\ntitle: x\nshort: x\nobjective: x\nminutes: 1\n---\n"


def test_both_languages_explain_the_same_terms_and_lead_to_the_same_pages() -> None:
    """The ids agree, in one order, and so do the pages that each definition links to."""
    french, english = terms("fr").terms, terms("en").terms
    assert list(french) == list(english)
    for name, term in french.items():
        assert re.findall(r"\]\((\w+)\)", term.body) == re.findall(r"\]\((\w+)\)", english[name].body), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_is_short_and_plain(language: str) -> None:
    """At most 60 words, every link to a page of the course, and a first paragraph that a title can hold."""
    for name, term in terms(language).terms.items():
        assert len(re.sub(r"\]\(\w+\)", "", term.body).split()) <= 60, name
        assert set(re.findall(r"\]\(([^)]*)\)", term.body)) <= set(STEMS), name
        assert re.fullmatch(r"[^\[\]$#<>*`]{20,}[.»”]\)?", term.definition), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_belongs_to_one_term_and_is_found(language: str) -> None:
    """No form stands twice, and each of them, alone in a sentence, leads to its own term."""
    glossary = terms(language)
    forms = [plain(form) for term in glossary.terms.values() for form in term.forms]
    assert len(forms) == len(set(forms))
    for name, term in glossary.terms.items():
        for form in term.forms:
            assert linked(f"Voilà {form}, ici.", glossary, set())[1] == {name}, form


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", STEMS)
def test_the_pages_use_the_words_of_the_glossary(stem: str, language: str) -> None:
    """Every page of the course has at least five terms to explain."""
    bodies = [section.body for section in load(stem, language).sections.values()]
    assert len(linked("\n\n".join(bodies), terms(language), set())[1]) >= 5


def test_a_term_without_forms_says_so() -> None:
    """A teacher who forgets the line of forms reads which section lacks it."""
    with pytest.raises(LessonError, match="nat"):
        parse(parse_lesson(f"{HEAD}## Nat {{#nat}}\nA unit.\n", "glossary"))
    assert parse(parse_lesson(f"{HEAD}## Nat {{#nat}}\nforms: nat, nats\nA unit.\n", "glossary")).by_form["nats"].name


@pytest.mark.parametrize(
    ("language", "everyday"),
    [("fr", "Une vallée en biais, et la chance du tirage."), ("en", "A bias against women is no number of a neuron.")],
)
def test_everyday_words_are_not_taken_for_the_fields(language: str, everyday: str) -> None:
    """A slant, a lottery, a prejudice: the same words, and none of them what the glossary defines."""
    text, found = linked(everyday, terms(language), set())
    assert not found & {"bias", "sampling"}, text
