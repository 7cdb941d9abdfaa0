"""French is complete, both lessons have the same sections, numbers are written as each language writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from components.language import LOCALE, write_number
from core.files import ROOT
from core.lessons import LessonError, load, parse
from tests.helpers import STEMS

PAGES = ["home", "glossary", *STEMS]


@cache
def messages_in_code() -> set[str | tuple[str, ...]]:
    """Return every message of the code; one with a plural is a pair."""
    keywords = {"_": None, "_n": (1, 2)}
    return {
        found[2]
        for folder in ("core", "components", "pages")
        for found in extract_from_dir(ROOT / folder, keywords=keywords)
    }


def forms(text: str | Sequence[str]) -> list[str]:
    """Return the one form of a message, or its singular and plural."""
    return [text] if isinstance(text, str) else list(text)


def test_every_short_string_has_a_french_translation() -> None:
    """No English message of the code is missing from the French catalog."""
    with (LOCALE / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        french = {message.id for message in read_po(file) if all(forms(message.string))}
    assert not messages_in_code() - french


def test_the_catalog_holds_no_message_that_the_code_lost() -> None:
    """A French translation whose English nobody says any more would be kept for ever."""
    with (LOCALE / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        assert not {message.id for message in read_po(file) if message.id} - messages_in_code()


def test_no_message_hides_in_an_f_string() -> None:
    """Extraction does not see `_()` inside an f-string; such a message would never be translated."""
    hidden = re.compile(r"""f(["']).*\{_n?\(.*\1""")
    for folder in ("core", "components", "pages"):
        for path in (ROOT / folder).glob("**/*.py"):
            assert not [line for line in path.read_text().splitlines() if hidden.search(line)], path


def test_translations_keep_the_placeholders() -> None:
    """A translation fills the same blanks as its message; a singular may write its one out."""
    with (LOCALE / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            plural = len(forms(message.id)) == 2
            for form, (given, told) in enumerate(zip(forms(message.id), forms(message.string), strict=True)):
                blanks = [sorted(re.findall(r"\{\w*\}|%[a-z]\b", text)) for text in (given, told)]
                if plural and form == 0:
                    blanks = [[blank for blank in found if blank != "{count}"] for found in blanks]
                assert blanks[0] == blanks[1], given


@pytest.mark.parametrize("stem", PAGES)
def test_both_lessons_have_the_same_sections_and_answers(stem: str) -> None:
    """The languages agree on section ids, on the number of options, on the right ones, and on the blanks to fill."""
    french, english = load(stem, "fr"), load(stem, "en")
    assert list(french.sections) == list(english.sections)
    assert (french.minutes, french.whole) == (english.minutes, english.whole)
    assert french.whole >= french.minutes
    for name, section in french.sections.items():
        other = english.sections[name]
        assert sorted(re.findall(r"\{\{\w+\}\}", section.body)) == sorted(re.findall(r"\{\{\w+\}\}", other.body)), name
        ours, theirs = section.question, other.question
        assert (ours is None) == (theirs is None), name
        if ours and theirs:
            assert len(ours.options) == len(theirs.options), name
            assert ours.right == theirs.right, name
            assert ours.right, name
            assert ours.explanation, name


@pytest.mark.parametrize("stem", STEMS)
def test_the_anatomy_of_a_page_is_complete(stem: str) -> None:
    """Every page asks a prediction, gives a mission, four levels, two or three questions and three takeaways."""
    lesson = load(stem, "fr")
    assert lesson.section("predict").question
    assert lesson.named("mission-")
    for level in ("intuition", "numbers", "formula"):
        assert lesson.section(f"level-{level}").body
    assert len(lesson.named("quiz-")) in {2, 3}
    assert len(re.findall(r"^- ", lesson.section("takeaways").body, re.MULTILINE)) == 3


@pytest.mark.parametrize("stem", PAGES)
def test_french_typography(stem: str) -> None:
    """A no-break space stands before : ; ? ! and inside guillemets, and numbers have decimal commas."""
    text = (ROOT / "assets" / "lessons" / "fr" / f"{stem}.md").read_text()
    prose = re.sub(
        r"<!--.*?-->|\$\$.*?\$\$|\$[^$]+\$|`[^`]*`|```.*?```|^[a-z]+: |\{#.*?\}|https?://\S+",
        "",
        text,
        flags=re.S | re.M,
    )
    assert not re.findall(r"\w [:;?!»](?=\s)", prose), "plain space before a double punctuation mark"
    assert not re.findall(r"« (?=\w)", prose), "plain space after a guillemet"
    assert not re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", prose), "decimal point"


@pytest.mark.parametrize(
    ("value", "digits", "french", "english"),
    [(0.0344, 4, "0,0344", "0.0344"), (54_000, 4, "54\u202f000", "54,000"), (1e-5, 3, "1 × 10⁻⁵", "1 × 10⁻⁵"),
     (0, 4, "0", "0"), (123.456, 4, "123,5", "123.5"), (math.inf, 4, "∞", "∞"), (math.nan, 4, "NaN", "NaN"),
     (-0.5, 2, "−0,5", "−0.5"), (-7, 4, "−7", "−7"), (-54_000, 4, "−54\u202f000", "−54,000"),
     (-2e-5, 3, "−2 × 10⁻⁵", "−2 × 10⁻⁵"), (-math.inf, 4, "−∞", "−∞"), (-0.0, 4, "0", "0"),
     (9.99e12, 3, "9,99 × 10¹²", "9.99 × 10¹²")],
)  # fmt: skip
def test_numbers_are_written_as_each_language_writes_them(value: float, digits: int, french: str, english: str) -> None:
    """At most so many significant digits, decimal comma in French, powers of ten, a minus sign and no hyphen."""
    assert write_number(value, digits, "fr") == french
    assert write_number(value, digits, "en") == english


@pytest.mark.parametrize(
    "text", ["", "no front matter", "---\ntitle: x\n---\n", "---\ntitle: x\nobjective: y\nminutes: soon\n---\n"]
)
def test_a_broken_lesson_says_what_is_wrong(text: str) -> None:
    """A teacher's mistake in a lesson file is a clear error, never a wrong page."""
    with pytest.raises(LessonError):
        parse(text, "broken")
