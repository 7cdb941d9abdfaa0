"""The sentences of the glossary, and of the class's page, bear the notes of the tests, and students see none."""

from __future__ import annotations

import re

import pytest

from core.glossary import terms
from core.lessons import load
from tests.claims import __main__ as checker
from tests.glossary.told import numbers

LEADS = re.compile(r"[^.:]+: (?:\[[^\]]+\]\(\w+\)(?:, )?)+\.")
"""Where a term can be seen: "See it: [text generation](text_generation)."."""


@pytest.mark.parametrize("stem", ["glossary", "class"])
@pytest.mark.parametrize("language", checker.LANGUAGES)
def test_every_sentence_says_what_it_stands_on(stem: str, language: str) -> None:
    """Not only those that the checker takes for facts: a claim, a source, a definition, a likeness, or a way to go."""
    found = list(checker.sentences(stem, language))
    assert found
    assert not [each.text for each in found if not each.notes and not LEADS.fullmatch(each.text.replace("\u00a0", ""))]
    assert not [each.text for each in found if "forms:" in each.text or not each.text]


@pytest.mark.parametrize("language", checker.LANGUAGES)
def test_no_note_reaches_a_student(language: str) -> None:
    """Neither in an entry, nor on its card, nor in front of the class; neither blank nor gap is left where it stood."""
    shown = [term.body for term in terms(language).terms.values()]
    shown += [term.definition for term in terms(language).terms.values()]
    projected = [section.body for section in load("class", language).sections.values()]
    assert not [text for text in projected if "\n\n" in text]
    shown += projected
    assert not [text for text in shown if re.search(r"<!--|-->|[ \u00a0]{2}| \n| $", text)]


def test_lessons_that_share_a_room_share_its_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test in `tests/course` is claimed by home or by the class's page; one that neither claims is found."""
    assert checker.room_of("home") == checker.room_of("class") == "course"
    assert not [fault for stem in ("home", "class") for fault in checker.faults(stem) if "without" in fault]
    computed = checker.tests_of("course") | {"nobody-says-so"}
    monkeypatch.setattr(checker, "tests_of", lambda room: computed)
    for stem in ("home", "class"):
        found = [fault for fault in checker.faults(stem) if "without" in fault]
        assert found == ["course: test without a claim: nobody-says-so"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2,7, 2,8 et 3\u202f%, soit 10\u00a0000 sur 54\u202f000", "fr", [2.7, 2.8, 3, 10_000, 54_000]),
        ("2.7, 2.8 and 3%, or 10,000 of 54,000.", "en", [2.7, 2.8, 3, 10_000, 54_000]),
        ("GPT-2, un 3-gramme, (0, 1), 1/47, 3 − 2, −0,96.", "fr", [3, 0, 1, 1, 47, 3, 2, -0.96]),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, language: str, expected: list[float]) -> None:
    """In either language, with their sign; a name's number is none."""
    assert [float(number) for number in numbers(text, language)] == expected
    (rounded,) = numbers("0,67", "fr")
    assert rounded.rounds(0.6652)
    assert not rounded.rounds(0.6649)
