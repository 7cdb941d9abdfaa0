"""Counts, dates and sizes, in the words of each language."""

from __future__ import annotations

import re

import pytest

from core.files import ROOT
from tests.helpers import small_app


def say() -> None:
    """Show every phrase that the test hands in."""
    import streamlit as st

    from components import language

    for name, arguments in st.session_state["phrases"]:
        st.session_state[f"{name}{arguments}"] = getattr(language, name)(*arguments)


def said(language: str, name: str, *arguments: object) -> str:
    app = small_app(say)
    app.session_state["language"] = language
    app.session_state["phrases"] = [(name, arguments)]
    app.run()
    assert not app.exception
    found: str = app.session_state[f"{name}{arguments}"]
    return found


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0 époque", "0 epochs"),
        (1, "1 époque", "1 epoch"),
        (2, "2 époques", "2 epochs"),
        (54_000, "54\u202f000 époques", "54,000 epochs"),
    ],
)
def test_a_count_takes_the_form_of_its_language(count: int, french: str, english: str) -> None:
    """French keeps the singular for zero, English does not; the count is written as the language writes numbers."""
    messages = "{count} epoch", "{count} epochs"
    assert said("fr", "_n", *messages, count) == french
    assert said("en", "_n", *messages, count) == english


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        ("2026-11-23", "23 novembre 2026", "November 23, 2026"),
        ("2026-01-01", "1ᵉʳ janvier 2026", "January 1, 2026"),
        ("2026-05-21", "21 mai 2026", "May 21, 2026"),
        ("some day", "some day", "some day"),
    ],
)
def test_a_date_is_written_in_words(day: str, french: str, english: str) -> None:
    """Month by name, in each language's order; only the first of a month is an ordinal, and only in French."""
    assert said("fr", "date_in_words", day) == french
    assert said("en", "date_in_words", day) == english


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0\u00a0o", "0\u00a0B"),
        (999, "999\u00a0o", "999\u00a0B"),
        (5_476, "5,48\u00a0ko", "5.48\u00a0kB"),
        (548_105_171, "548\u00a0Mo", "548\u00a0MB"),
        (3.2e18, "3,2\u00a0Eo", "3.2\u00a0EB"),
    ],
)
def test_a_size_is_written_in_octets_or_bytes(count: float, french: str, english: str) -> None:
    """A French byte is an octet; thousands, not powers of 1,024."""
    assert said("fr", "data_size", count) == french
    assert said("en", "data_size", count) == english


def test_no_count_is_written_without_its_plural() -> None:
    """No plain message puts a count before a plural: English `{count} runs` says "1 runs" of one."""
    counted = re.compile(r"""(?<!_n\()\b_\(\s*["'][^"']*\{count\}""")
    for folder in ("components", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not counted.search(path.read_text()), path


def test_french_spacing_is_written_by_the_catalog_alone() -> None:
    """A space before a colon in the code is French on the English page too."""
    spaced = re.compile(r"""["'][^"'\n]*[%}\w] :(?= )[^"'\n]*["']""")
    for folder in ("components", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            found = [line for line in path.read_text().splitlines() if spaced.search(line)]
            if path.name == "words_measured.py":
                assert found, "the analogies' question, roi : reine = homme : ?, is a formula"
            else:
                assert not found, path
